import type { FindingKind } from '../validation/finding.ts'
import type { Report, ReportedFinding } from '../validation/report.ts'
import { type Palette, palette } from './colors.ts'
import type { RenderContext } from './context.ts'
import { docsPage } from './docs-page.ts'
import { type FindingGroup, groupFindings } from './groups.ts'
import { ownerText } from './owner-text.ts'
import { placeText } from './place-text.ts'
import { secretText } from './secret-text.ts'
import { excerptLines } from './text-excerpt.ts'
import { listing } from './text-listing.ts'
import { totals } from './totals.ts'

const maxHelps = 5

interface Look {
  readonly colors: Palette
  readonly docsUrl: string | undefined
  /** Kinds whose documentation has been named. */
  readonly documented: Set<FindingKind>
}

/** For a terminal or a log: each finding as a block, then one line of totals. Ends in a line break. */
export function renderText(report: Report, context: RenderContext): string {
  const colors = palette(context.color ?? false)
  const look: Look = { colors, docsUrl: context.docsUrl, documented: new Set() }
  const findings = context.quiet ? report.findings.filter(({ severity }) => severity === 'error') : report.findings
  const blocks = groupFindings(findings).map(group => groupBlock(group, look))
  if (context.verbose && report.uses.length > 0) blocks.push(listing(report, colors))
  blocks.push(colors.strong(colors.result[report.result](totals(report))))
  return `${blocks.join('\n\n')}\n`
}

function groupBlock({ first, others }: FindingGroup, look: Look): string {
  const { colors } = look
  const { finding, message } = first
  const owner = ownerText(finding)
  const lines = [
    heading(first, colors),
    `  ${message}`,
    ...sourceLines(first, colors),
    ...(owner === undefined ? [] : [`  ${colors.faint('in:')} ${owner}`]),
    ...others.map(other => alsoLine(first, other, colors)),
    ...helps([first, ...others]).map(help => `  ${colors.help('help:')} ${help}`),
  ]
  if (!look.documented.has(finding.kind)) {
    look.documented.add(finding.kind)
    lines.push(`  ${colors.faint(`more: ${docsPage(finding.kind, look.docsUrl)}`)}`)
  }
  return lines.join('\n')
}

function heading({ finding, severity }: ReportedFinding, colors: Palette): string {
  const label = `${colors.severity[severity](colors.strong(severity))} ${colors.faint(finding.kind)}`
  return finding.place === undefined ? label : `${colors.strong(placeText(finding.place))} ${label}`
}

function sourceLines({ finding, severity }: ReportedFinding, colors: Palette): readonly string[] {
  const { excerpt, place } = finding
  if (excerpt === undefined || place === undefined || 'url' in place) return []
  const look = { line: place.span.start.line, faint: colors.faint, strong: colors.severity[severity] }
  return ['', ...excerptLines(excerpt, look), '']
}

/** One more place of the same trouble, with what differs there. */
function alsoLine(first: ReportedFinding, other: ReportedFinding, colors: Palette): string {
  const { finding } = other
  const where = finding.place === undefined ? [] : [placeText(finding.place)]
  const named = 'secret' in finding ? { secret: finding.secret, key: 'key' in finding ? finding.key : null } : undefined
  const owner = ownerText(finding)
  const parts = [...where, ...(named && named.key !== null ? [secretText(named)] : []), ...(owner ? [owner] : [])]
  const breaks = breaksRegistration(other) && !breaksRegistration(first) ? ' (registering the stack fails too)' : ''
  return `  ${colors.faint('also needed at:')} ${parts.join(', ')}${breaks}`
}

function breaksRegistration({ finding }: ReportedFinding): boolean {
  return 'breaksRegistration' in finding && finding.breaksRegistration
}

/** Each help of a group once; a secret that misses many keys would repeat itself beyond a few. */
function helps(group: readonly ReportedFinding[]): readonly string[] {
  return [...new Set(group.map(({ help }) => help))].filter(help => help !== '').slice(0, maxHelps)
}
