import type { Finding } from '../validation/finding.ts'
import type { ReportedFinding } from '../validation/report.ts'

/** Findings with one cause, such as all uses of one missing secret, which are shown as one. */
export interface FindingGroup {
  readonly first: ReportedFinding
  /** In report order. */
  readonly others: readonly ReportedFinding[]
}

/** Groups in the order of their first findings. */
export function groupFindings(findings: readonly ReportedFinding[]): readonly FindingGroup[] {
  const groups = new Map<string, { readonly first: ReportedFinding; readonly others: ReportedFinding[] }>()
  findings.forEach((reported, index) => {
    const cause = causeOf(reported.finding)
    const id = JSON.stringify(cause ? [reported.severity, ...cause] : index)
    const group = groups.get(id)
    if (group) group.others.push(reported)
    else groups.set(id, { first: reported, others: [] })
  })
  return [...groups.values()]
}

/** What findings about one secret have in common; `undefined` for a finding that stands alone. */
function causeOf(finding: Finding): readonly string[] | undefined {
  switch (finding.kind) {
    case 'missing-secret':
    case 'case-mismatch':
      return [finding.kind, finding.secret, finding.backend]
    case 'missing-key':
      return [finding.kind, finding.secret, finding.backend, finding.key]
    case 'unreferenceable-secret':
      return [finding.kind, finding.secret, finding.backend, finding.meant]
    case 'unusable-secret':
    case 'access-denied':
    case 'unverified':
    case 'illegal-name':
      return [finding.kind, finding.secret, finding.backend, finding.reason]
    default:
      return undefined
  }
}
