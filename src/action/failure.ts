import { SettingsError } from '../settings/settings.ts'
import { displayable } from '../text/displayable.ts'
import { outputsWithoutReport, setOutputs } from './outputs.ts'
import type { Runner } from './runner.ts'

/** A run ended before there was a report. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError'
  readonly reason: keyof typeof stopped
  constructor(reason: keyof typeof stopped) {
    super(stopped[reason].message)
    this.reason = reason
  }
}

const stopped = {
  cancelled: {
    title: 'ZenML secrets: cancelled',
    message: 'The run was cancelled before it came to a result.',
  },
  timeout: {
    title: 'ZenML secrets: out of time',
    message: 'The check did not end within the time given. Name fewer paths, or raise the input timeout.',
  },
} as const

const longestProblem = 2000
const longestMessage = 4000

/** Says in one annotation why a run has no report, and sets the outputs accordingly. */
export function fail(error: unknown, runner: Runner): void {
  runner.annotate({ level: 'error', ...describe(error) })
  setOutputs(outputsWithoutReport('error'), runner)
}

/** An error nobody foresaw may quote anything: of it, only the name of its class is told. */
function describe(error: unknown): { readonly title: string; readonly message: string } {
  if (error instanceof StoppedError) return stopped[error.reason]
  if (error instanceof SettingsError) {
    const problems = error.problems.map(problem => displayable(problem, longestProblem))
    return { title: 'ZenML secrets: settings', message: problems.join('\n').slice(0, longestMessage) }
  }
  const name = error instanceof Error ? displayable(error.name, 100) : typeof error
  return {
    title: 'ZenML secrets: unexpected error',
    message: `The check ended for an error nobody foresaw (${name}), and says nothing about your secrets. Please report it.`,
  }
}
