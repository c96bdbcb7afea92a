import { displayable } from '../text/displayable.ts'
import type { Report } from '../validation/report.ts'
import type { JudgedUse } from '../validation/use.ts'
import { inlineCode } from './markdown-escape.ts'
import { placeText } from './place-text.ts'
import { textWidth } from './text-width.ts'
import { plural } from './totals.ts'

/** What stands for the key of a use that names none. */
export const noKey = '–'

/** The list of secret uses as a table: secret, key, where, via. Safe to print. */
export function referencesText(report: Report): string {
  if (report.uses.length === 0) return 'Nothing needs a secret.\n'
  const rows = [columns, ...report.uses.map(cellsOf)]
  const widths = columns.map((_, column) => widest(rows.map(row => row[column] ?? '')))
  const lines = rows.map(row =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n\n${useTotals(report)}\n`
}

/** The same as a Markdown table. */
export function referencesMarkdown(report: Report): string {
  const rows = report.uses.map(use => `| ${markdownCells(use).join(' | ')} |`)
  return ['| Secret | Key | Where | Via |', '| --- | --- | --- | --- |', ...rows, '', useTotals(report), ''].join('\n')
}

/** How many secret uses there are, a sentence. */
export function useTotals({ counts }: Report): string {
  const uses = plural(counts.references, 'use')
  return `${uses} of ${plural(counts.secrets, 'secret')} in ${plural(counts.files, 'file')}.`
}

const columns = ['SECRET', 'KEY', 'WHERE', 'VIA'] as const
const longestName = 80
/** Beyond what `placeText` returns. */
const longestPlace = 5000

function cellsOf(use: JudgedUse): readonly string[] {
  const key = use.key === null ? noKey : displayable(use.key, longestName)
  return [displayable(use.secret, longestName), key, placeText(use.place), use.via]
}

function markdownCells({ secret, key, place, via }: JudgedUse): readonly string[] {
  return [inlineCode(secret), key === null ? '' : inlineCode(key), inlineCode(placeText(place), longestPlace), via]
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, textWidth(text)), 0)
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - textWidth(text))
}
