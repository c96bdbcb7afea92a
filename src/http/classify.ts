/** What an error thrown by Node's networking means. */
export interface Fault {
  readonly kind: 'network' | 'dns' | 'tls' | 'proxy'
  /** Such as `ECONNREFUSED`; capital letters, digits and underscores only. */
  readonly code: string | undefined
}

/** An error of the way to the proxy rather than to the service. Its message is never shown. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const tlsCodes: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_CRL',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'EPROTO',
])

/** Tells kinds apart by code alone: messages may quote what was sent. */
export function classify(error: unknown): Fault {
  const code = codeOf(error)
  if (error instanceof ProxyError) return { kind: 'proxy', code }
  if (code === undefined) return { kind: 'network', code }
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return { kind: 'dns', code }
  const isTls = tlsCodes.has(code) || /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_)/.test(code)
  return { kind: isTls ? 'tls' : 'network', code }
}

/** Where several addresses of a host were tried, the error holds one for each. */
function codeOf(error: unknown): string | undefined {
  const { code, errors } = (error ?? {}) as { readonly code?: unknown; readonly errors?: unknown }
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return code
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : undefined
}
