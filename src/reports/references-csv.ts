import { displayable } from '../text/displayable.ts'
import type { Report } from '../validation/report.ts'
import type { JudgedUse } from '../validation/use.ts'

const header = [
  'secret',
  'key',
  'via',
  'file',
  'line',
  'column',
  'stack',
  'component_type',
  'component',
  'flavor',
  'attribute',
]

/**
 * The list of secret uses as CSV (RFC 4180, CRLF, every cell quoted). `file` holds the address of a place on a server.
 * Characters that are not safe to print are written as escapes, and a text a spreadsheet would take for a formula
 * begins with an apostrophe.
 */
export function referencesCsv(report: Report): string {
  return [header, ...report.uses.map(row)].map(cells => `${cells.map(cell).join(',')}\r\n`).join('')
}

function row(use: JudgedUse): readonly string[] {
  const { stack, component, attribute, place } = use
  const where = 'url' in place ? [place.url, '', ''] : [place.file, ...positionOf(place.span.start)]
  const owner = [stack, component?.type, component?.name, component?.flavor, attribute]
  return [use.secret, use.key ?? '', use.via, ...where, ...owner.map(part => part ?? '')]
}

function positionOf({ line, column }: { readonly line: number; readonly column: number }): readonly string[] {
  return [String(line), String(column)]
}

/** Longer than any name there is; what a file calls a name has no bound. */
const longest = 4000

function cell(text: string): string {
  const shown = displayable(text, longest)
  const safe = startsFormula(shown) ? `'${shown}` : shown
  return `"${safe.replaceAll('"', '""')}"`
}

/** Excel, LibreOffice and others run what begins like this, blanks and full-width forms included. */
function startsFormula(text: string): boolean {
  return /^\s*[=+\-@|\uFF1D\uFF0B\uFF0D\uFF20]/.test(text)
}
