import { basename } from 'node:path'
import { SecretStoreError, type SecretValues } from '../../../backends/secret-store.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { clean } from '../../exit-code.ts'
import { readTextFile } from '../../file-argument.ts'
import { readStdin } from '../../read-stdin.ts'
import { forbiddenKey } from '../../secret-names.ts'
import { readSecretsText } from '../../secrets-text.ts'
import { maxTextBytes } from './given-values.ts'
import { hasFlag, type Invocation, namesOf, textOf } from './invocation.ts'
import { maskedTable } from './masked-table.ts'
import { refuseKeys, refuseName, refuseSchema, taken, takenOf, warnOfName } from './refusals.ts'
import { refusePrivate } from './register.ts'
import type { Session } from './session.ts'

type Secrets = ReadonlyMap<string, SecretValues>

/** `secret import FILE|-`: registers one or several secrets; nothing is written before all of them were found good. */
export async function importSecrets(invocation: Invocation, session: Session): Promise<number> {
  const [source = ''] = namesOf(invocation, { least: 1, most: 1 })
  const schema = textOf(invocation, 'schema') ?? 'arbitrary'
  refuseSchema(schema)
  const isPrivate = hasFlag(invocation, 'private')
  refusePrivate(isPrivate, session)
  const secrets = await readSecrets(source, invocation, session)
  for (const [name, values] of secrets) refuseSecret(name, { values, schema }, session)
  const fresh = await withoutTaken(secrets, hasFlag(invocation, 'skip-existing'), session)
  await writeAll(fresh, { schema, isPrivate }, session)
  return clean
}

async function readSecrets(source: string, invocation: Invocation, { io }: Session): Promise<Secrets> {
  const limits = { what: 'The secrets could not be read', maxBytes: maxTextBytes }
  const text = source === '-' ? await readStdin(io, maxTextBytes) : readTextFile(source, io, limits)
  const read = readSecretsText(text)
  const shown = source === '-' ? 'Standard input' : `The file ${quoted(source, 1000)}`
  if (read.kind === 'unreadable')
    throw new SettingsError([`${shown} holds no secrets that can be read. ${read.reason}`])
  const given = textOf(invocation, 'name')
  if (read.kind === 'several') {
    if (given !== undefined) throw new SettingsError([`${shown} names its secrets itself. Leave out --name.`])
    return read.secrets
  }
  const name = given ?? (source === '-' ? undefined : basename(source).replace(/(?<=.)\.[^.]*$/, ''))
  if (name === undefined)
    throw new SettingsError(['Standard input holds one secret without its name. Give it with --name.'])
  return new Map([[name, read.values]])
}

function refuseSecret(
  name: string,
  { values, schema }: { readonly values: SecretValues; readonly schema: string },
  { store }: Session,
): void {
  refuseName(name, store)
  if (values.size === 0)
    throw new SettingsError([`The secret ${quoted(name)} has no keys. Give it some, or take it out.`])
  for (const key of values.keys()) {
    const problem = forbiddenKey(key)
    if (problem !== undefined) throw new SettingsError([`In the secret ${quoted(name)}: ${problem}`])
  }
  refuseKeys(schema, new Set(values.keys()))
}

async function withoutTaken(secrets: Secrets, skip: boolean, session: Session): Promise<Secrets> {
  const fresh = new Map(secrets)
  for (const name of await takenOf([...secrets.keys()], session)) {
    if (!skip) throw taken(name, 'Nothing was written. Give --skip-existing to leave out what is there.')
    fresh.delete(name)
    session.io.stderr.write(`Secret ${quoted(name)} already exists and was left as it is.\n`)
  }
  return fresh
}

async function writeAll(
  secrets: Secrets,
  { schema, isPrivate }: { readonly schema: string; readonly isPrivate: boolean },
  { io, store, ask }: Session,
): Promise<void> {
  const left = new Set(secrets.keys())
  for (const [name, values] of secrets) {
    warnOfName(name, io)
    io.stderr.write(`Registering secret ${quoted(name)}:\n${maskedTable(values.keys())}`)
    try {
      await ask(signal => store.create({ name, values, schema, isPrivate }, signal))
    } catch (error) {
      if (!(error instanceof SecretStoreError)) throw error
      const names = [...left].map(other => displayable(other)).join(', ')
      const advice = 'Run the same again with --skip-existing to go on from here.'
      throw new SecretStoreError(error.trouble, `${error.message} Not written: ${names}. ${advice}`)
    }
    left.delete(name)
  }
  const count = secrets.size === 1 ? '1 secret was' : `${secrets.size} secrets were`
  io.stderr.write(`${count} registered in ${displayable(store.description)}.\n`)
}
