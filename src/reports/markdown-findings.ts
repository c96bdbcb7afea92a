import { displayable } from '../text/displayable.ts'
import type { Severity } from '../validation/finding.ts'
import { findingInfo } from '../validation/finding-info.ts'
import type { ReportedFinding } from '../validation/report.ts'
import type { Owner } from '../validation/use.ts'
import type { RenderContext } from './context.ts'
import { docsPage } from './docs-page.ts'
import { type FindingGroup, groupFindings } from './groups.ts'
import { inlineCode, plainText } from './markdown-escape.ts'
import type { Table } from './markdown-page.ts'
import { pageLink, placeLink } from './markdown-place.ts'
import { ownerText } from './owner-text.ts'
import type { Place } from './place-text.ts'

const maxPlaces = 10
const longestOwner = 500
const severityOrder = ['error', 'warning', 'notice'] as const satisfies readonly Severity[]
const severityWords = {
  error: '❌ error',
  warning: '⚠️ warning',
  notice: 'ℹ️ notice',
} as const satisfies Record<Severity, string>

/** One row a group of findings, the most severe first. */
export function findingsTable(findings: readonly ReportedFinding[], context: RenderContext): Table {
  const groups = groupFindings(findings)
  const sorted = severityOrder.flatMap(severity => groups.filter(({ first }) => first.severity === severity))
  return {
    heading: '### Findings',
    header: ['', 'Where', 'What is wrong', 'What to do'],
    length: sorted.length,
    row: index => sorted.slice(index, index + 1).flatMap(group => row(group, context)),
  }
}

function row(group: FindingGroup, context: RenderContext): readonly string[] {
  const { finding, severity, message, help } = group.first
  const title = `**${plainText(findingInfo[finding.kind].title)}**`
  return [
    severityWords[severity],
    places(group, context),
    `${title}: ${plainText(message)}`,
    [plainText(help), moreLink(group.first, context)].filter(part => part !== '').join(' '),
  ]
}

function places({ first, others }: FindingGroup, context: RenderContext): string {
  const all = [first, ...others].flatMap(({ finding }) =>
    finding.place === undefined ? [] : [{ ...finding, place: finding.place }],
  )
  const shown = all.slice(0, maxPlaces).map(located => placeCell(located, context))
  if (shown.length === 0) return ownerCell(first)
  return all.length > shown.length ? `${shown.join(', ')} and ${all.length - shown.length} more` : shown.join(', ')
}

/** A page of a server says nothing by its address: what it shows is named instead. */
function placeCell({ place, ...owner }: Owner & { readonly place: Place }, context: RenderContext): string {
  const text = 'url' in place ? ownerText(owner) : undefined
  return 'url' in place && text !== undefined
    ? pageLink(inlineCode(text, longestOwner), place.url)
    : placeLink(place, context)
}

function ownerCell({ finding }: ReportedFinding): string {
  return finding.stack === undefined ? '' : `stack ${inlineCode(displayable(finding.stack))}`
}

function moreLink({ finding: { kind } }: ReportedFinding, { docsUrl }: RenderContext): string {
  return docsUrl === undefined ? '' : `[More](${docsPage(kind, docsUrl)})`
}
