import { SecretStoreError } from '../../../backends/secret-store.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { clean } from '../../exit-code.ts'
import { type Invocation, namesOf, textOf } from './invocation.ts'
import { existing, refuseName, refuseUnreadable, taken, takenOf, warnOfName } from './refusals.ts'
import type { Session } from './session.ts'

/** `secret rename NAME -n NEW`, or the new name as a second argument. */
export async function rename(invocation: Invocation, session: Session): Promise<number> {
  const { io, store, ask } = session
  const option = textOf(invocation, 'name')
  const [name = '', second] = namesOf(invocation, { least: 1, most: option === undefined ? 2 : 1 })
  const newName = option ?? second
  if (newName === undefined)
    throw new SettingsError(['The new name is missing. Give it with -n, or as a second argument.'])
  if (newName === name) throw new SettingsError(['The new name is the old one. Give another.'])
  refuseName(newName, store)
  if (!store.rename) refuseUnreadable(store, 'renaming a secret')
  const secret = store.readsValues ? await existing(name, session) : undefined
  if ((await takenOf([newName], session)).has(newName))
    throw taken(newName, 'Choose another name. Nothing was changed.')
  warnOfName(newName, io)
  if (store.rename) await ask(signal => store.rename?.(name, newName, signal) ?? Promise.resolve())
  else if (secret) {
    const { values, schema = 'arbitrary', isPrivate } = secret
    await ask(signal => store.create({ name: newName, values, schema, isPrivate }, signal))
    await deleteOld(name, newName, session)
  }
  io.stderr.write(
    `Secret ${quoted(name)} was renamed to ${quoted(newName)} in ${displayable(store.description)}.\nReferences still name the old one: run "zenml-secrets check" to find them.\n`,
  )
  return clean
}

async function deleteOld(name: string, newName: string, { io, store, ask }: Session): Promise<void> {
  try {
    await ask(signal => store.delete(name, signal))
  } catch (error) {
    const both = `Both ${quoted(name)} and ${quoted(newName)} are there now: the old one could not be deleted.`
    if (error instanceof SecretStoreError) throw new SecretStoreError(error.trouble, `${both} ${error.message}`)
    io.stderr.write(`warning: ${both}\n`)
    throw error
  }
}
