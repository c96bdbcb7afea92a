import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { Format } from '../reports/formats.ts'
import { didYouMean } from '../settings/did-you-mean.ts'
import { type OptionName, optionsOf } from '../settings/options.ts'
import { type RawOptions, resolveSettings } from '../settings/resolve.ts'
import { type Settings, SettingsError } from '../settings/settings.ts'
import { checkSurface, type Surface } from '../settings/surface.ts'
import type { Surroundings as AllSurroundings } from '../settings/surroundings.ts'
import { quoted } from '../text/displayable.ts'
import type { Surroundings } from './types.ts'

export interface LibraryRun {
  readonly settings: Settings
  readonly surroundings: AllSurroundings
  /** Aborted by the caller only. */
  readonly signal: AbortSignal
}

/**
 * Reads an object of options as the command line reads its flags: `secretsFile` is `--secrets-file`.
 * @throws SettingsError with all that is wrong.
 */
export function readOptions(options: object): LibraryRun {
  const { cwd = '.', env = process.env, signal = new AbortController().signal }: Surroundings = options
  const surroundings = { env, cwd: resolve(cwd), homedir: homedir(), platform: process.platform }
  const { settings } = resolveSettings(surface, rawFromObject(options), surroundings)
  return { settings, surroundings, signal }
}

/** Ends at the caller's signal, or when the time of the settings is up. */
export function timed({ settings, signal }: LibraryRun): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(settings.timeout)])
}

const surface: Surface<Format> = { ...checkSurface, label: option => `The option ${camelCase(option)}` }

const around: ReadonlySet<string> = new Set(['cwd', 'env', 'signal'] satisfies (keyof Surroundings)[])

function rawFromObject(options: object): RawOptions {
  const names = [...optionsOf('check')].filter(([, { group }]) => group !== 'output').map(([name]) => name)
  const known = new Map(names.map(name => [camelCase(name), name]))
  const raw = new Map<string, readonly string[]>()
  const problems: string[] = []
  for (const [word, value] of Object.entries(options)) {
    if (around.has(word) || value === undefined) continue
    const name = known.get(word)
    const texts = name && textsOf(value)
    if (texts) raw.set(name, texts)
    else problems.push(name ? wrongType(word) : unknown(word, [...known.keys()]))
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return raw
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  return Array.isArray(value) && value.every(item => typeof item === 'string') ? value : undefined
}

function wrongType(word: string): string {
  return `The option ${quoted(word)} is neither text, number, boolean nor a list of texts. Correct its type.`
}

function unknown(word: string, words: readonly string[]): string {
  const near = didYouMean(word, words)
  return `There is no option ${quoted(word)}. ${near === undefined ? 'See the types of this package.' : `Did you mean ${near}?`}`
}

function camelCase(name: OptionName): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
