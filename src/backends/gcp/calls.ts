import type { HttpClient, HttpResult } from '../../http/client.ts'
import type { HttpRequest } from '../../http/request.ts'
import { keysOfPayload } from '../secrets-manager/payload.ts'
import { type GcpFailure, type GcpOperation, malformed } from './failure.ts'

export type Result<T> = { readonly value: T } | { readonly failure: GcpFailure }

export type Labels = ReadonlyMap<string, string>

export interface Listing {
  /** By id. */
  readonly secrets: ReadonlyMap<string, Labels>
  /** Why the list is not complete. */
  readonly failure: GcpFailure | undefined
}

/** The calls of one look-up. None rejects, none lets a value out. */
export interface GcpCalls {
  /** All secrets of the project that a filter lets through, page by page. */
  list(filter: string): Promise<Listing>
  labels(id: string): Promise<Result<Labels>>
  /** Names of the keys in the latest version, or a clause that says why ZenML cannot read it. */
  keys(id: string): Promise<Result<ReadonlySet<string> | string>>
}

export interface Session {
  readonly client: HttpClient
  readonly project: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** Google allows 25,000; so many, with all the labels they may have, fit into `maxBytes`. */
const pageSize = '5000'
const maxBytes = 64 * 1024 * 1024
const maxPages = 200

export function makeCalls({ client, project, headers, signal }: Session): GcpCalls {
  const root = ['v1', 'projects', project, 'secrets']
  const call = async <T>(
    operation: GcpOperation,
    request: Pick<HttpRequest, 'path' | 'query' | 'verb' | 'maxBytes'>,
    read: (json: unknown) => T | undefined,
  ): Promise<Result<T>> => {
    const result = await client.request({ method: 'GET', headers, signal, ...request })
    return understand(operation, result, read)
  }
  const page = (filter: string, token: string | undefined) => {
    const query: [string, string][] = [
      ['filter', filter],
      ['pageSize', pageSize],
      ['fields', 'secrets(name,labels),nextPageToken'],
    ]
    if (token !== undefined) query.push(['pageToken', token])
    return call('list', { path: root, query, maxBytes }, readPage)
  }
  return {
    list: filter => readPages(token => page(filter, token)),
    labels: id => call('get', { path: [...root, id] }, json => readSecret(json, id)),
    keys: id =>
      call('access', { path: [...root, id, 'versions', 'latest'], verb: 'access' }, json => readVersion(json, id)),
  }
}

function understand<T>(operation: GcpOperation, result: HttpResult, read: (json: unknown) => T | undefined): Result<T> {
  if ('trouble' in result) return { failure: { operation, trouble: result.trouble } }
  const value = read(result.json)
  return value === undefined ? { failure: { operation, trouble: malformed } } : { value }
}

interface Page {
  readonly secrets: ReadonlyMap<string, Labels>
  readonly next: string | undefined
}

async function readPages(page: (token: string | undefined) => Promise<Result<Page>>): Promise<Listing> {
  const secrets = new Map<string, Labels>()
  const seen = new Set<string>()
  let token: string | undefined
  for (let pages = 0; pages < maxPages; pages++) {
    const result = await page(token)
    if ('failure' in result) return { secrets, failure: result.failure }
    for (const [id, labels] of result.value.secrets) secrets.set(id, labels)
    token = result.value.next
    if (token === undefined) return { secrets, failure: undefined }
    if (seen.has(token)) break
    seen.add(token)
  }
  return { secrets, failure: { operation: 'list', trouble: malformed } }
}

/** An empty list is left out of the answer, as Google does with whatever is empty. */
function readPage(json: unknown): Page | undefined {
  const { secrets = [], nextPageToken = '' } = fieldsOf(json) ?? { secrets: undefined, nextPageToken: undefined }
  if (fieldsOf(json) === undefined || !Array.isArray(secrets) || typeof nextPageToken !== 'string') return undefined
  const read = new Map<string, Labels>()
  for (const secret of secrets) {
    const id = idOf(fieldsOf(secret)?.name)
    const labels = labelsOf(secret)
    if (id === undefined || labels === undefined) return undefined
    read.set(id, labels)
  }
  return { secrets: read, next: nextPageToken === '' ? undefined : nextPageToken }
}

/** What is asked for by name is answered by name, or not at all. */
function readSecret(json: unknown, id: string): Labels | undefined {
  return idOf(fieldsOf(json)?.name) === id ? labelsOf(json) : undefined
}

function readVersion(json: unknown, id: string): ReadonlySet<string> | string | undefined {
  const { name, payload } = fieldsOf(json) ?? {}
  if (idOf(name) !== id) return undefined
  const { data = '' } = fieldsOf(payload) ?? {}
  return typeof data === 'string' ? keysOfPayload(textOf(data)) : undefined
}

function textOf(base64: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(base64, 'base64'))
  } catch {
    return undefined
  }
}

/** Of `projects/102103502540/secrets/db-creds`, or a version of it. */
function idOf(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined
  const [projects, , secrets, id, versions = 'versions'] = name.split('/')
  return projects === 'projects' && secrets === 'secrets' && id && versions === 'versions' ? id : undefined
}

function labelsOf(secret: unknown): Labels | undefined {
  const { labels = {} } = fieldsOf(secret) ?? {}
  const fields = fieldsOf(labels)
  if (fields === undefined) return undefined
  return new Map(Object.entries(fields).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as Readonly<Record<string, unknown>>
}

/** Reads the JSON of an error of Google's into `NOT_FOUND` or `PERMISSION_DENIED/SERVICE_DISABLED`. */
export function readGoogleError(json: unknown): string | undefined {
  const { status, details } = fieldsOf(fieldsOf(json)?.error) ?? {}
  if (typeof status !== 'string' || !/^[A-Z_]{1,40}$/.test(status)) return undefined
  const reasons = (Array.isArray(details) ? details : []).map(detail => fieldsOf(detail)?.reason)
  const reason = reasons.find(word => typeof word === 'string' && /^[A-Z_0-9]{1,60}$/.test(word))
  return reason === undefined ? status : `${status}/${reason}`
}
