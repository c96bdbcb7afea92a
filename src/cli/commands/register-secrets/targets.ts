import { type SecretStore, SecretStoreError, type StoredValues } from '../../../backends/secret-store.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import type { JudgedUse } from '../../../validation/use.ts'
import { forbiddenKey, secretNameProblem } from '../../secret-names.ts'
import { refuseKeys } from '../secret/refusals.ts'
import type { Session } from '../secret/session.ts'
import type { Need } from './plan.ts'

/** A secret that values are to be had for. */
export interface Target {
  readonly session: Session
  readonly secret: string
  /** `undefined`: to be registered. */
  readonly stored: StoredValues | undefined
  /** Sorted by key. Empty where a new secret is needed and nothing says which keys: then they are asked for too. */
  readonly questions: readonly Question[]
  readonly users: readonly JudgedUse[]
}

export interface Question {
  readonly key: string
  /** There is no value yet, or an empty one, so that one has to be given. */
  readonly isRequired: boolean
  readonly users: readonly JudgedUse[]
}

/** What to ask for, or a sentence that says why the secret is left alone; `undefined` where nothing is to be done. */
type Looked = Target | string | undefined

/** Where a secret is looked for, in this order; the last one takes what is new. */
export type Sessions = readonly [...Session[], Session]

/**
 * Reads what is stored of a needed secret and works out what has to be asked for.
 * @param skipExisting Whether values that are there stay as they are without a question.
 */
export async function lookAt(need: Need, sessions: Sessions, skipExisting: boolean): Promise<Looked> {
  const last = sessions.at(-1) ?? sessions[0]
  const left = (why: string) => `The secret ${quoted(need.secret)} was left alone. ${why}`
  const forbidden = [...need.keys.keys()].map(forbiddenKey).find(problem => problem !== undefined)
  if (forbidden !== undefined) return left(forbidden)
  const create = () => {
    const refusal = secretNameProblem(need.secret) ?? last.store.refuses(need.secret)
    return refusal === undefined ? targetOf(need, { session: last, stored: undefined }, skipExisting) : left(refusal)
  }
  if (need.state === 'missing') return create()
  if (need.state === 'there' && need.keys.size === 0) return undefined
  try {
    const found = await findStored(need.secret, sessions)
    if (found === 'not readable') return lacksKeys(need) ? left(unchangeable(last.store)) : undefined
    if (!found && need.state === 'unknown') return create()
    if (!found)
      return lacksKeys(need) ? left('It is there under another spelling only; rename it, or the reference.') : undefined
    const target = targetOf(need, found, skipExisting)
    return target.questions.length > 0 ? checked(target) : undefined
  } catch (error) {
    return leftAlone(need, error, skipExisting)
  }
}

/**
 * What follows where the store gave no answer: nothing where the secret needs none.
 * @throws any error but a SecretStoreError.
 */
export function leftAlone(need: Need, error: unknown, skipExisting: boolean): string | undefined {
  if (!(error instanceof SecretStoreError)) throw error
  if (skipExisting && need.state === 'there' && !lacksKeys(need)) return undefined
  return `The secret ${quoted(need.secret)} was left alone. ${error.message}`
}

interface Found {
  readonly session: Session
  readonly stored: StoredValues | undefined
}

/** By exact name only: a secret in the central store hides one of the same name in the manager. */
async function findStored(secret: string, sessions: Sessions): Promise<Found | 'not readable' | undefined> {
  for (const session of sessions) {
    if (!session.store.readsValues) return 'not readable'
    const stored = await session.ask(signal => session.store.read(secret, signal))
    if (stored) return { session, stored }
  }
  return undefined
}

function targetOf(need: Need, { session, stored }: Found, skipExisting: boolean): Target {
  const questions = [...need.keys].flatMap(([key, users]): Question[] => {
    const value = stored?.values.get(key)
    if (value !== undefined && value !== '') return skipExisting ? [] : [{ key, isRequired: false, users }]
    // ZenML fills the default of a schema in.
    const isDefault = value === undefined && users.some(({ verdict }) => verdict === 'found')
    return isDefault ? [] : [{ key, isRequired: true, users }]
  })
  const users = [...need.keys.values()].flat()
  return { session, secret: need.secret, stored, questions, users: [...users, ...need.whole] }
}

/** @throws SecretStoreError where the secret's schema has no such key, or the secret cannot be changed. */
function checked(target: Target): Target | undefined {
  const { stored, questions, session } = target
  if (!session.store.updates) {
    if (questions.every(({ isRequired }) => !isRequired)) return undefined
    throw new SecretStoreError('unsupported', unchangeable(session.store))
  }
  refuseKeys(stored?.schema, new Set([...(stored?.values.keys() ?? []), ...questions.map(({ key }) => key)]))
  return target
}

function lacksKeys({ keys }: Need): boolean {
  return [...keys.values()].flat().some(({ verdict }) => verdict === 'key_missing')
}

function unchangeable({ description }: SecretStore): string {
  return `It lacks a key, and a secret cannot be changed in ${displayable(description)}. Delete it and register it again with all of its values.`
}
