import { SettingsError } from '../settings/settings.ts'
import { displayable } from '../text/displayable.ts'

/** Room for a sentence that quotes a path. */
const limit = 2000

/**
 * What to say when a run cannot start or does not end: a line for each problem with the settings, or one line for an
 * error nobody foresaw, with its stack trace only where `verbose` asks for it. Lines are safe to print.
 */
export function failureLines(error: unknown, verbose: boolean): readonly string[] {
  if (error instanceof SettingsError) return error.problems.map(problem => `error: ${displayable(problem, limit)}`)
  if (!(error instanceof Error)) return [`error: Unexpected: ${displayable(String(error), limit)}`]
  const line = `error: Unexpected ${displayable(error.name)}: ${displayable(error.message, limit)}`
  if (!verbose) return [line, 'Run again with --verbose to see where it comes from.']
  const trace = (error.stack ?? '').split('\n').filter(frame => /^\s{4}at /.test(frame))
  return [line, ...trace.map(frame => `    ${displayable(frame.trim(), limit)}`)]
}
