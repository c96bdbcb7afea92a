/** Which request went wrong. Never holds a header, a body or a query. */
interface Request {
  readonly method: string
  /** With the port, where it is not the scheme's own. */
  readonly host: string
  /** Percent-encoded. */
  readonly path: string
  /** How often it was tried. */
  readonly tries: number
}

/** Why a request gave nothing to read. */
export type Trouble = Request &
  (
    | {
        readonly kind: 'status'
        readonly status: number
        readonly requestId: string | undefined
        /** What the service's own reader of errors made of the body. */
        readonly detail: string | undefined
        /** Those the client was told to keep, by lower-case name. Not safe to print. */
        readonly headers: ReadonlyMap<string, string>
      }
    | { readonly kind: 'redirect'; readonly status: number }
    /** `code`: Node's, such as `ECONNREFUSED`, where it is known. */
    | { readonly kind: 'network' | 'dns' | 'tls' | 'proxy'; readonly code: string | undefined }
    /** The time of one request was up. */
    | { readonly kind: 'timeout' }
    /** The run was stopped, or its time was up. */
    | { readonly kind: 'aborted' }
    | { readonly kind: 'not-json'; readonly status: number }
    | { readonly kind: 'too-large'; readonly limit: number }
    /** Never sent: the address, a header or a part of the path cannot be used. `reason` is a sentence. */
    | { readonly kind: 'unusable'; readonly reason: string }
  )

/** What happened and what to do, in sentences without any line break; all ASCII but for `reason`. */
export function troubleSentence(trouble: Trouble): string {
  if (trouble.kind === 'unusable') return trouble.reason
  return `${trouble.method} ${trouble.host}${shortened(trouble.path)} ${happened(trouble)}`
}

const maxPath = 200

function shortened(path: string): string {
  return path.length > maxPath ? `${path.slice(0, maxPath)}...` : path
}

function happened(trouble: Exclude<Trouble, { kind: 'unusable' }>): string {
  const { tries } = trouble
  const often = tries > 1 ? ` ${tries} times` : ''
  switch (trouble.kind) {
    case 'status': {
      const id = trouble.requestId === undefined ? '' : `, request ${trouble.requestId}`
      return `was answered${often} with HTTP ${trouble.status}${id}.${adviceFor(trouble.status)}`
    }
    case 'redirect':
      return `was answered with a redirect (HTTP ${trouble.status}), which is not followed, so that credentials stay where they belong. Give the address it leads to.`
    case 'dns':
      return `failed: the host was not found${codeOf(trouble.code)}. Check the address.`
    case 'tls':
      return `failed: no trusted TLS connection could be made${codeOf(trouble.code)}.${adviceForTls(trouble.code)}`
    case 'proxy':
      return `failed: the proxy of HTTPS_PROXY did not connect${codeOf(trouble.code)}. Check HTTPS_PROXY and NO_PROXY.`
    case 'network':
      return `failed${often}: the connection broke or was refused${codeOf(trouble.code)}. Check the address and that the service is running.`
    case 'timeout':
      return `was not answered in time${often}. Check the address and the load of the service.`
    case 'aborted':
      return 'was not finished before the run was stopped or its time was up.'
    case 'not-json':
      return `was answered (HTTP ${trouble.status}) with something other than JSON, such as a web page. Check the address, the path in it included.`
    case 'too-large':
      return `was answered with more than ${trouble.limit} bytes, which is more than such an answer can need.`
  }
}

function codeOf(code: string | undefined): string {
  return code === undefined ? '' : ` (${code})`
}

function adviceFor(status: number): string {
  if (status === 401) return ' Check the credentials.'
  if (status === 403) return ' Check what the identity may do.'
  if (status === 404) return ' Check the address.'
  return status === 429 || status >= 500 ? ' Try again later.' : ''
}

function adviceForTls(code: string | undefined): string {
  if (code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED') {
    return ' Check the date of the certificate and the clock of this machine.'
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return ' The certificate is for another host: check the address.'
  return ' Where the service has a certificate of your own authority, name its file in NODE_EXTRA_CA_CERTS.'
}
