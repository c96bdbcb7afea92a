import type { SecretValues } from '../../../backends/secret-store.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { readTextFile } from '../../file-argument.ts'
import type { Io } from '../../io.ts'
import { readStdin } from '../../read-stdin.ts'
import { forbiddenKey } from '../../secret-names.ts'
import { readSecretsText, type SecretsText } from '../../secrets-text.ts'
import { maxTextBytes } from '../secret/given-values.ts'
import type { Target } from './targets.ts'

/** Where values come from that nobody is asked for. */
export interface Sources {
  /** A file, or `-` for standard input. */
  readonly values: string | undefined
  /** A prefix, or `''` for none. */
  readonly fromEnv: string | undefined
}

/** New values by target: only what is to be set. */
export type Values = ReadonlyMap<Target, SecretValues>

/**
 * Takes every value from a file and from the environment, the file first. Values that are there already stay where
 * neither gives another.
 * @throws SettingsError where a value is missing that has to be given, and names them all.
 */
export async function giveValues(targets: readonly Target[], sources: Sources, io: Io): Promise<Values> {
  const prefix = sources.fromEnv === undefined ? undefined : prefixOf(sources.fromEnv)
  const read = await readFile(sources.values, io)
  const pairs = targets.flatMap(({ secret, questions }) => questions.map(({ key }) => ({ secret, key })))
  const variables = (start: string) => pairsByVariable(pairs, start)
  const fromFile = read?.kind === 'one' ? valueOfFlat(read.values, variables('')) : valueOfNested(read)
  const fromEnv =
    prefix === undefined ? nothing : valueOfVariable(new Map(entriesOf(io.env)), variables(prefix), prefix)
  const given = new Map(targets.map(target => [target, valuesOf(target, read, { fromFile, fromEnv })]))
  refuseAbsent(given, prefix)
  noticeUnneeded(read, targets, io)
  return given
}

type Lookup = (secret: string, key: string) => string | undefined

const nothing: Lookup = () => undefined

interface Lookups {
  readonly fromFile: Lookup
  readonly fromEnv: Lookup
}

async function readFile(source: string | undefined, io: Io): Promise<SecretsText | undefined> {
  if (source === undefined) return undefined
  const limits = { what: 'The values could not be read', maxBytes: maxTextBytes }
  const path = source.startsWith('@') ? source.slice(1) : source
  const read = readSecretsText(source === '-' ? await readStdin(io, maxTextBytes) : readTextFile(path, io, limits))
  if (read.kind === 'unreadable') throw new SettingsError([`--values cannot be used. ${read.reason}`])
  return read
}

function valueOfNested(read: SecretsText | undefined): Lookup {
  return read?.kind === 'several' ? (secret, key) => read.secrets.get(secret)?.get(key) : nothing
}

/** `name.key`, or `NAME_KEY` as the environment has it. */
function valueOfFlat(values: SecretValues, variables: ReadonlyMap<string, readonly string[]>): Lookup {
  const byVariable = valueOfVariable(values, variables, '')
  return (secret, key) => values.get(`${secret}.${key}`) ?? byVariable(secret, key)
}

/** @throws SettingsError where a name that is set could mean several keys. */
function valueOfVariable(
  values: SecretValues,
  variables: ReadonlyMap<string, readonly string[]>,
  prefix: string,
): Lookup {
  return (secret, key) => {
    const variable = variableOf(prefix, secret, key)
    const value = values.get(variable)
    const meant = variables.get(variable) ?? []
    if (value === undefined || value === '' || meant.length < 2) return value
    throw new SettingsError([
      `${displayable(variable)} could mean ${meant.map(name => quoted(name)).join(' or ')}. Give these in a file, as name.key=value, with --values.`,
    ])
  }
}

interface Pair {
  readonly secret: string
  readonly key: string
}

