import type { Place } from '../stacks/stack.ts'
import type { CollectedGroup } from './collect.ts'
import type { Finding, Severity } from './finding.ts'
import { findingInfo } from './finding-info.ts'
import type { Level } from './level.ts'
import { messageOf } from './messages.ts'
import { compareBy } from './order.ts'
import { type Policy, resultOf } from './outcome.ts'
import type { Counts, Report, ReportedFinding, ReportedStack } from './report.ts'
import type { JudgedUse, Verdict } from './use.ts'

/** What was collected together, with its uses judged, in the order they were collected. */
export interface JudgedGroup {
  readonly collected: CollectedGroup
  readonly uses: readonly JudgedUse[]
}

export interface ReportInput {
  readonly level: Level
  readonly policy: Policy
  readonly backends: Report['backends']
  readonly files: number
  readonly groups: readonly JudgedGroup[]
  /** From the files and from the backends alike. */
  readonly findings: readonly Finding[]
}

/** Sorts, words and counts: the last step, the same for every surface. */
export function buildReport(input: ReportInput): Report {
  const uses = input.groups.flatMap(group => group.uses).sort(byPlaceAndName)
  const findings = mostTelling(input.findings)
    .sort(compareBy<Finding>(({ kind }) => [kind]))
    .map(finding => reported(finding, input))
  return {
    result: resultOf(findings, input.level, input.policy),
    level: input.level,
    backends: input.backends,
    counts: countAll(input, uses, findings),
    uses,
    findings,
    stacks: reportedStacks(input.groups, uses),
  }
}

const byPlaceAndName = compareBy<JudgedUse>(({ secret, key, via, attribute }) => [secret, key, via, attribute])

function reported(finding: Finding, { level, policy }: ReportInput): ReportedFinding {
  return { finding, severity: severityOf(finding, level, policy), ...messageOf(finding) }
}

/** At level NONE nothing can fail a run, so what was read alone shows is a warning at most. */
function severityOf(finding: Finding, level: Level, { onUnverified }: Policy): Severity {
  const severity = severityOfKind(finding)
  const shown = severity === 'unverified' ? (onUnverified === 'fail' ? 'error' : 'warning') : severity
  return shown === 'error' && level === 'NONE' ? 'warning' : shown
}

function severityOfKind(finding: Finding): Severity | 'unverified' {
  if (finding.kind === 'local-secrets-remote-orchestrator' && !finding.refused) return 'warning'
  return findingInfo[finding.kind].severity
}

/**
 * A reference that is not allowed where it stands can never resolve, so nothing else is said about that place. What
 * several uses at one place give alike is said once.
 */
function mostTelling(findings: readonly Finding[]): Finding[] {
  const refused = new Set(findings.filter(({ kind }) => kind === 'reference-not-allowed').map(identity))
  const said = new Set<string>()
  return findings.filter(finding => {
    if (finding.kind !== 'reference-not-allowed' && refused.has(identity(finding))) return false
    const all = JSON.stringify(finding)
    if (said.has(all)) return false
    said.add(all)
    return true
  })
}

function identity({ place, stack, component, attribute }: Finding): string {
  return JSON.stringify([placeKey(place), stack, component?.type, component?.name, attribute])
}

function placeKey(place: Place | undefined): unknown {
  if (!place) return null
  return 'url' in place ? place.url : [place.file, place.span.start.line, place.span.start.column]
}

function countAll(input: ReportInput, uses: readonly JudgedUse[], findings: readonly ReportedFinding[]): Counts {
  const verdicts = new Map<Verdict, number>()
  for (const { verdict } of uses) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
  const of = (verdict: Verdict) => verdicts.get(verdict) ?? 0
  const severities = (severity: Severity) => findings.filter(finding => finding.severity === severity).length
  return {
    files: input.files,
    stacks: input.groups.filter(({ collected }) => collected.stack).length,
    references: uses.length,
    secrets: new Set(uses.map(({ secret }) => secret)).size,
    errors: severities('error'),
    warnings: severities('warning'),
    notices: severities('notice'),
    found: of('found'),
    missing: of('missing') + of('key_missing'),
    unusable: of('unusable'),
    denied: of('denied'),
    unverified: of('unverified'),
    skipped: of('skipped'),
    invalid: of('invalid'),
    ignored: 0,
  }
}

function reportedStacks(groups: readonly JudgedGroup[], sorted: readonly JudgedUse[]): readonly ReportedStack[] {
  const positions = new Map(sorted.map((use, index) => [use, index]))
  return groups.flatMap(({ collected: { stack, file }, uses }) => {
    if (!stack) return []
    const url = 'url' in stack.place ? stack.place.url : undefined
    return [{ name: stack.name, file, url, uses: uses.flatMap(use => positions.get(use) ?? []) }]
  })
}
