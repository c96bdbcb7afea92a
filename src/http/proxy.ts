import { isLoopback } from './address.ts'

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A proxy to reach an https address through; `undefined`: none. `invalid`: what is set cannot be used. */
export type ProxyChoice = URL | 'invalid' | undefined

/**
 * The proxy that `HTTPS_PROXY` names, unless `NO_PROXY` exempts the host. Lower-case names win over upper-case ones.
 * This machine is never reached through a proxy.
 */
export function proxyFor(url: URL, environment: Environment): ProxyChoice {
  const proxy = (environment.https_proxy || environment.HTTPS_PROXY || '').trim()
  if (proxy === '' || isLoopback(url.hostname)) return undefined
  if (isExempt(url, environment.no_proxy || environment.NO_PROXY || '')) return undefined
  const text = proxy.includes('://') ? proxy : `http://${proxy}`
  if (!URL.canParse(text)) return 'invalid'
  const parsed = new URL(text)
  return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed : 'invalid'
}

/** Entries are separated by commas or blanks: `*`, a host, a domain with or without a dot or `*.` before it, with a port or without. */
function isExempt(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === 'http:' ? '80' : '443')
  return list.split(/[\s,]/).some(entry => entry !== '' && matches(entry.toLowerCase(), url.hostname, port))
}

function matches(entry: string, hostname: string, port: string): boolean {
  if (entry === '*') return true
  const colon = entry.startsWith('[') || entry.split(':').length === 2 ? /:(\d{1,5})$/.exec(entry) : null
  if (colon && colon[1] !== port) return false
  const host = colon ? entry.slice(0, colon.index) : entry
  const domain = host.startsWith('*.') ? host.slice(2) : host.startsWith('.') ? host.slice(1) : host
  const bracketed = domain.includes(':') && !domain.startsWith('[') ? `[${domain}]` : domain
  return hostname === bracketed || hostname.endsWith(`.${bracketed}`)
}
