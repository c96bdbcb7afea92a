import { displayable } from '../../../text/displayable.ts'

/** Longer than any name there is. */
const longest = 4000

/** Rows below their headings in columns two blanks apart; every text is made safe to print. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows.map(row => row.map(text => displayable(text, longest)))]
  const widths = headings.map((_, column) => lines.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0))
  const print = (row: readonly string[]) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return lines.map(row => `${print(row)}\n`).join('')
}

const mask = '***'

/** The keys of a secret, each with `***` for its value, as ZenML previews one. */
export function maskedTable(keys: Iterable<string>): string {
  return table(
    ['SECRET_KEY', 'SECRET_VALUE'],
    [...keys].map(key => [key, mask]),
  )
}