/** What each variable can mean, as `name.key`, each once. */
function pairsByVariable(pairs: readonly Pair[], prefix: string): ReadonlyMap<string, readonly string[]> {
  const meant = new Map<string, Set<string>>()
  for (const { secret, key } of pairs) {
    const variable = variableOf(prefix, secret, key)
    meant.set(variable, (meant.get(variable) ?? new Set()).add(`${secret}.${key}`))
  }
  return new Map([...meant].map(([variable, names]) => [variable, [...names]]))
}

/** `PREFIX_SECRET_KEY`: in upper case, with `_` for all that is no letter or digit of ASCII. */
function variableOf(prefix: string, secret: string, key: string): string {
  const parts = prefix === '' ? [secret, key] : [prefix, secret, key]
  return parts
    .join('_')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '_')
}

function prefixOf(text: string): string {
  if (text === '' || /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return text.replace(/_$/, '')
  throw new SettingsError([
    `--from-env takes a prefix of letters, digits and underscores, not ${quoted(text)}. Give STACK before it, or write --from-env=PREFIX.`,
  ])
}

function entriesOf(env: Io['env']): readonly (readonly [string, string])[] {
  return Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

function valuesOf(target: Target, read: SecretsText | undefined, { fromFile, fromEnv }: Lookups): SecretValues {
  const { secret, questions, stored } = target
  if (asksForKeys(target)) return wholeSecret(secret, read)
  const values = questions.flatMap(({ key }) => {
    const value = fromFile(secret, key) || fromEnv(secret, key)
    return value === undefined || value === '' || value === stored?.values.get(key) ? [] : [[key, value] as const]
  })
  return new Map(values)
}

/** A new secret of which nothing says the keys. */
export function asksForKeys({ stored, questions }: Target): boolean {
  return stored === undefined && questions.length === 0
}

function wholeSecret(secret: string, read: SecretsText | undefined): SecretValues {
  const values = read?.kind === 'several' ? (read.secrets.get(secret) ?? new Map<string, string>()) : new Map()
  for (const key of values.keys()) {
    const problem = forbiddenKey(key)
    if (problem !== undefined) throw new SettingsError([`In the secret ${quoted(secret)}: ${problem}`])
  }
  return values
}

function refuseAbsent(given: Values, prefix: string | undefined): void {
  const absent = [...given].flatMap(([target, values]) => {
    const { secret, questions } = target
    if (asksForKeys(target)) return values.size > 0 ? [] : [`${quoted(secret)} (whichever keys it is to have)`]
    const keys = questions.filter(({ key, isRequired }) => isRequired && !values.has(key)).map(({ key }) => key)
    return keys.map(key => {
      const variable = prefix === undefined ? '' : ` (${displayable(variableOf(prefix, secret, key))})`
      return `${quoted(`${secret}.${key}`)}${variable}`
    })
  })
  if (absent.length === 0) return
  throw new SettingsError([
    ...absent.map(name => `There is no value for ${name}.`),
    'Nothing was written. Give every value with --values or --from-env, or neither of them to be asked.',
  ])
}

/** A name in the file that no stack needs may be misspelt. */
function noticeUnneeded(read: SecretsText | undefined, targets: readonly Target[], io: Io): void {
  if (read?.kind !== 'several') return
  const asked = new Map<string, Set<string>>()
  const whole = new Set(targets.filter(asksForKeys).map(({ secret }) => secret))
  for (const { secret, questions } of targets) {
    asked.set(secret, new Set([...(asked.get(secret) ?? []), ...questions.map(({ key }) => key)]))
  }
  const unneeded = [...read.secrets].flatMap(([secret, values]) =>
    whole.has(secret)
      ? []
      : [...values.keys()].filter(key => !asked.get(secret)?.has(key)).map(key => quoted(`${secret}.${key}`)),
  )
  if (unneeded.length > 0) io.stderr.write(`Not asked for by these stacks, and left out: ${unneeded.join(', ')}.\n`)
}
