import { quoted } from '../../text/displayable.ts'
import {
  type SecretChange,
  type SecretStore,
  SecretStoreError,
  type SecretSummary,
  type StoredValues,
} from '../secret-store.ts'
import { schemaMarker } from '../stored-keys.ts'
import { illegalName, type SecretsManagerFlavor } from './name-rules.ts'
import type { SecretsScope } from './scope.ts'
import { absent, existing } from './store-errors.ts'
import { type Payload, payloadOf, payloadProblem, valuesOf } from './stored-payload.ts'

/** A secret as a service holds it. */
export interface StoredObject {
  /** The marker among them; or a clause that says why ZenML cannot read the secret. */
  readonly entries: ReadonlyMap<string, unknown> | string
  /** Of the service, to see whether somebody else changed the secret meanwhile. */
  readonly version?: string | number | undefined
}

/** What one service does with secrets of ZenML's, each as a whole. Every method throws a `SecretStoreError` for trouble. */
export interface SecretObjects {
  list(): Promise<readonly SecretSummary[]>
  /** `undefined` where ZenML finds none. */
  read(name: string): Promise<StoredObject | undefined>
  /** `false`: the name is taken, and nothing was written. */
  create(name: string, payload: Payload): Promise<boolean>
  /** `false`: the secret is not as it was read, and nothing was written. */
  replace(name: string, payload: Payload, before: StoredObject): Promise<boolean>
  /** `false`: there is none. */
  remove(name: string): Promise<boolean>
}

interface ManagerStore {
  readonly flavor: Exclude<SecretsManagerFlavor, 'github'>
  readonly description: string
  readonly scope: SecretsScope
  /** Finds credentials; nothing else is asked yet. */
  readonly connect: (signal: AbortSignal) => Promise<SecretObjects>
}

/** How often a change is made anew when somebody else was faster. */
const maxRounds = 4

/** The store of a secrets manager of ZenML 0.13 – 0.52. */
export function createManagerStore({ flavor, description, scope, connect }: ManagerStore): SecretStore {
  const refuses = (name: string) => {
    const answer = illegalName(flavor, scope, name)
    return answer && 'reason' in answer ? answer.reason : undefined
  }
  const open = async (signal: AbortSignal, name?: string) => {
    signal.throwIfAborted()
    const problem = name === undefined ? undefined : refuses(name)
    if (problem !== undefined) throw new SecretStoreError('illegal-name', problem)
    return connect(signal)
  }
  return {
    name: flavor,
    description,
    readsValues: true,
    updates: true,
    refuses,
    list: async signal => [...(await (await open(signal)).list())].sort(byName),
    read: async (name, signal) => {
      const stored = await (await open(signal, name)).read(name)
      return stored && storedValues(name, stored)
    },
    create: async ({ name, values, schema }, signal) => {
      const objects = await open(signal, name)
      const payload = legalPayload(name, { schema, entries: values })
      if (!(await objects.create(name, payload))) throw existing(name)
    },
    update: async (name, change, signal) => changeSecret(await open(signal, name), name, change),
    delete: async (name, signal) => {
      if (!(await (await open(signal, name)).remove(name))) throw absent(name)
    },
  }
}

function byName(a: SecretSummary, b: SecretSummary): number {
  return a.name < b.name ? -1 : 1
}

async function changeSecret(objects: SecretObjects, name: string, change: SecretChange): Promise<void> {
  for (let round = 0; round < maxRounds; round++) {
    const stored = await objects.read(name)
    if (!stored) throw absent(name)
    const payload = legalPayload(name, withChange(name, readable(name, stored), change))
    if (await objects.replace(name, payload, stored)) return
  }
  throw new SecretStoreError(
    'failed',
    `The secret ${quoted(name)} was changed by somebody else each time it was about to be updated, so that nothing was written. Try again.`,
  )
}

function withChange(name: string, { schema, entries }: Payload, { set: added, remove }: SecretChange): Payload {
  const changed = new Map(entries)
  for (const key of remove) changed.delete(key)
  for (const [key, value] of added) changed.set(key, value)
  const odd = [...changed].find(([, value]) => typeof value === 'number' || (typeof value === 'object' && value))
  if (!odd) return { schema, entries: changed }
  throw new SecretStoreError(
    'unsupported',
    `The secret ${quoted(name)} holds something other than a text under the key ${quoted(odd[0])}, which ZenML did not write and which could not be kept as it is. Set that key too, or delete the secret and register it again.`,
  )
}

function legalPayload(name: string, payload: Payload): Payload {
  if (payload.entries.has(schemaMarker)) {
    throw new SecretStoreError(
      'illegal-values',
      `The secret ${quoted(name)} cannot have a key "${schemaMarker}", by which ZenML marks every secret. Use another key.`,
    )
  }
  const problem = payloadProblem(payload)
  if (problem === undefined) return payload
  throw new SecretStoreError(
    'illegal-values',
    `The secret ${quoted(name)} would not fit the schema ${quoted(payload.schema)}: ${problem}. Correct its keys.`,
  )
}

function storedValues(name: string, stored: StoredObject): StoredValues {
  const payload = readable(name, stored)
  const values = valuesOf(payload)
  if (typeof values === 'string') throw unreadable(name, values)
  return { name, values, schema: payload.schema, isPrivate: false }
}

function readable(name: string, { entries }: StoredObject): Payload {
  const payload = typeof entries === 'string' ? entries : payloadOf(entries)
  if (typeof payload === 'string') throw unreadable(name, payload)
  return payload
}

function unreadable(name: string, clause: string): SecretStoreError {
  return new SecretStoreError(
    'failed',
    `ZenML cannot read the secret ${quoted(name)}: ${clause}. Delete it and register it again.`,
  )
}
