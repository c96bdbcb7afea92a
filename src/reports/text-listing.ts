import { displayable } from '../text/displayable.ts'
import type { Report } from '../validation/report.ts'
import type { JudgedUse } from '../validation/use.ts'
import type { Paint, Palette } from './colors.ts'
import { ownerText } from './owner-text.ts'
import type { Place } from './place-text.ts'
import { secretText } from './secret-text.ts'
import { textWidth } from './text-width.ts'
import { verdictTone, verdictWords } from './verdicts.ts'

type Cell = readonly [text: string, paint: Paint]

/** Every reference below the file it is in, with its verdict where anything was asked. */
export function listing(report: Report, colors: Palette): string {
  const asked = report.level !== 'NONE'
  const blocks: string[] = []
  for (const [file, uses] of byFile(report.uses)) {
    const rows = uses.map(use => cellsOf(use, asked, colors))
    blocks.push([colors.strong(file), ...aligned(rows)].join('\n'))
  }
  return blocks.join('\n\n')
}

function byFile(uses: readonly JudgedUse[]): ReadonlyMap<string, readonly JudgedUse[]> {
  const files = new Map<string, JudgedUse[]>()
  for (const use of uses) {
    const file = displayable('url' in use.place ? use.place.url : use.place.file)
    const known = files.get(file)
    if (known) known.push(use)
    else files.set(file, [use])
  }
  return files
}

function cellsOf(use: JudgedUse, asked: boolean, colors: Palette): readonly Cell[] {
  const plain = (text: string) => text
  const owner = ownerText(use)
  const cells: readonly (Cell | false)[] = [
    [position(use.place), colors.faint],
    asked && [verdictWords[use.verdict], colors.tone[verdictTone[use.verdict]]],
    [secretText(use), plain],
    owner !== undefined && [owner, colors.faint],
  ]
  return cells.filter(cell => cell !== false)
}

function position(place: Place): string {
  return 'url' in place ? '' : `${place.span.start.line}:${place.span.start.column}`
}

/** All columns but the last are filled up with blanks to one width. */
function aligned(rows: readonly (readonly Cell[])[]): readonly string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach(([text], column) => {
      widths[column] = Math.max(widths[column] ?? 0, textWidth(text))
    })
  }
  return rows.map(row =>
    row
      .map(([text, paint], column) => {
        const last = column === row.length - 1
        return paint(text) + (last ? '' : ' '.repeat((widths[column] ?? 0) - textWidth(text)))
      })
      .reduce((line, cell) => `${line}  ${cell}`, '')
      .trimEnd(),
  )
}
