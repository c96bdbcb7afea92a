/** One line of a text: offsets in UTF-16 units from 0. `end` is before the line end, `next` behind it. */
export interface TextLine {
  readonly start: number
  readonly end: number
  readonly next: number
}

/** The lines of a text, which end at LF or CRLF; none behind a last line end. */
export function linesOf(content: string): readonly TextLine[] {
  const lines: TextLine[] = []
  for (let start = 0; start < content.length; ) {
    const found = content.indexOf('\n', start)
    const next = found < 0 ? content.length : found + 1
    const feed = found < 0 ? next : found
    const end = feed > start && content[feed - 1] === '\r' ? feed - 1 : feed
    lines.push({ start, end, next })
    start = next
  }
  return lines
}

/** Whether a line goes on with the next: an odd number of backslashes before its end. */
export function isContinued(content: string, { start, end }: TextLine): boolean {
  let offset = end
  while (offset > start && content[offset - 1] === '\\') offset--
  return (end - offset) % 2 === 1
}
