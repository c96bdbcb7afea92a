import type { HttpResult } from '../../http/client.ts'
import { storeError } from '../secrets-manager/store-errors.ts'
import { type Payload, storedEntries } from '../secrets-manager/stored-payload.ts'
import { doubtOf, unverified, type Wanted } from './doubt.ts'
import { apiPath, type Engine, segmentsOf } from './engine.ts'
import { codeOf } from './error-code.ts'
import { entriesOf } from './json.ts'
import type { dropValues } from './stored-entries.ts'

interface Reading {
  readonly signal: AbortSignal
  readonly revive?: typeof dropValues | undefined
}

/** What is at a path. */
type Held =
  | 'absent'
  /** Number of the current version, which holds nothing. */
  | { readonly deleted: number }
  | { readonly entries: ReadonlyMap<string, unknown>; readonly version: number | undefined }

export async function getSecret(engine: Engine, path: string, { signal, revive }: Reading): Promise<Held> {
  const wanted = { capability: 'read', path: apiPath(engine, 'data', path) } as const
  const request = { method: 'GET', path: segmentsOf(wanted.path), signal, maxBytes: 2 ** 22 } as const
  const result = await engine.send({ ...request, ...(revive && { revive }) })
  if (!('trouble' in result)) return contentOf(engine, result.json)
  const code = codeOf(result.trouble)
  if (code === 'absent') return 'absent'
  if (code === 'deleted' || code === 'destroyed') return deletedVersion(engine, path, signal)
  throw storeError(doubtOf(result.trouble, wanted))
}

/** An error says that the current version is deleted, not which one it is. */
async function deletedVersion(engine: Engine, path: string, signal: AbortSignal): Promise<Held> {
  const wanted = { capability: 'read', path: apiPath(engine, 'metadata', path) } as const
  const result = await engine.send({ method: 'GET', path: segmentsOf(wanted.path), signal, maxBytes: 2 ** 22 })
  if ('trouble' in result) {
    if (codeOf(result.trouble) === 'absent') return 'absent'
    throw storeError(doubtOf(result.trouble, wanted))
  }
  const current = entriesOf(entriesOf(result.json).get('data')).get('current_version')
  if (typeof current !== 'number') return fail()
  return { deleted: current }
}

function contentOf(engine: Engine, json: unknown): Held {
  const data = entriesOf(json).get('data')
  if (engine.version === 1) return isObject(data) ? { entries: entriesOf(data), version: undefined } : fail()
  const content = entriesOf(data).get('data')
  const version = entriesOf(entriesOf(data).get('metadata')).get('version')
  if (typeof version !== 'number') return fail()
  if (content === null) return { deleted: version }
  return isObject(content) ? { entries: entriesOf(content), version } : fail()
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

interface Writing {
  readonly payload: Payload
  /** The version that is written over, 0 for none; it counts in version 2 of the engine alone. */
  readonly cas: number
  readonly capability: Wanted['capability']
  readonly signal: AbortSignal
}

/** `false`: the current version is another one, and nothing was written. */
export async function putSecret(engine: Engine, path: string, writing: Writing): Promise<boolean> {
  const { payload, cas, capability, signal } = writing
  const data = Object.fromEntries(storedEntries(payload))
  const json = engine.version === 2 ? { options: { cas }, data } : data
  const wanted = { capability, path: apiPath(engine, 'data', path) }
  const request = { method: 'POST', path: segmentsOf(wanted.path), json, signal } as const
  const result = await engine.send({ ...request, idempotent: true })
  if (!('trouble' in result) || codeOf(result.trouble) !== 'other-version') {
    expectDone(result, wanted)
    return true
  }
  return result.trouble.tries > 1 && isWritten(engine, path, writing)
}

/** Whether an answer got lost, so that the version that is in the way is the one that was just written. */
async function isWritten(engine: Engine, path: string, { payload, cas, signal }: Writing): Promise<boolean> {
  const held = await getSecret(engine, path, { signal })
  if (held === 'absent' || 'deleted' in held || held.version !== cas + 1) return false
  const { entries } = held
  const expected = storedEntries(payload)
  return entries.size === expected.size && [...expected].every(([key, value]) => entries.get(key) === value)
}

/** Vault answers what it did with nothing at all. */
export function expectDone(result: HttpResult, wanted: Wanted): void {
  if (!('trouble' in result)) return
  const { trouble } = result
  if (trouble.kind === 'not-json' && trouble.status === 204) return
  throw storeError(doubtOf(trouble, wanted))
}

function fail(): never {
  throw storeError(unverified('Vault answered with something other than a secret. Check vault-url.'))
}
