import type { HttpRequest } from '../../http/request.ts'
import { fieldsOf, idOf, type Labels, textOf } from './json.ts'
import { caller, type Result, rootOf, type Session } from './request.ts'

/** One version of a secret. */
export interface Version {
  readonly number: number
  /** `undefined` where it is no text. */
  readonly text: string | undefined
}

/** The calls of a store, which read and write values. None rejects. */
export interface GcpStoreCalls {
  /** @param version The latest by default. */
  access(id: string, version?: number): Promise<Result<Version>>
  /** Makes a secret that has no version yet. */
  create(id: string, labels: Labels): Promise<Result<unknown>>
  /** The number of the version. */
  addVersion(id: string, text: string): Promise<Result<number>>
  remove(id: string): Promise<Result<unknown>>
}

export function makeStoreCalls(session: Session): GcpStoreCalls {
  const root = rootOf(session)
  const call = caller(session)
  // All may be sent again: a version that is added twice holds the same, and what is made or deleted twice shows.
  const write = (request: Pick<HttpRequest, 'method' | 'path' | 'verb' | 'query' | 'json'>) => {
    return { ...request, idempotent: true } as const
  }
  return {
    access: (id, version) => {
      const path = [...root, id, 'versions', version === undefined ? 'latest' : String(version)]
      return call('access', { method: 'GET', path, verb: 'access' }, json => readVersion(json, id))
    },
    create: (id, labels) => {
      const json = { replication: { automatic: {} }, labels: Object.fromEntries(labels) }
      const request = write({ method: 'POST', path: root, query: [['secretId', id]], json })
      return call('create', request, answer => (idOf(fieldsOf(answer)?.name) === id ? true : undefined))
    },
    addVersion: (id, text) => {
      const json = { payload: { data: Buffer.from(text).toString('base64') } }
      const request = write({ method: 'POST', path: [...root, id], verb: 'addVersion', json })
      return call('addVersion', request, answer => numberOf(fieldsOf(answer)?.name, id))
    },
    remove: id => call('delete', write({ method: 'DELETE', path: [...root, id] }), fieldsOf),
  }
}

function readVersion(json: unknown, id: string): Version | undefined {
  const { name, payload } = fieldsOf(json) ?? {}
  const number = numberOf(name, id)
  const { data = '' } = fieldsOf(payload) ?? {}
  return number !== undefined && typeof data === 'string' ? { number, text: textOf(data) } : undefined
}

/** Of `projects/102103502540/secrets/db-creds/versions/3`. */
function numberOf(name: unknown, id: string): number | undefined {
  const number = typeof name === 'string' && idOf(name) === id ? Number(name.split('/').at(-1)) : Number.NaN
  return Number.isSafeInteger(number) ? number : undefined
}
