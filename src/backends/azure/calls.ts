import type { HttpClient } from '../../http/client.ts'
import { keysOfPayload } from '../secrets-manager/payload.ts'
import { type AzureFailure, type AzureOperation, malformed } from './failure.ts'

export type Result<T> = { readonly value: T } | { readonly failure: AzureFailure }

/** What Key Vault says of a secret, or of one version of it, without its value. */
export interface Properties {
  /** As Key Vault spells it, which compares names without regard to case. */
  readonly id: string
  readonly tags: ReadonlyMap<string, string>
  readonly isEnabled: boolean
  /** Seconds since 1970, 0 where it is not said. */
  readonly created: number
}

export interface Content extends Properties {
  /** Names of the keys, or a clause that says why ZenML cannot read it. */
  readonly keys: ReadonlySet<string> | string
}

/** Of a list that goes on: where it does. */
export interface Page {
  readonly items: readonly Properties[]
  readonly next: Next | undefined
}

export type Next = readonly (readonly [string, string])[]

/** The calls of one look-up. None rejects, none lets a value out. */
export interface AzureCalls {
  /** Up to 25 secrets of the vault. */
  list(next?: Next): Promise<Result<Page>>
  /** Up to 25 versions of a secret, in no order of time; none where there is no secret. */
  versions(id: string, next?: Next): Promise<Result<Page>>
  /** The current version, its value read. */
  read(id: string): Promise<Result<Content>>
}

export interface Session {
  readonly client: HttpClient
  /** Address of the vault. */
  readonly url: string
  readonly token: string
  readonly signal: AbortSignal
}

const firstQuery: Next = [['api-version', '7.4']]
const listQuery: Next = [...firstQuery, ['maxresults', '25']]

export function makeCalls({ client, url, token, signal }: Session): AzureCalls {
  const headers = { authorization: `Bearer ${token}` }
  const call = async <T>(
    operation: AzureOperation,
    { path, query }: { readonly path: readonly string[]; readonly query: Next },
    read: (json: unknown) => T | undefined,
  ): Promise<Result<T>> => {
    const result = await client.request({ method: 'GET', path, query, headers, signal })
    if ('trouble' in result) return { failure: { operation, trouble: result.trouble } }
    const value = read(result.json)
    return value === undefined ? { failure: { operation, trouble: malformed } } : { value }
  }
  const page = (operation: AzureOperation, path: readonly string[], query: Next) =>
    call(operation, { path, query }, json => readPage(json, new URL(`${url}/${path.join('/')}`)))
  return {
    list: (next = listQuery) => page('list', ['secrets'], next),
    versions: (id, next = listQuery) => page('versions', ['secrets', id, 'versions'], next),
    read: id => call('read', { path: ['secrets', id], query: firstQuery }, readContent),
  }
}

/** A list goes on at the same host and path or not at all: the token goes along. */
function readPage(json: unknown, address: URL): Page | undefined {
  const { value, nextLink = null } = fieldsOf(json) ?? {}
  if (!Array.isArray(value)) return undefined
  const items = value.map(readProperties)
  if (!items.every(item => item !== undefined)) return undefined
  if (nextLink === null || nextLink === '') return { items, next: undefined }
  if (typeof nextLink !== 'string' || !URL.canParse(nextLink)) return undefined
  const { origin, pathname, searchParams } = new URL(nextLink)
  const isSame = origin === address.origin && pathname.toLowerCase() === address.pathname.toLowerCase()
  return isSame ? { items, next: [...searchParams] } : undefined
}

function readContent(json: unknown): Content | undefined {
  const properties = readProperties(json)
  const { value } = fieldsOf(json) ?? {}
  return properties && typeof value === 'string' ? { ...properties, keys: keysOfPayload(value) } : undefined
}

function readProperties(json: unknown): Properties | undefined {
  const { id, tags = {}, attributes = {} } = fieldsOf(json) ?? {}
  const name = nameOf(id)
  const fields = fieldsOf(tags ?? {})
  const { enabled = true, created = 0 } = fieldsOf(attributes) ?? {}
  if (name === undefined || fields === undefined) return undefined
  return {
    id: name,
    tags: new Map(Object.entries(fields).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))),
    isEnabled: enabled !== false,
    created: typeof created === 'number' ? created : 0,
  }
}

/** Of `https://example.vault.azure.net/secrets/db-creds`, or a version of it. */
function nameOf(id: unknown): string | undefined {
  if (typeof id !== 'string' || !URL.canParse(id)) return undefined
  const [, secrets, name] = new URL(id).pathname.split('/')
  return secrets === 'secrets' && name ? name : undefined
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as Readonly<Record<string, unknown>>
}

/** Reads the JSON of an error of Key Vault's into `SecretNotFound` or `Forbidden/SecretDisabled`. */
export function readAzureError(json: unknown): string | undefined {
  const { code, innererror } = fieldsOf(fieldsOf(json)?.error) ?? {}
  const inner = fieldsOf(innererror)?.code
  const words = [code, inner].filter(word => typeof word === 'string' && /^[A-Za-z]{1,60}$/.test(word))
  return words.length === 0 ? undefined : words.join('/')
}
