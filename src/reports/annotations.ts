import { posix } from 'node:path'
import { displayable } from '../text/displayable.ts'
import { type Severity, severities } from '../validation/finding.ts'
import { findingInfo } from '../validation/finding-info.ts'
import type { Report } from '../validation/report.ts'
import type { Owner } from '../validation/use.ts'
import type { RenderContext } from './context.ts'
import { docsPage } from './docs-page.ts'
import { type FindingGroup, groupFindings } from './groups.ts'
import { ownerText } from './owner-text.ts'
import { type Place, placeText } from './place-text.ts'
import { secretText } from './secret-text.ts'
import { plural } from './totals.ts'

/** A remark on a line of a pull request. All text is displayable; a message may hold line breaks (LF). */
export interface Annotation {
  readonly level: Severity
  /** At most 255 UTF-16 units. */
  readonly title: string
  /** At most 4,000. */
  readonly message: string
  /** Relative to the repository's root, with `/`; absent where GitHub could not show it. */
  readonly file?: string
  /** From 1. Lines come with a file only, columns only where start and end are on one line. */
  readonly startLine?: number
  readonly endLine?: number
  readonly startColumn?: number
  /** Inclusive: the last column of the place. */
  readonly endColumn?: number
}

/** GitHub shows no more of one level from one step, and drops the rest without a word. */
const slots = 10
const longestTitle = 255
const longestMessage = 4000
const maxPlaces = 10

/** At most 10 errors, 10 warnings and 10 notices, errors first; where there are more, the last of a level says so. */
export function annotations(report: Report, context: RenderContext): readonly Annotation[] {
  const groups = groupFindings(report.findings)
  return severities.flatMap(level => {
    const ofLevel = groups.filter(({ first }) => first.severity === level)
    if (ofLevel.length <= slots) return ofLevel.map(group => annotationOf(group, context))
    const shown = ofLevel.slice(0, slots - 1)
    return [...shown.map(group => annotationOf(group, context)), more(level, ofLevel.length - shown.length)]
  })
}

function more(level: Severity, count: number): Annotation {
  const title = `${count} more ${level}s`
  return { level, title, message: `${title} than annotations can show: see the job summary or the log of this step.` }
}

function annotationOf(group: FindingGroup, context: RenderContext): Annotation {
  const { finding, severity } = group.first
  const anchor = finding.place && anchorOf(finding.place, context.directory ?? '')
  const lines = [...messageLines(group, anchor !== undefined), `More: ${docsPage(finding.kind, context.docsUrl)}`]
  return { level: severity, title: titleOf(group), message: cut(lines.join('\n'), longestMessage), ...anchor }
}

function titleOf({ first: { finding } }: FindingGroup): string {
  const { title } = findingInfo[finding.kind]
  if (!('secret' in finding)) return title
  const key = finding.kind === 'missing-key' ? finding.key : null
  return cut(`${title}: ${secretText({ secret: finding.secret, key })}`, longestTitle)
}

function messageLines({ first, others }: FindingGroup, anchored: boolean): readonly string[] {
  const { finding, message, help } = first
  const place = finding.place && !anchored ? `${whereText(finding, finding.place)}: ` : ''
  const also = others.flatMap(({ finding: other }) => (other.place ? [whereText(other, other.place)] : []))
  const shown = also.slice(0, maxPlaces)
  if (also.length > shown.length) shown.push(`${plural(also.length - shown.length, 'more place')}`)
  return [
    `${place}${displayable(message, longestMessage)}`,
    displayable(help, longestMessage),
    ...(shown.length > 0 ? [`Also needed at ${shown.join(', ')}.`] : []),
  ]
}

/** A page of a server says nothing by its address, so what it shows is named too. */
function whereText(owner: Owner, place: Place): string {
  const named = 'url' in place ? ownerText(owner) : undefined
  return named === undefined ? placeText(place) : `${named} (${placeText(place)})`
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/\p{Cs}$/u, '')}…`
}

type Anchor = Pick<Annotation, 'file' | 'startLine' | 'endLine' | 'startColumn' | 'endColumn'>

/** Where GitHub can show it: a file within the repository whose name a log can hold as it is. */
function anchorOf(place: Place, directory: string): Anchor | undefined {
  if ('url' in place) return undefined
  const file = posix.join(directory, place.file)
  const outside = posix.isAbsolute(place.file) || /^[A-Za-z]:[\\/]/.test(place.file) || file.split('/')[0] === '..'
  if (outside || /[\p{C}\p{Zl}\p{Zp}]/u.test(file)) return undefined
  const { start, end } = place.span
  const lines = { file, startLine: start.line, endLine: end.line }
  if (start.line !== end.line) return lines
  return { ...lines, startColumn: start.column, endColumn: Math.max(start.column, end.column - 1) }
}
