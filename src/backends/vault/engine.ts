import type { HttpResult } from '../../http/client.ts'
import type { HttpRequest } from '../../http/request.ts'

/** Sends a request with the token. */
export type Send = (request: Omit<HttpRequest, 'headers'>) => Promise<HttpResult>

/** A KV engine that is known to be there. */
export interface Engine {
  /** Without a slash at its end. */
  readonly mount: string
  readonly version: 1 | 2
  /** Whether the server is known to tell keys without values, as Vault does since 1.10; else it has to be tried. */
  readonly hasSubkeys: boolean
  readonly send: Send
}

/** What can be asked about a secret or a folder. In version 1 there is `list` and `data` alone. */
export type Way = 'list' | 'metadata' | 'subkeys' | 'data'

/** The path of Vault's API, the mount first. That of a list ends in a slash, as policies know it. */
export function apiPath({ mount, version }: Pick<Engine, 'mount' | 'version'>, way: Way, path: string): string {
  const kind = way === 'list' ? 'metadata' : way
  const parts = version === 2 ? [mount, kind, path] : [mount, path]
  const joined = parts.filter(part => part !== '').join('/')
  return way === 'list' ? `${joined}/` : joined
}

/** The segments of a path, of which none is empty. */
export function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter(segment => segment !== '')
}
