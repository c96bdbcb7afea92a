import { SecretStoreError } from '../backends/secret-store.ts'
import { SettingsError } from '../settings/settings.ts'
import { displayable } from '../text/displayable.ts'
import { couldNotRun } from './exit-code.ts'
import { Interrupted } from './interrupted.ts'
import type { Io } from './io.ts'

/**
 * Runs a command that handles values of secrets. The message of an error nobody foresaw may quote a value, so that only
 * its kind and, with `verbose`, its place are told. Returns the exit code.
 * @throws SettingsError, SecretStoreError, Interrupted
 */
export async function guardValues(io: Io, verbose: boolean, command: () => Promise<number>): Promise<number> {
  try {
    return await command()
  } catch (error) {
    if (io.signal.aborted) throw new Interrupted()
    if (isForeseen(error)) throw error
    for (const line of describe(error, verbose)) io.stderr.write(`${line}\n`)
    return couldNotRun
  }
}

function isForeseen(error: unknown): boolean {
  return error instanceof SettingsError || error instanceof SecretStoreError || error instanceof Interrupted
}

function describe(error: unknown, verbose: boolean): readonly string[] {
  const kind = displayable(error instanceof Error ? error.name : typeof error)
  const line = `error: Unexpected ${kind}; its message is not shown, as it may hold a value.`
  if (!verbose) return [line, 'Run again with --verbose to see where it comes from.']
  return [line, ...framesOf(error).map(frame => `    ${displayable(frame.trim(), 1000)}`)]
}

/** The stack of an error without its message, lines of which could look like frames. */
function framesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error) || error.stack === undefined) return []
  const start = error.stack.lastIndexOf(error.message)
  const frames = start < 0 ? '' : error.stack.slice(start + error.message.length)
  return frames.split('\n').filter(frame => /^ {4}at /.test(frame))
}
