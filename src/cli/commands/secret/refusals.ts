import { secretSchemas } from '../../../backends/secret-schemas.ts'
import {
  type SecretStore,
  SecretStoreError,
  type SecretSummary,
  type StoredValues,
} from '../../../backends/secret-store.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import type { Io } from '../../io.ts'
import { secretNameProblem, unreferenceable } from '../../secret-names.ts'
import type { Session } from './session.ts'

/** @throws SettingsError for a name no secret may have, SecretStoreError for one the store cannot hold. */
export function refuseName(name: string, store: SecretStore): void {
  const problem = secretNameProblem(name)
  if (problem !== undefined) throw new SettingsError([problem])
  const refusal = store.refuses(name)
  if (refusal !== undefined) throw new SecretStoreError('illegal-name', refusal)
}

export function warnOfName(name: string, io: Io): void {
  const warning = unreferenceable(name)
  if (warning !== undefined) io.stderr.write(`warning: ${warning}\n`)
}

/** @throws SettingsError for a schema nobody knows. */
export function refuseSchema(schema: string): void {
  if (secretSchemas.has(schema)) return
  throw new SettingsError([
    `There is no secret schema ${quoted(schema)}. Use one of ${[...secretSchemas.keys()].join(', ')}.`,
  ])
}

/** @throws SecretStoreError where a secret of this schema cannot have exactly these keys. */
export function refuseKeys(schema: string | undefined, keys: ReadonlySet<string>): void {
  const allowed = secretSchemas.get(schema ?? 'arbitrary')
  if (allowed === undefined || allowed === 'any') return
  const lacking = [...allowed]
    .filter(([key, presence]) => presence === 'required' && !keys.has(key))
    .map(([key]) => key)
  const foreign = [...keys].filter(key => !allowed.has(key))
  const problems = [
    ...(lacking.length > 0 ? [`It lacks ${list(lacking)}.`] : []),
    ...(foreign.length > 0 ? [`It has no key ${list(foreign)}.`] : []),
  ]
  if (problems.length === 0) return
  throw new SecretStoreError(
    'illegal-values',
    `Secret values do not conform with the secret schema ${quoted(schema ?? '')}. ${problems.join(' ')} Its keys are ${list([...allowed.keys()])}.`,
  )
}

function list(keys: readonly string[]): string {
  return keys.map(key => displayable(key)).join(', ')
}

/** @throws SecretStoreError where the store gives no value back. */
export function refuseUnreadable(store: SecretStore, what: string): void {
  if (store.readsValues) return
  throw new SecretStoreError(
    'unsupported',
    `${capitalized(displayable(store.description))} gives no value back, so that ${what} is not possible there.`,
  )
}

/** The secret of this name. @throws SecretStoreError where there is none. */
export async function existing(name: string, { store, ask }: Session): Promise<StoredValues> {
  const secret = await ask(signal => store.read(name, signal))
  if (secret) return secret
  throw new SecretStoreError(
    'absent',
    `There is no secret with the name ${quoted(name)} in ${displayable(store.description)}. Run "zenml-secrets secret list" to see what there is.`,
  )
}

/**
 * Those of the names that are taken. What may not be read may still be there: the store itself refuses to write over
 * it. One name is read; for more, names are listed once.
 */
export async function takenOf(names: readonly string[], { store, ask }: Session): Promise<ReadonlySet<string>> {
  const [name = '', ...more] = names
  try {
    if (more.length === 0 && store.readsValues) {
      return new Set((await ask(signal => store.read(name, signal))) === undefined ? [] : [name])
    }
    const listed = await ask(signal => store.list(signal))
    return new Set(names.filter(wanted => listed.some(secret => isCalled(secret, wanted, store))))
  } catch (error) {
    if (error instanceof SecretStoreError && error.trouble === 'denied') return new Set()
    throw error
  }
}

/** GitHub writes names in capitals, however they were given. */
export function isCalled({ name }: SecretSummary, wanted: string, store: SecretStore): boolean {
  return name === wanted || (store.name === 'github' && name.toUpperCase() === wanted.toUpperCase())
}

export function taken(name: string, instead = 'Choose another name, or change it with "zenml-secrets secret update".') {
  return new SecretStoreError('exists', `A secret with the name ${quoted(name)} already exists. ${instead}`)
}

/** Values on the screen of a CI job are in its log for good. @throws SettingsError in CI, unless it was confirmed. */
export function refuseInCi(io: Io, isConfirmed: boolean): void {
  const ci = io.env.CI
  if (isConfirmed || !ci || ci === 'false' || ci === '0') return
  throw new SettingsError([
    'This would print values of secrets into the log of a CI job. Add --yes if that is what you want.',
  ])
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
