import { setTimeout as sleep } from 'node:timers/promises'
import { quoted } from '../../text/displayable.ts'
import { SecretStoreError } from '../secret-store.ts'
import { storeError } from '../secrets-manager/store-errors.ts'
import { type AzureCalls, makeCalls } from './calls.ts'
import { type AzureFailure, failureAnswer, malformed, meaningOf } from './failure.ts'
import type { Properties } from './json.ts'
import { readPages } from './pages.ts'
import type { Result, Session } from './request.ts'
import { newestVersion } from './scoped.ts'
import { makeStoreCalls, type Value } from './store-calls.ts'

/** What both forms of secrets need of Key Vault. Every method throws a `SecretStoreError` for trouble. */
export interface AzureAccess {
  readonly calls: AzureCalls
  /** Of all secrets of the vault. */
  list(): Promise<readonly Properties[]>
  /** `undefined` where there is no such secret. */
  newest(id: string): Promise<Properties | undefined>
  versions(id: string): Promise<ReadonlySet<string>>
  /** `undefined` where there is no such secret. */
  read(id: string, version?: string): Promise<Value | undefined>
  /** A new version; of a secret that was deleted after it is recovered. */
  write(id: string, value: string, tags: ReadonlyMap<string, string>): Promise<Properties>
  /** @param isUndone Goes on when the run was stopped. */
  remove(id: string, isUndone?: boolean): Promise<void>
  unwrap<T>(result: Result<T>, id?: string): T
}

const maxPages = 10_000
/** Milliseconds for taking away what was left half made. */
const undoing = 15_000
/** Milliseconds to wait while Key Vault deletes or recovers, which takes it seconds. */
const pauses: readonly number[] = [50, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 5_000, 5_000, 5_000]

export function accessOf(session: Session): AzureAccess {
  const calls = makeCalls(session)
  const values = makeStoreCalls(session)
  const unwrap = <T>(result: Result<T>, id?: string): T => {
    if ('value' in result) return result.value
    throw errorOf(result.failure, id)
  }
  const all = (id?: string) => readAll(calls, id)
  const read = async (id: string, version?: string) => {
    const value = await values.read(id, version)
    return is(value, 'not-found') ? undefined : unwrap(value, id)
  }
  const remove = async (id: string, isUndone = false) => {
    const patient = isUndone ? makeStoreCalls({ ...session, signal: AbortSignal.timeout(undoing) }) : values
    const removed = await patient.remove(id)
    if (!is(removed, 'not-found')) unwrap(removed, id)
  }
  return {
    calls,
    list: () => all(),
    newest: async id => {
      const newest = await newestVersion(calls, id)
      // Who may not look at versions may still be allowed to read.
      return is(newest, 'denied') ? read(id) : unwrap(newest, id)
    },
    versions: async id => new Set((await all(id)).flatMap(({ version }) => version ?? [])),
    read,
    write: async (id, value, tags) => {
      let isRecovered = false
      for (const pause of [...pauses, undefined]) {
        const written = await values.write(id, value, tags)
        const isDeleted = is(written, 'deleted')
        if (pause !== undefined && (isDeleted || is(written, 'busy'))) {
          if (isDeleted) {
            const recovered = await values.recover(id)
            if (!is(recovered, 'not-found') && !is(recovered, 'busy')) unwrap(recovered, id)
            isRecovered = true
          }
          await sleep(pause, undefined, { signal: session.signal })
          continue
        }
        // What was deleted must not come back to life with its old value.
        if ('failure' in written && isRecovered && !isDeleted) await remove(id, true).catch(() => undefined)
        return unwrap(written, id)
      }
      throw new Error('There is a try without a pause.')
    },
    remove,
    unwrap,
  }
}

/** Properties of all secrets, or of all versions of one. */
async function readAll(calls: AzureCalls, id: string | undefined): Promise<readonly Properties[]> {
  const items: Properties[] = []
  const swept = await readPages(
    next => (id === undefined ? calls.list(next) : calls.versions(id, next)),
    maxPages,
    some => items.push(...some) > -1,
  )
  if ('failure' in swept) throw errorOf(swept.failure, id)
  if (swept.end === 'cut') throw errorOf({ operation: 'list', trouble: malformed }, id)
  return items
}

export function is(result: Result<unknown>, meaning: ReturnType<typeof meaningOf>): boolean {
  return 'failure' in result && meaningOf(result.failure) === meaning
}

function errorOf(failure: AzureFailure, secret: string | undefined): SecretStoreError {
  const name = quoted(secret ?? '', 300)
  switch (meaningOf(failure)) {
    case 'refused':
      return new SecretStoreError(
        'illegal-values',
        `Azure Key Vault takes no such secret: ${name} or one of its values is too long or holds what it does not allow. Change the name, the keys or the values.`,
      )
    case 'deleted':
    case 'busy':
      return new SecretStoreError(
        'exists',
        `Azure Key Vault is still deleting or recovering ${name}, so that its name is not free yet. Wait a minute, and try again.`,
      )
    case 'not-found':
      return new SecretStoreError(
        'failed',
        `Azure Key Vault finds no ${name}, which somebody may have deleted in this moment. Check azure-vault-url, and try again.`,
      )
    default:
      return storeError(failureAnswer(failure, secret))
  }
}
