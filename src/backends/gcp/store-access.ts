import { quoted } from '../../text/displayable.ts'
import { SecretStoreError } from '../secret-store.ts'
import { storeError } from '../secrets-manager/store-errors.ts'
import { type GcpCalls, type Listing, makeCalls } from './calls.ts'
import { failureAnswer, type GcpFailure, meaningOf } from './failure.ts'
import type { Labels } from './json.ts'
import type { Result, Session } from './request.ts'
import { makeStoreCalls, type Version } from './store-calls.ts'

/** What both forms of secrets need of Google. Every method throws a `SecretStoreError` for trouble. */
export interface GcpAccess {
  readonly calls: GcpCalls
  list(filter: string): Promise<Listing>
  /** `undefined` where there is no such secret, or it has no version. */
  latest(id: string): Promise<Version | undefined>
  /** Of a version that is known to be there. */
  textOf(id: string, version: number): Promise<string | undefined>
  /** A secret with its first version, or none at all. `false`: there is one of the id. */
  create(id: string, labels: Labels, text: string): Promise<boolean>
  addVersion(id: string, text: string): Promise<number>
  /** @param isUndone Goes on when the run was stopped. */
  remove(id: string, isUndone?: boolean): Promise<void>
  unwrap<T>(result: Result<T>, id?: string): T
}

/** Milliseconds for taking away what was left half made. */
const undoing = 15_000

export function accessOf(session: Session): GcpAccess {
  const calls = makeCalls(session)
  const values = makeStoreCalls(session)
  const unwrap = <T>(result: Result<T>, id?: string): T => {
    if ('value' in result) return result.value
    throw errorOf(result.failure, session.project, id)
  }
  const latest = async (id: string) => {
    const read = await values.access(id)
    return is(read, 'not-found') ? undefined : unwrap(read, id)
  }
  const remove = async (id: string, isUndone = false) => {
    const patient = isUndone ? makeStoreCalls({ ...session, signal: AbortSignal.timeout(undoing) }) : values
    const removed = await patient.remove(id)
    if (!is(removed, 'not-found')) unwrap(removed, id)
  }
  return {
    calls,
    list: async filter => {
      const listing = await calls.list(filter)
      if (listing.failure) throw errorOf(listing.failure, session.project, undefined)
      return listing
    },
    latest,
    textOf: async (id, version) => unwrap(await values.access(id, version), id).text,
    create: async (id, labels, text) => {
      const created = await values.create(id, labels)
      if (is(created, 'exists')) {
        // An answer that got lost before: the secret is the one that was just made.
        if (!wasTriedAgain(created) || (await latest(id))) return false
      } else unwrap(created, id)
      const added = await values.addVersion(id, text)
      if ('value' in added) return true
      const error = errorOf(added.failure, session.project, id)
      throw await remove(id, true).then(
        () => error,
        () => withRest(error, id),
      )
    },
    addVersion: async (id, text) => unwrap(await values.addVersion(id, text), id),
    remove,
    unwrap,
  }
}

export function is(result: Result<unknown>, meaning: ReturnType<typeof meaningOf>): boolean {
  return 'failure' in result && meaningOf(result.failure) === meaning
}

function wasTriedAgain(result: Result<unknown>): boolean {
  return 'failure' in result && 'tries' in result.failure.trouble && result.failure.trouble.tries > 1
}

function errorOf(failure: GcpFailure, project: string, secret: string | undefined): SecretStoreError {
  const isWrite = failure.operation === 'create' || failure.operation === 'addVersion'
  if (isWrite && meaningOf(failure) === 'refused') {
    return new SecretStoreError(
      'illegal-values',
      `Google Secret Manager takes no such secret: ${quoted(secret ?? '', 300)} is too long or holds what it does not allow, or its value is empty or longer than 64 KiB. Change the name, the keys or the values.`,
    )
  }
  if (meaningOf(failure) === 'not-found') {
    return new SecretStoreError(
      'failed',
      `Google Secret Manager finds no ${quoted(secret ?? '', 300)}, which somebody may have deleted in this moment, or no project ${quoted(project)}. Check gcp-project, and try again.`,
    )
  }
  return storeError(failureAnswer(failure, { project, secret }))
}

function withRest({ trouble, message }: SecretStoreError, id: string): SecretStoreError {
  const rest = `The secret ${quoted(id, 300)} was made without a value and could not be taken away again. Delete it in Google Secret Manager.`
  return new SecretStoreError(trouble, `${message} ${rest}`)
}
