import { Option } from 'commander'
import { type Option as OptionRow, optionGroups, type SurfaceName } from '../settings/option.ts'
import { optionsOf } from '../settings/options.ts'
import type { RawOptions } from '../settings/resolve.ts'

/** Makes the flags of a command from the table of options. `formats`: what its `--format` takes. */
export function flagsOf(surface: SurfaceName, formats: readonly string[]): readonly Option[] {
  return [...optionsOf(surface)].filter(([name]) => name !== 'paths').map(([name, row]) => flag(name, row, formats))
}

/** Collects what was given, flags and paths, as texts by option name. */
export function rawFromFlags(
  flags: readonly Option[],
  given: Readonly<Record<string, unknown>>,
  paths: readonly string[],
): RawOptions {
  const raw = new Map<string, readonly string[]>([['paths', paths]])
  for (const option of flags) {
    const value = given[option.attributeName()]
    if (Array.isArray(value)) raw.set(option.name(), value.map(String))
    // Commander keeps `--no-x` as a false `x`.
    else if (value === !option.negate) raw.set(option.name(), ['true'])
  }
  return raw
}

function flag(name: string, row: OptionRow, formats: readonly string[]): Option {
  const short = shortFlags.get(name)
  const spelt = `${short === undefined ? '' : `${short}, `}--${name}`
  const takesValue = row.type !== 'flag'
  const option = new Option(takesValue ? `${spelt} <${row.placeholder}>` : spelt, describe(row, formats))
  option.helpGroup(`${optionGroups[row.group]}:`)
  return takesValue
    ? option.argParser((text, before: unknown) => [...(Array.isArray(before) ? before : []), text])
    : option
}

const shortFlags: ReadonlyMap<string, string> = new Map([
  ['quiet', '-q'],
  ['verbose', '-v'],
])

/** The description without its full stop, then what is allowed and what is taken otherwise, as help shows them. */
function describe(row: OptionRow, formats: readonly string[]): string {
  const choices = row.type === 'choice' ? row.choices : row.type === 'output' ? formats : []
  const notes = [
    ...(choices.length > 0 ? [choices.join(', ')] : []),
    ...(row.type !== 'flag' && row.default !== undefined ? [`default: ${row.default}`] : []),
    ...(row.list ? ['may be repeated'] : []),
  ]
  return `${row.description.replace(/\.$/, '')}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`
}
