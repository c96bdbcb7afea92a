import type { Finding, Severity } from './finding.ts'
import type { Level } from './level.ts'
import type { JudgedUse, Verdict } from './use.ts'

export const results = ['pass', 'fail', 'unverified', 'error'] as const
export type Result = (typeof results)[number]

/** A finding as it is shown: severity under this run's level and policy, and the two sentences every surface prints. */
export interface ReportedFinding {
  readonly finding: Finding
  readonly severity: Severity
  /** What is wrong, one or two sentences, safe to print on one line (no Markdown escaping yet). */
  readonly message: string
  /** What to do about it, safe to print on one line. */
  readonly help: string
}

/** Counts of secret uses by verdict, of what was read, and of findings by severity. */
export interface Counts extends Readonly<Record<Exclude<Verdict, 'key_missing'>, number>> {
  /** Files that hold ZenML configuration. */
  readonly files: number
  readonly stacks: number
  /** Secret uses of every kind. */
  readonly references: number
  /** Distinct secret names. */
  readonly secrets: number
  readonly errors: number
  readonly warnings: number
  readonly notices: number
  readonly ignored: number
}

/** The whole result of a run, as data. The same input gives the same report: sorted, no clock, no random. */
export interface Report {
  readonly result: Result
  readonly level: Level
  readonly backends: readonly { readonly name: string; readonly description: string }[]
  readonly counts: Counts
  /** Sorted like findings. */
  readonly uses: readonly JudgedUse[]
  /** Sorted by file, line, column, kind; findings without place last. */
  readonly findings: readonly ReportedFinding[]
  /** Stacks in the order they were read, with all their components, for the summary's tables and graph. */
  readonly stacks: readonly ReportedStack[]
}

export interface ReportedStack {
  readonly name: string | undefined
  readonly file: string | undefined
  /** Its page on the server, where it is registered on one. */
  readonly url?: string | undefined
  /** Positions in `Report.uses`. */
  readonly uses: readonly number[]
}
