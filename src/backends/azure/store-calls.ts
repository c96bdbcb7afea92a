import type { Next } from './calls.ts'
import { fieldsOf, type Properties, readProperties } from './json.ts'
import { apiVersion, caller, type Result, type Session } from './request.ts'

export interface Value extends Properties {
  readonly value: string
}

/** The calls of a store, which read and write values. None rejects. */
export interface AzureStoreCalls {
  /** @param version The current one by default. */
  read(id: string, version?: string): Promise<Result<Value>>
  /** Writes a new version, whatever there is. */
  write(id: string, value: string, tags: ReadonlyMap<string, string>): Promise<Result<Properties>>
  /** Where the vault keeps what is deleted, it can be recovered for a while. */
  remove(id: string): Promise<Result<unknown>>
  /** Brings back what was deleted, in a while. */
  recover(id: string): Promise<Result<unknown>>
}

export function makeStoreCalls(session: Session): AzureStoreCalls {
  const call = caller(session)
  const query: Next = apiVersion
  return {
    read: (id, version) => {
      const path = ['secrets', id, ...(version === undefined ? [] : [version])]
      return call('read', { method: 'GET', path, query }, readValue)
    },
    // All may be sent again: a version that is written twice holds the same.
    write: (id, value, tags) => {
      const json = { value, tags: Object.fromEntries(tags) }
      return call('write', { method: 'PUT', path: ['secrets', id], query, json, idempotent: true }, readProperties)
    },
    remove: id => call('delete', { method: 'DELETE', path: ['secrets', id], query, idempotent: true }, fieldsOf),
    recover: id =>
      call('recover', { method: 'POST', path: ['deletedsecrets', id, 'recover'], query, idempotent: true }, fieldsOf),
  }
}

function readValue(json: unknown): Value | undefined {
  const properties = readProperties(json)
  const { value } = fieldsOf(json) ?? {}
  return properties && typeof value === 'string' ? { ...properties, value } : undefined
}
