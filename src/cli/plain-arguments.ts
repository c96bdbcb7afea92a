import { type OptionName, optionsOf } from '../settings/options.ts'
import type { RawOptions } from '../settings/resolve.ts'

/**
 * Reads the arguments of `check` as nearly everybody writes them: paths, and flags by their full names with their value
 * as the next argument. `undefined` for anything else, mistakes included, for commander to read or refuse: loading it
 * takes a tenth of the start. What is read here is read as commander reads it.
 */
export function readPlainArguments(argv: readonly string[]): RawOptions | undefined {
  const options = optionsOf('check')
  const paths: string[] = []
  const given = new Map<string, string[]>()
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    if (!argument.startsWith('-')) {
      paths.push(argument)
      continue
    }
    const name = argument.slice(2)
    const option = argument === `--${name}` && name !== 'paths' ? options.get(name as OptionName) : undefined
    if (!option) return undefined
    if (option.type === 'flag') {
      given.set(name, ['true'])
      continue
    }
    const value = argv[++index]
    if (value === undefined || value.startsWith('-')) return undefined
    given.set(name, [...(given.get(name) ?? []), value])
  }
  const named = [...options.keys()].flatMap(name => {
    const values = given.get(name)
    return values ? [[name, values] as const] : []
  })
  return new Map<string, readonly string[]>([['paths', paths], ...named])
}
