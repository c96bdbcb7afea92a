import type { SecretValues } from '../../../backends/secret-store.ts'
import type { RawOptions } from '../../../settings/resolve.ts'
import { SettingsError } from '../../../settings/settings.ts'

/** A command as it was typed. */
export interface Invocation {
  readonly names: readonly string[]
  /** `--key=value` as typed, not yet expanded. */
  readonly pairs: SecretValues
  /** The command's own options by name; a flag holds `true`. */
  readonly own: RawOptions
}

export function hasFlag({ own }: Invocation, name: string): boolean {
  return own.has(name)
}

/**
 * The text of an option given once.
 * @throws SettingsError where it is given more often.
 */
export function textOf({ own }: Invocation, name: string): string | undefined {
  const [text, ...more] = own.get(name) ?? []
  if (more.length > 0) throw new SettingsError([`--${name} is given ${more.length + 1} times. Give it once.`])
  return text
}

/**
 * The names a command takes.
 * @throws SettingsError where there are fewer or more.
 */
export function namesOf(invocation: Invocation, { least, most }: { readonly least: number; readonly most: number }) {
  const { names } = invocation
  if (names.length < least) throw new SettingsError(['The NAME of the secret is missing. Give it after the command.'])
  if (names.length > most) {
    // What is too much may be a value that lost its "=".
    throw new SettingsError([
      `There are ${names.length} names, where the command takes ${most === 1 ? 'one' : `${most} at most`}. Write values as --key=value, in one argument.`,
    ])
  }
  return names
}
