import type { FindingKind } from './finding.ts'
import { findingInfo } from './finding-info.ts'
import type { Level } from './level.ts'
import type { Report, ReportedFinding, Result } from './report.ts'

/** When a run fails: the inputs `fail-on` and `on-unverified`. */
export interface Policy {
  readonly failOn: 'error' | 'warning' | 'never'
  readonly onUnverified: 'fail' | 'warn'
}

/** Whether a kind says that something could not be verified, as against something that is wrong. */
function isUnverifiedKind(kind: FindingKind): boolean {
  return findingInfo[kind].severity === 'unverified'
}

/**
 * `fail` for errors (and for warnings under `fail-on: warning`), else `unverified` where something could not be
 * verified, else `pass`. At level NONE nothing can fail a run.
 */
export function resultOf(findings: readonly ReportedFinding[], level: Level, policy: Policy): Result {
  if (level === 'NONE') return 'pass'
  const certain = findings.filter(({ finding }) => !isUnverifiedKind(finding.kind))
  const fails = (reported: ReportedFinding) =>
    reported.severity === 'error' || (reported.severity === 'warning' && policy.failOn === 'warning')
  if (certain.some(fails)) return 'fail'
  return certain.length < findings.length ? 'unverified' : 'pass'
}

/** 0 clean, 1 errors found, 3 could not verify. (2, could not run, never has a report.) */
export function exitCode(report: Report, policy: Policy): 0 | 1 | 3 {
  if (policy.failOn === 'never') return 0
  if (report.result === 'fail') return 1
  return report.result === 'unverified' && policy.onUnverified === 'fail' ? 3 : 0
}
