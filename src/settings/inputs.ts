import { quoted } from '../text/displayable.ts'
import { didYouMean } from './did-you-mean.ts'
import { optionsOf } from './options.ts'
import type { RawOptions } from './resolve.ts'

export interface Inputs {
  readonly raw: RawOptions
  /** Sentences about inputs the action does not have; safe to print on one line. */
  readonly warnings: readonly string[]
}

const prefix = 'INPUT_'

/**
 * Reads the inputs of the action from the variables the runner hands them over in: an input `my-name` is
 * `INPUT_MY-NAME`. A list holds one value a line; blanks around a line and empty lines do not count.
 */
export function rawFromInputs(env: Readonly<Record<string, string | undefined>>): Inputs {
  const known = optionsOf('action')
  const names = [...known.keys()]
  const raw = new Map<string, readonly string[]>()
  const warnings: string[] = []
  for (const variable of Object.keys(env).toSorted()) {
    if (!variable.startsWith(prefix)) continue
    const input = variable.slice(prefix.length).toLowerCase()
    const name = names.find(candidate => candidate === input)
    if (name === undefined) warnings.push(unknownInput(input, names))
    else raw.set(name, readInput(env[variable] ?? '', known.get(name)?.list ?? false))
  }
  return { raw, warnings }
}

function readInput(text: string, list: boolean): readonly string[] {
  const values = list ? text.split(/\r\n|\r|\n/).map(line => line.trim()) : [text]
  return values.filter(value => value !== '')
}

function unknownInput(input: string, names: readonly string[]): string {
  const near = didYouMean(input, names)
  const hint = near === undefined ? 'Remove it, or see the list of inputs.' : `Did you mean ${near}?`
  return `There is no input ${quoted(input)}, so it has no effect. ${hint}`
}
