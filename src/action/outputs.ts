import type { Report, Result } from '../validation/report.ts'
import type { Runner } from './runner.ts'

/** Names of all outputs, in the order of `action.yml`. */
export const outputNames = [
  'result',
  'missing-secrets',
  'references',
  'secrets',
  'errors',
  'warnings',
  'missing',
  'denied',
  'unverified',
  'ignored',
  'report-file',
  'comment-url',
] as const
type OutputName = (typeof outputNames)[number]
export type Outputs = Readonly<Record<OutputName, string>>

/** What the steps after the check add. */
export interface Written {
  /** Absolute path of the JSON report. */
  readonly reportFile?: string | undefined
  readonly commentUrl?: string | undefined
}

export function outputsOf(report: Report, { reportFile = '', commentUrl = '' }: Written): Outputs {
  const { counts } = report
  return {
    result: report.result,
    'missing-secrets': missingSecrets(report),
    references: String(counts.references),
    secrets: String(counts.secrets),
    errors: String(counts.errors),
    warnings: String(counts.warnings),
    missing: String(counts.missing),
    denied: String(counts.denied),
    unverified: String(counts.unverified),
    ignored: String(counts.ignored),
    'report-file': reportFile,
    'comment-url': commentUrl,
  }
}

/** Outputs of a run that has no report: nothing was counted, and nothing is known to be missing. */
export function outputsWithoutReport(result: Result): Outputs {
  const empty = Object.fromEntries(outputNames.map(name => [name, ''])) as Record<OutputName, string>
  return { ...empty, result, 'missing-secrets': '[]' }
}

/** The runner takes 1 MiB of outputs from a job. */
const longestList = 500_000

/** `name` for a missing secret, `name.key` for a missing key, sorted, as JSON on one line. */
function missingSecrets({ uses }: Report): string {
  const names = new Set<string>()
  for (const { verdict, secret, key } of uses) {
    if (verdict === 'missing') names.add(secret)
    if (verdict === 'key_missing') names.add(`${secret}.${key}`)
  }
  let room = longestList
  const listed = [...names].toSorted().filter(name => {
    room -= Buffer.byteLength(JSON.stringify(name)) + 1
    return room > 0
  })
  return JSON.stringify(listed)
}

/** Sets all outputs. Where the runner's file cannot be written, the log says so and the result stands. */
export function setOutputs(outputs: Outputs, { env, print, setOutput }: Runner): void {
  try {
    // Without the file, the toolkit would print commands that runners no longer take.
    if (!env.GITHUB_OUTPUT) throw new Error('There is no file.')
    for (const name of outputNames) setOutput(name, outputs[name])
  } catch {
    print('warning: The outputs were not set: their file is missing or read-only. The result stands.\n')
  }
}
