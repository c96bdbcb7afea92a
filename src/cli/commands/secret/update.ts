import { SecretStoreError, type SecretValues, type StoredValues } from '../../../backends/secret-store.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { clean } from '../../exit-code.ts'
import { expandArgument } from '../../file-argument.ts'
import type { Io } from '../../io.ts'
import { promptHidden } from '../../prompts.ts'
import { givenValues } from './given-values.ts'
import { hasFlag, type Invocation, namesOf } from './invocation.ts'
import { maskedTable } from './masked-table.ts'
import { existing, refuseKeys, refuseUnreadable } from './refusals.ts'
import { interactive, refusePrivate } from './register.ts'
import type { Session } from './session.ts'

/** `secret update NAME`: merges values in, takes keys away, and keeps all else, the schema too. */
export async function update(invocation: Invocation, session: Session): Promise<number> {
  const { io, store, ask } = session
  const [name = ''] = namesOf(invocation, { least: 1, most: 1 })
  if (!store.updates) {
    throw new SecretStoreError(
      'unsupported',
      `A secret cannot be changed in ${displayable(store.description)}. Delete it and register it again.`,
    )
  }
  refuseUnreadable(store, 'changing a secret')
  const remove = new Set(invocation.own.get('remove-keys'))
  const isPrivate = hasFlag(invocation, 'private') || undefined
  refusePrivate(isPrivate === true, session)
  const asks = interactive(invocation)
  const given = await givenValues(invocation, io)
  if (!asks && given.size === 0 && remove.size === 0 && isPrivate === undefined) {
    throw new SettingsError(['There is nothing to change. Give --key=value, --values, --remove-keys or -i.'])
  }
  refuseBoth(given, remove)
  const secret = await existing(name, session)
  refuseAbsentKeys(secret, remove)
  if (!asks) refuseResult(secret, given, remove)
  const set = asks ? await askForNewValues(secret, remove, io) : given
  refuseResult(secret, set, remove)
  if (set.size === 0 && remove.size === 0 && isPrivate === undefined) {
    io.stderr.write(`Secret ${quoted(name)} was left as it is.\n`)
    return clean
  }
  io.stderr.write(`The following secret will be updated.\n${maskedTable(set.keys())}`)
  if (remove.size > 0) {
    io.stderr.write(`Keys that will be removed: ${[...remove].map(key => displayable(key)).join(', ')}\n`)
  }
  await ask(signal => store.update(name, { set, remove, isPrivate }, signal))
  io.stderr.write(`Secret ${quoted(name)} has been updated in ${displayable(store.description)}.\n`)
  return clean
}

function refuseBoth(set: SecretValues, remove: ReadonlySet<string>): void {
  const both = [...remove].find(key => set.has(key))
  if (both !== undefined)
    throw new SettingsError([`The key ${quoted(both)} is both set and removed. Do one or the other.`])
}

function refuseAbsentKeys({ name, values }: StoredValues, remove: ReadonlySet<string>): void {
  const absent = [...remove].find(key => !values.has(key))
  if (absent === undefined) return
  throw new SecretStoreError(
    'absent',
    `The secret ${quoted(name)} has no key ${quoted(absent)} to remove. Nothing was changed.`,
  )
}

function refuseResult({ schema, values }: StoredValues, set: SecretValues, remove: ReadonlySet<string>): void {
  refuseKeys(schema, new Set([...values.keys(), ...set.keys()].filter(key => !remove.has(key))))
}

async function askForNewValues({ values }: StoredValues, remove: ReadonlySet<string>, io: Io): Promise<SecretValues> {
  io.stderr.write('You will now have a chance to overwrite each secret one by one. Press enter to skip.\n')
  const set = new Map<string, string>()
  const instead = 'Give the values as --key=value, --key=@file or with --values, and leave out -i.'
  for (const key of values.keys()) {
    if (remove.has(key)) continue
    const value = await promptHidden(`New value for ${key}:`, io, instead)
    if (value !== '') set.set(key, expandArgument(key, value, io))
  }
  return set
}
