import { displayable, quoted } from '../../text/displayable.ts'
import type { ZenmlInfo } from '../../zenml/info.ts'
import type { ZenmlTrouble } from '../../zenml/result.ts'
import { SecretStoreError } from '../secret-store.ts'

const longest = 2_000

/** Trouble with a request that only read. */
export function readError({ kind, reason, status }: ZenmlTrouble): SecretStoreError {
  const shown = displayable(reason, longest)
  if (kind === 'denied') return new SecretStoreError('denied', shown)
  return new SecretStoreError(status === 501 ? 'unsupported' : 'unreachable', shown)
}

/** Trouble with a change; `name` is the one that would be taken. */
export function writeError(trouble: ZenmlTrouble, name: string): SecretStoreError {
  const { status } = trouble
  if (status === 409) return existingSecret(name)
  if (status === 400 || status === 422) {
    return new SecretStoreError(
      'illegal-values',
      `The ZenML server does not take the values of the secret ${quoted(name)} (HTTP ${status}). Its keys and values may have 65,536 bytes in all: shorten them, or spread them over several secrets.`,
    )
  }
  return readError(trouble)
}

export function existingSecret(name: string): SecretStoreError {
  return new SecretStoreError(
    'exists',
    `A secret with the name ${quoted(name)} exists already on the ZenML server, which on MySQL may be written in another case or with other accents. Update it, or choose another name.`,
  )
}

/** Says so where nobody knows whether the change was made. */
export function mayBeDone(error: SecretStoreError, { status }: ZenmlTrouble): SecretStoreError {
  if (error.trouble !== 'unreachable' || (status !== undefined && status >= 300 && status < 500)) return error
  return new SecretStoreError(
    error.trouble,
    `${error.message} Whether the change was made is not known: look at the secret before you try again.`,
  )
}

export function absentSecret(name: string, { mayHideSecrets }: ZenmlInfo): SecretStoreError {
  const or = mayHideSecrets ? ', or the identity may not see it' : ''
  return new SecretStoreError(
    'absent',
    `There is no secret with the name ${quoted(name)} on the ZenML server${or}. Names are compared exactly.`,
  )
}
