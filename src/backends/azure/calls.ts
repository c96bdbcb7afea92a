import { keysOfPayload } from '../secrets-manager/payload.ts'
import type { AzureOperation } from './failure.ts'
import { fieldsOf, type Properties, readProperties } from './json.ts'
import { apiVersion, caller, type Result, type Session } from './request.ts'

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

const listQuery: Next = [...apiVersion, ['maxresults', '25']]

export function makeCalls(session: Session): AzureCalls {
  const call = caller(session)
  const page = (operation: AzureOperation, path: readonly string[], query: Next) =>
    call(operation, { method: 'GET', path, query }, json => readPage(json, new URL(`${session.url}/${path.join('/')}`)))
  return {
    list: (next = listQuery) => page('list', ['secrets'], next),
    versions: (id, next = listQuery) => page('versions', ['secrets', id, 'versions'], next),
    read: id => call('read', { method: 'GET', path: ['secrets', id], query: apiVersion }, readContent),
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
