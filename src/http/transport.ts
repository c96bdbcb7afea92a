import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import type { Readable } from 'node:stream'
import * as tls from 'node:tls'
import { ProxyError } from './classify.ts'
import type { ProxyChoice } from './proxy.ts'
import { TunnelAgent } from './tunnel.ts'

/** One try of a request. */
export interface Call {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly signal: AbortSignal
}

export interface Reply {
  readonly status: number
  /** By lower-case name; several of one name are one text. */
  header(name: string): string | undefined
  /** To be read to its end or destroyed. */
  readonly body: Readable
}

/** Sends one request and resolves when the head of the answer is there. Follows no redirect. Rejects with Node's own errors. */
export type Transport = (call: Call) => Promise<Reply>

export interface TransportOptions {
  readonly proxy: ProxyChoice
  /** PEM of certificates trusted beside those Node trusts. */
  readonly caBundle: string | undefined
}

const sockets = { keepAlive: true, maxSockets: 8 } as const

/**
 * Over Node's own http and https, with connections kept alive, since `fetch` of Node 20 to 24 knows no proxy.
 * Certificates are always checked: `NODE_TLS_REJECT_UNAUTHORIZED` changes nothing here.
 */
export function createTransport({ proxy, caBundle }: TransportOptions): Transport {
  const security = { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...trusted(caBundle) } as const
  const plainAgent = new PlainAgent(sockets)
  const options = { ...sockets, ...security }
  const tlsAgent = proxy instanceof URL ? new TunnelAgent(proxy, options) : new TlsAgent(options)
  return ({ method, url, headers, body, signal }) => {
    if (proxy === 'invalid') return Promise.reject(new ProxyError('ERR_INVALID_URL'))
    return new Promise((resolve, reject) => {
      const request =
        url.protocol === 'https:'
          ? tlsRequest(url, { method, headers, signal, agent: tlsAgent, ...security })
          : plainRequest(url, { method, headers, signal, agent: plainAgent })
      request.once('response', response => {
        const header = (name: string) => {
          const value = response.headers[name]
          return Array.isArray(value) ? value.join(', ') : value
        }
        resolve({ status: response.statusCode ?? 0, header, body: response })
      })
      request.on('error', reject)
      request.end(body)
    })
  }
}

function trusted(bundle: string | undefined): { readonly ca?: string[] } {
  if (bundle === undefined) return {}
  // Node 20 has no way to ask for NODE_EXTRA_CA_CERTS beside its own list.
  const known = tls.getCACertificates?.('default') ?? tls.rootCertificates
  return { ca: [...known, bundle] }
}
