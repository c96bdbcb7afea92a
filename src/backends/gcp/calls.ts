import { keysOfPayload } from '../secrets-manager/payload.ts'
import { type GcpFailure, malformed } from './failure.ts'
import { fieldsOf, idOf, type Labels, labelsOf, textOf } from './json.ts'
import { caller, type Result, rootOf, type Session } from './request.ts'

export interface Listing {
  /** By id. */
  readonly secrets: ReadonlyMap<string, Labels>
  /** When each was made, as Google says it. */
  readonly created: ReadonlyMap<string, string>
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

/** Google allows 25,000; so many, with all the labels they may have, fit into `maxBytes`. */
const pageSize = '5000'
const maxBytes = 64 * 1024 * 1024
const maxPages = 200

export function makeCalls(session: Session): GcpCalls {
  const root = rootOf(session)
  const call = caller(session)
  const page = (filter: string, token: string | undefined) => {
    const query: [string, string][] = [
      ['filter', filter],
      ['pageSize', pageSize],
      ['fields', 'secrets(name,labels,createTime),nextPageToken'],
    ]
    if (token !== undefined) query.push(['pageToken', token])
    return call('list', { method: 'GET', path: root, query, maxBytes }, readPage)
  }
  return {
    list: filter => readPages(token => page(filter, token)),
    labels: id => call('get', { method: 'GET', path: [...root, id] }, json => readSecret(json, id)),
    keys: id =>
      call('access', { method: 'GET', path: [...root, id, 'versions', 'latest'], verb: 'access' }, json =>
        readVersion(json, id),
      ),
  }
}

interface Page extends Omit<Listing, 'failure'> {
  readonly next: string | undefined
}

async function readPages(page: (token: string | undefined) => Promise<Result<Page>>): Promise<Listing> {
  const secrets = new Map<string, Labels>()
  const created = new Map<string, string>()
  const seen = new Set<string>()
  let token: string | undefined
  for (let pages = 0; pages < maxPages; pages++) {
    const result = await page(token)
    if ('failure' in result) return { secrets, created, failure: result.failure }
    for (const [id, labels] of result.value.secrets) secrets.set(id, labels)
    for (const [id, time] of result.value.created) created.set(id, time)
    token = result.value.next
    if (token === undefined) return { secrets, created, failure: undefined }
    if (seen.has(token)) break
    seen.add(token)
  }
  return { secrets, created, failure: { operation: 'list', trouble: malformed } }
}

/** An empty list is left out of the answer, as Google does with whatever is empty. */
function readPage(json: unknown): Page | undefined {
  const { secrets = [], nextPageToken = '' } = fieldsOf(json) ?? { secrets: undefined, nextPageToken: undefined }
  if (fieldsOf(json) === undefined || !Array.isArray(secrets) || typeof nextPageToken !== 'string') return undefined
  const read = new Map<string, Labels>()
  const created = new Map<string, string>()
  for (const secret of secrets) {
    const id = idOf(fieldsOf(secret)?.name)
    const labels = labelsOf(secret)
    if (id === undefined || labels === undefined) return undefined
    read.set(id, labels)
    const time = fieldsOf(secret)?.createTime
    if (typeof time === 'string') created.set(id, time)
  }
  return { secrets: read, created, next: nextPageToken === '' ? undefined : nextPageToken }
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
