import { quoted } from '../../text/displayable.ts'
import { SecretStoreError, type SecretSummary } from '../secret-store.ts'
import { schemaMarker } from '../stored-keys.ts'
import type { SecretObjects, StoredObject } from './manager-store.ts'
import type { StoredKey } from './per-key.ts'
import { existing } from './store-errors.ts'
import type { Payload } from './stored-payload.ts'
import type { TakenNames } from './taken-names.ts'

export type Groups = ReadonlyMap<string, readonly StoredKey[]>

export interface OneKey {
  readonly name: string
  readonly key: string
  readonly schema: string
  readonly value: string
}

/** What Google and Azure do in scope `none`, where each key is an object of its own. Every method throws for trouble. */
export interface KeyObjects {
  /** All of them, by the name of the secret; of one name alone where that is cheaper. */
  groups(name?: string): Promise<Groups>
  /** `undefined` where it is no text. */
  read(stored: string): Promise<string | undefined>
  /** What the service calls the object of a key. */
  idOf(name: string, key: string): string
  /** A clause that says why the key cannot be held; `undefined` where it can. */
  keyProblem(name: string, key: string): string | undefined
  /** `false`: there is such an object, and nothing was written. */
  add(key: OneKey): Promise<boolean>
  set(key: OneKey): Promise<void>
  /** @param isUndone Goes on when the run was stopped. */
  remove(stored: string, isUndone?: boolean): Promise<void>
}

/** Secrets over objects of one key each. A secret that cannot be made as a whole is not made. */
export function perKeyObjects(objects: KeyObjects, taken: TakenNames): SecretObjects {
  return {
    list: async () => [...(await objects.groups())].map(([name, keys]) => summaryOf(name, keys)),
    read: async name => {
      const keys = (await objects.groups(name)).get(name)
      return keys && readKeys(objects, keys)
    },
    create: async (name, payload) => {
      checkKeys(objects, name, payload)
      const known = await taken.load(() => objects.groups())
      if (known.names.has(name)) return false
      if ([...payload.entries.keys()].some(key => known.ids.has(objects.idOf(name, key)))) throw existing(name)
      await addAll(objects, name, payload)
      known.names.add(name)
      return true
    },
    replace: async (name, payload, before) => {
      checkKeys(objects, name, payload)
      await changeKeys(objects, name, { payload, before })
      return true
    },
    remove: async name => {
      taken.forget()
      const keys = (await objects.groups(name)).get(name)
      if (!keys) return false
      const steps = keys.map(({ stored }) => ({ what: stored, run: () => objects.remove(stored) }))
      await runInTurn(steps, 'Deleted')
      return true
    },
  }
}

function summaryOf(name: string, keys: readonly StoredKey[]): SecretSummary {
  const created = keys.flatMap(key => key.created ?? []).sort()
  const updated = keys.flatMap(key => key.updated ?? []).sort()
  const schema = keys.find(key => key.schema !== undefined)?.schema
  return { name, keys: keys.length, schema, scope: 'none', created: created[0], updated: updated.at(-1) }
}

async function readKeys(objects: KeyObjects, keys: readonly StoredKey[]): Promise<StoredObject> {
  for (const { stored, key } of keys) {
    if (typeof key !== 'string') return { entries: `one of its keys is in ${quoted(stored, 300)}, ${key.problem}` }
  }
  const values = await Promise.all(keys.map(({ stored }) => objects.read(stored)))
  if (values.includes(undefined)) return { entries: 'one of its values is no text' }
  const entries = new Map<string, unknown>(keys.map(({ key }, index) => [String(key), values[index]]))
  const schema = keys.find(key => key.schema !== undefined)?.schema
  return { entries: schema === undefined ? entries : entries.set(schemaMarker, schema) }
}

function checkKeys(objects: KeyObjects, name: string, { entries }: Payload): void {
  const problems = [...entries.keys()].map(key => objects.keyProblem(name, key))
  const problem = entries.size === 0 ? 'in the scope "none" a secret without keys is none' : problems.find(Boolean)
  if (problem === undefined) return
  throw new SecretStoreError('illegal-values', `The secret ${quoted(name)} cannot be held: ${problem}.`)
}

async function addAll(objects: KeyObjects, name: string, { schema, entries }: Payload): Promise<void> {
  const made: string[] = []
  try {
    for (const [key, value] of entries) {
      if (!(await objects.add({ name, key, schema, value: String(value) }))) throw existing(name)
      made.push(objects.idOf(name, key))
    }
  } catch (error) {
    const left: string[] = []
    for (const stored of made) await objects.remove(stored, true).catch(() => left.push(stored))
    throw left.length === 0
      ? error
      : withMore(error, `These objects were written and could not be taken away again: ${listed(left)}. Delete them.`)
  }
}

interface Change {
  readonly payload: Payload
  readonly before: StoredObject
}

/** What is new comes first, so that a change that fails takes nothing away. */
async function changeKeys(objects: KeyObjects, name: string, { payload, before }: Change): Promise<void> {
  const { schema, entries } = payload
  const old: ReadonlyMap<string, unknown> = typeof before.entries === 'string' ? new Map() : before.entries
  const steps: Step[] = []
  for (const [key, text] of entries) {
    const value = String(text)
    const one = { name, key, schema, value }
    if (!old.has(key))
      steps.push({ what: key, run: async () => void ((await objects.add(one)) || fail(existing(name))) })
    else if (old.get(key) !== value) steps.push({ what: key, run: () => objects.set(one) })
  }
  for (const key of old.keys()) {
    if (key === schemaMarker || entries.has(key)) continue
    steps.push({ what: key, run: () => objects.remove(objects.idOf(name, key)) })
  }
  await runInTurn(steps, 'Changed')
}

function fail(error: SecretStoreError): never {
  throw error
}

interface Step {
  readonly what: string
  readonly run: () => Promise<void>
}

async function runInTurn(steps: readonly Step[], done: string): Promise<void> {
  for (const [index, { run }] of steps.entries()) {
    try {
      await run()
    } catch (error) {
      const names = (some: readonly Step[]) => listed(some.map(({ what }) => what))
      const more = `${done} so far: ${names(steps.slice(0, index))}; not yet: ${names(steps.slice(index))}. Run it again.`
      throw index === 0 ? error : withMore(error, more)
    }
  }
}

function listed(names: readonly string[]): string {
  return names.map(name => quoted(name, 300)).join(', ')
}

function withMore(error: unknown, more: string): unknown {
  return error instanceof SecretStoreError ? new SecretStoreError(error.trouble, `${error.message} ${more}`) : error
}
