import type { Stretch } from './word.ts'

export interface HereDocumentStart {
  readonly delimiter: string
  /** Behind the delimiter. */
  readonly end: number
}

/** The `<<EOF`, `<<-'EOF'` or `<<\EOF` at an offset. */
export function readHereDocumentStart(text: string, start: number): HereDocumentStart | undefined {
  const pattern = /<<-?[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|\\?([^\s;&|<>()'"`\\]+))/y
  pattern.lastIndex = start
  const match = pattern.exec(text)
  const delimiter = match?.[1] ?? match?.[2] ?? match?.[3]
  return match && delimiter !== undefined ? { delimiter, end: start + match[0].length } : undefined
}

/** The lines of a text, to find the ends of its here-documents with one pass over it however many there are. */
export class HereDocuments {
  readonly #text: string
  #lines: ReadonlyMap<string, readonly number[]> | undefined

  constructor(text: string) {
    this.#text = text
  }

  /**
   * The body that starts at the line at an offset; `end` is where the delimiter's line starts. `undefined` where no such
   * line follows: then `<<` was perhaps a shift, and what follows is read like everything else.
   */
  bodyAt(start: number, delimiter: string): (Stretch & { readonly next: number }) | undefined {
    this.#lines ??= linesOf(this.#text)
    const end = firstAtOrAfter(this.#lines.get(delimiter.trim()) ?? [], start)
    if (end === undefined) return undefined
    const lineEnd = this.#text.indexOf('\n', end)
    return { start, end, next: lineEnd < 0 ? this.#text.length : lineEnd + 1 }
  }
}

/** Longer lines are no delimiters. */
const maxLength = 200

/** Where each short line starts, by its text without the blanks around it. */
function linesOf(text: string): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>()
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', start)
    const end = lineEnd < 0 ? text.length : lineEnd
    if (end - start <= maxLength) {
      const line = text.slice(start, end).trim()
      const starts = lines.get(line)
      if (starts) starts.push(start)
      else lines.set(line, [start])
    }
    start = end + 1
  }
  return lines
}

function firstAtOrAfter(offsets: readonly number[], offset: number): number | undefined {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return offsets[low]
}
