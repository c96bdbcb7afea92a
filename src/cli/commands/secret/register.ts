import { secretSchemas } from '../../../backends/secret-schemas.ts'
import type { SecretValues } from '../../../backends/secret-store.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { clean } from '../../exit-code.ts'
import { expandArgument } from '../../file-argument.ts'
import type { Io } from '../../io.ts'
import { confirm, promptHidden, promptText } from '../../prompts.ts'
import { keyProblem } from '../../secret-names.ts'
import { givenValues } from './given-values.ts'
import { hasFlag, type Invocation, namesOf, textOf } from './invocation.ts'
import { maskedTable } from './masked-table.ts'
import { refuseKeys, refuseName, refuseSchema, taken, takenOf, warnOfName } from './refusals.ts'
import type { Session } from './session.ts'

/** `secret register NAME`: all that can be refused is refused before anything is asked, shown or written. */
export async function register(invocation: Invocation, session: Session): Promise<number> {
  const { io, store, ask } = session
  const [name = ''] = namesOf(invocation, { least: 1, most: 1 })
  const schema = textOf(invocation, 'schema') ?? 'arbitrary'
  const isPrivate = hasFlag(invocation, 'private')
  refuseSchema(schema)
  refuseName(name, store)
  refusePrivate(isPrivate, session)
  const asks = interactive(invocation)
  const given = await givenValues(invocation, io)
  if (!asks && given.size === 0) {
    throw new SettingsError([
      'Secret fields must be passed as arguments when not using interactive mode: give --key=value or --values, or ask for questions with -i.',
    ])
  }
  if (!asks) refuseKeys(schema, new Set(given.keys()))
  if ((await takenOf([name], session)).has(name)) throw taken(name)
  warnOfName(name, io)
  const values = asks ? await askForValues(schema, io) : given
  refuseKeys(schema, new Set(values.keys()))
  io.stderr.write(`The following secret will be registered.\n${maskedTable(values.keys())}`)
  await ask(signal => store.create({ name, values, schema, isPrivate }, signal))
  const count = values.size === 1 ? '1 key' : `${values.size} keys`
  io.stderr.write(`Secret ${quoted(name)} with ${count} was registered in ${displayable(store.description)}.\n`)
  return clean
}

/**
 * Whether questions are asked.
 * @throws SettingsError where values are given as well.
 */
export function interactive(invocation: Invocation): boolean {
  if (!hasFlag(invocation, 'interactive')) return false
  if (invocation.pairs.size === 0 && textOf(invocation, 'values') === undefined) return true
  throw new SettingsError([
    'Cannot pass secret fields as arguments when using interactive mode. Leave out -i, or the fields.',
  ])
}

/** @throws SettingsError where a backend without private secrets is to keep one. */
export function refusePrivate(isPrivate: boolean, { store }: Session): void {
  if (!isPrivate || store.name === 'zenml') return
  throw new SettingsError([
    `Only a ZenML server keeps private secrets, not ${displayable(store.description)}. Leave out --private.`,
  ])
}

const instead = 'Give the values as --key=value, --key=@file or with --values, and leave out -i.'

function askForValues(schema: string, io: Io): Promise<SecretValues> {
  const keys = secretSchemas.get(schema)
  return keys === undefined || keys === 'any' ? askForPairs(io) : askForKeys(keys, io)
}

async function askForPairs(io: Io): Promise<SecretValues> {
  io.stderr.write('You have not supplied a secret schema with any predefined keys. Entering interactive mode:\n')
  const values = new Map<string, string>()
  do {
    const refuse = (key: string) =>
      values.has(key) ? `Key ${displayable(key)} already in this secret: enter another.` : keyProblem(key)
    const key = await promptText('Please enter a secret key:', io, { instead, refuse })
    const value = await promptHidden(`Please enter the secret value for the key [${key}]:`, io, instead)
    values.set(key, expandArgument(key, value, io))
  } while (await confirm('Do you want to add another key-value pair to this secret?', io, { instead, initial: false }))
  return values
}

async function askForKeys(keys: ReadonlyMap<string, string>, io: Io): Promise<SecretValues> {
  io.stderr.write(
    'You have supplied a secret schema with predefined keys. You can fill these out sequentially now. Just press ENTER to skip optional secrets that you do not want to set.\n',
  )
  const values = new Map<string, string>()
  for (const [key, presence] of keys) {
    let value: string
    do value = await promptHidden(`Secret value for ${key}:`, io, instead)
    while (value === '' && presence === 'required')
    if (value !== '') values.set(key, expandArgument(key, value, io))
  }
  return values
}
