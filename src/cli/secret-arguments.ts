import type { SecretValues } from '../backends/secret-store.ts'
import { type OptionName, options } from '../settings/options.ts'
import { SettingsError } from '../settings/settings.ts'
import { displayable } from '../text/displayable.ts'
import { keyProblem } from './secret-names.ts'

export interface SecretArguments {
  /** In the order given. */
  readonly names: readonly string[]
  /** Values as typed: see `expandArgument`. Of a repeated key the last counts. */
  readonly pairs: SecretValues
}

/**
 * Reads what is left of a command line once the command's own options are taken out of it, by ZenML's grammar:
 * `--key=value` anywhere, split at the first `=`, the key a Python identifier; all else is a name. Messages quote an
 * argument up to its `=` at most. `takesPairs`: whether the command has any use for a pair.
 * @throws SettingsError for an argument that begins with `-` and is no such pair.
 */
export function readSecretArguments(args: readonly string[], takesPairs: boolean): SecretArguments {
  const names: string[] = []
  const pairs = new Map<string, string>()
  for (const argument of args) {
    if (!argument.startsWith('-') || argument === '-') {
      names.push(argument)
      continue
    }
    const equals = argument.indexOf('=')
    const key = argument.slice(2, equals < 0 ? undefined : equals)
    if (!takesPairs) throw unknownOption(argument)
    if (!argument.startsWith('--') || equals < 0) throw invalid(argument, 'It is no --key=value.')
    const problem = credentialProblem(key) ?? keyProblem(key)
    if (problem !== undefined) throw invalid(argument, problem)
    pairs.set(key, argument.slice(equals + 1))
  }
  return { names, pairs }
}

function invalid(argument: string, problem: string): SettingsError {
  return new SettingsError([
    `Invalid argument: ${withoutValue(argument)}. ${problem} Give keys and values as --custom_argument="value", with a Python identifier for the key.`,
  ])
}

function unknownOption(argument: string): SettingsError {
  return new SettingsError([`Unknown option ${withoutValue(argument)}. Run with --help to see what there is.`])
}

/** After one dash, what follows the letter may be a value, and after two what follows the `=`. */
function withoutValue(argument: string): string {
  const equals = argument.indexOf('=')
  const shown = argument.slice(0, argument.startsWith('--') ? (equals < 0 ? undefined : equals + 1) : 2)
  return `'${displayable(shown)}${shown === argument ? '' : '…'}'`
}

/** A credential among the arguments would stay in the shell's history. */
function credentialProblem(name: string): string | undefined {
  const option = Object.hasOwn(options, name) ? options[name as OptionName] : undefined
  const [variable] = option?.environment ?? []
  if (option?.type !== 'token' || variable === undefined) return undefined
  return `A credential is given in the environment alone, as ${variable}.`
}
