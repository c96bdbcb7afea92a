import { SecretStoreError, type SecretStoreTrouble } from '../backends/secret-store.ts'
import { SettingsError } from '../settings/settings.ts'
import { displayable } from '../text/displayable.ts'
import { couldNotRun, couldNotVerify, interrupted, refused } from './exit-code.ts'
import { Interrupted } from './interrupted.ts'

/** Room for a sentence that quotes a path. */
const limit = 2000

/**
 * What to say when a run cannot start or does not end: a line for each problem with the settings, or one line for an
 * error nobody foresaw, with its stack trace only where `verbose` asks for it. Lines are safe to print.
 */
export function failureLines(error: unknown, verbose: boolean): readonly string[] {
  if (error instanceof SettingsError) return error.problems.map(problem => `error: ${displayable(problem, limit)}`)
  if (error instanceof SecretStoreError) return [`error: ${displayable(error.message, limit)}`]
  if (error instanceof Interrupted) return []
  if (!(error instanceof Error)) return [`error: Unexpected: ${displayable(String(error), limit)}`]
  const line = `error: Unexpected ${displayable(error.name)}: ${displayable(error.message, limit)}`
  if (!verbose) return [line, 'Run again with --verbose to see where it comes from.']
  const trace = (error.stack ?? '').split('\n').filter(frame => /^\s{4}at /.test(frame))
  return [line, ...trace.map(frame => `    ${displayable(frame.trim(), limit)}`)]
}

const codes = {
  exists: refused,
  absent: refused,
  'illegal-name': refused,
  'illegal-values': refused,
  unsupported: refused,
  failed: refused,
  denied: couldNotVerify,
  unreachable: couldNotVerify,
} satisfies Record<SecretStoreTrouble, number>

/** The exit code of a run that an error ended. */
export function failureCode(error: unknown): number {
  if (error instanceof Interrupted) return interrupted
  return error instanceof SecretStoreError ? codes[error.trouble] : couldNotRun
}
