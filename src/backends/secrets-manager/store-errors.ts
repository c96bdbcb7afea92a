import { quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'
import { SecretStoreError } from '../secret-store.ts'

export function existing(name: string): SecretStoreError {
  return new SecretStoreError('exists', `A secret with the name ${quoted(name)} exists already.`)
}

export function absent(name: string): SecretStoreError {
  return new SecretStoreError('absent', `There is no secret with the name ${quoted(name)}.`)
}

/** What a look-up would answer, as the error of a store. */
export function storeError(answer: Answer): SecretStoreError {
  const reason = 'reason' in answer ? answer.reason : 'The service gave no answer that is understood. Try again.'
  if (answer.kind === 'denied' || answer.kind === 'illegal-name') return new SecretStoreError(answer.kind, reason)
  return new SecretStoreError(answer.kind === 'unverified' ? 'unreachable' : 'failed', reason)
}

/** For where a service takes no precondition, and tells afterwards only that somebody else was at work. */
export function overtaken(name: string): SecretStoreError {
  return new SecretStoreError(
    'failed',
    `The secret ${quoted(name)} was updated, but somebody else changed it in the same moment, and that change may be undone now. Look at the secret and its versions, and update again what is not right.`,
  )
}

/** An error where a value is longer than the service takes. `limit` in bytes. */
export function checkSize(name: string, text: string, { service, limit }: SizeLimit): void {
  const size = Buffer.byteLength(text)
  if (size <= limit) return
  throw new SecretStoreError(
    'illegal-values',
    `The secret ${quoted(name)} would take ${size} bytes, and ${service} holds at most ${limit} in one place. Shorten its values or spread them over several secrets.`,
  )
}

interface SizeLimit {
  readonly service: string
  readonly limit: number
}
