import { resolve } from 'node:path'
import { quoted } from '../text/displayable.ts'
import { backendOptionsOf } from './backend-options.ts'
import type { Option } from './option.ts'
import { type OptionName, type OptionValues, options } from './options.ts'
import { readOutputs } from './outputs.ts'
import { type Output, type Settings, SettingsError } from './settings.ts'
import type { Surface } from './surface.ts'
import type { Surroundings } from './surroundings.ts'
import { parseValue, type Value } from './value.ts'

/** Texts by option, as flags or inputs gave them. Empty texts count as not given. */
export type RawOptions = ReadonlyMap<string, readonly string[]>

export interface Resolved<F extends string> {
  /** What the engine needs. For the action `suggest` is false: an edge that trusts its event sets it. */
  readonly settings: Settings
  /** Every option of the table, for what the surface alone needs. */
  readonly values: OptionValues
  /** What to write where, first what goes to standard output; empty for the action. */
  readonly outputs: readonly Output<F>[]
}

/**
 * Turns texts into settings: the flag or input, else an environment variable of the option, else its default.
 * @throws SettingsError with all that is wrong, not just the first.
 */
export function resolveSettings<F extends string>(
  surface: Surface<F>,
  raw: RawOptions,
  surroundings: Surroundings,
): Resolved<F> {
  const { values, problems } = readValues(surface, raw, surroundings)
  const { cwd } = surroundings
  const written = readOutputs({ formats: surface.formats, texts: values.format, instead: values.output, cwd })
  const all = [...problems, ...written.problems, ...serverless(values, surface)]
  if (all.length > 0) throw new SettingsError(all)
  return { settings: settingsOf(values, surface.confined, surroundings), values, outputs: written.outputs }
}

function settingsOf(values: OptionValues, confined: boolean, surroundings: Surroundings): Settings {
  return {
    query: { root: surroundings.cwd, paths: values.paths, exclude: values.exclude, confined },
    stacks: [...new Set([...values.stack, ...values.stacks])],
    level: values.level,
    isStatic: values.static,
    backend: values.backend,
    backendOptions: backendOptionsOf(values, surroundings),
    zenmlVersion: values['zenml-version'],
    documentation: values.docs,
    policy: { failOn: values['fail-on'], onUnverified: values['on-unverified'] },
    suggest: !confined,
    timeout: values.timeout * 1000,
  }
}

/** Registered stacks can be read from nowhere else. */
function serverless<F extends string>(values: OptionValues, surface: Surface<F>): readonly string[] {
  if (values.stack.length + values.stacks.length === 0) return []
  if (values.static) return ['--static asks no server, and --stack names a stack of one. Leave one of them out.']
  if (values['zenml-url'] !== undefined) return []
  const option = surface.label(values.stack.length > 0 ? 'stack' : 'stacks')
  return [`${option} needs the address of the ZenML server. Give it as zenml-url, or in ZENML_STORE_URL.`]
}

interface Reading<F extends string> {
  readonly surface: Surface<F>
  readonly raw: RawOptions
  readonly surroundings: Surroundings
  readonly problems: string[]
}

function readValues<F extends string>(
  surface: Surface<F>,
  raw: RawOptions,
  surroundings: Surroundings,
): { readonly values: OptionValues; readonly problems: readonly string[] } {
  const reading: Reading<F> = { surface, raw, surroundings, problems: [] }
  const names = Object.keys(options) as OptionName[]
  const entries: [string, unknown][] = names.map(name => [name, readOption(name, options[name], reading)])
  // The type follows the table row by row, which `Object.fromEntries` cannot express.
  return { values: Object.fromEntries(entries) as unknown as OptionValues, problems: reading.problems }
}

function readOption<F extends string>(name: OptionName, option: Option, reading: Reading<F>) {
  const { label, texts } = option.surfaces.includes(reading.surface.name)
    ? givenTexts(name, option, reading)
    : { label: name, texts: [] }
  if (!option.list && texts.length > 1) {
    reading.problems.push(`${label} is given ${texts.length} times. Give it once.`)
    return undefined
  }
  const effective = texts.length === 0 && option.default !== undefined ? [option.default] : texts
  const values = effective.map(text => readText(text, option, { label, reading }))
  return option.list ? values.filter(value => value !== undefined) : values[0]
}

/** The texts of the flag or input, else of the first variable that is set and not empty. */
function givenTexts<F extends string>(name: OptionName, option: Option, { surface, raw, surroundings }: Reading<F>) {
  const texts = (raw.get(name) ?? []).filter(text => text !== '')
  const variable = option.environment.find(candidate => surroundings.env[candidate])
  if (texts.length > 0 || variable === undefined) return { label: surface.label(name), texts }
  return { label: `The environment variable ${variable}`, texts: [surroundings.env[variable] ?? ''] }
}

function readText<F extends string>(
  text: string,
  option: Option,
  { label, reading }: { readonly label: string; readonly reading: Reading<F> },
): Value | undefined {
  const parsed = parseValue(option, text)
  if ('advice' in parsed) {
    const what = option.type === 'token' ? 'cannot be used' : `does not take ${quoted(text)}`
    reading.problems.push(`${label} ${what}. ${parsed.advice}`)
    return undefined
  }
  return option.type === 'file' ? resolve(reading.surroundings.cwd, String(parsed.value)) : parsed.value
}
