import type { Position, Span } from './position.ts'

/**
 * The text of one file with its line starts. Offsets are UTF-16 code units from 0 into `content`;
 * positions are from 1. A byte-order mark is no part of `content`, so column 1 is the first visible character.
 */
export interface SourceText {
  /** As findings name it: relative to the working directory, with `/`. Not safe to print: see `displayable`. */
  readonly path: string
  readonly content: string
  /** Position of an offset; an offset outside the text is moved to its nearest end. */
  positionAt(offset: number): Position
  /** Span of `[start, end)`. */
  spanOf(start: number, end: number): Span
  /** Text of a line (from 1) without its line end; empty when there is no such line. */
  lineAt(line: number): string
}

const carriageReturn = 13
const lineFeed = 10

/** Wraps a text. A line ends at LF, CRLF or a lone CR, as editors and GitHub's file view show it. */
export function sourceText(path: string, text: string): SourceText {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text
  let starts: readonly number[] | undefined
  const lineStarts = () => {
    starts ??= findLineStarts(content)
    return starts
  }
  const positionAt = (offset: number): Position => {
    const within = Math.min(Math.max(offset, 0), content.length)
    const index = lastStartAtOrBefore(lineStarts(), within)
    return { line: index + 1, column: within - (lineStarts()[index] ?? 0) + 1 }
  }
  return {
    path,
    content,
    positionAt,
    spanOf: (start, end) => ({ start: positionAt(start), end: positionAt(end) }),
    lineAt: line => {
      const start = lineStarts()[line - 1]
      if (start === undefined) return ''
      return trimLineEnd(content.slice(start, lineStarts()[line] ?? content.length))
    },
  }
}

function findLineStarts(content: string): readonly number[] {
  const starts = [0]
  for (let offset = 0; offset < content.length; offset++) {
    const code = content.charCodeAt(offset)
    if (code === lineFeed || (code === carriageReturn && content.charCodeAt(offset + 1) !== lineFeed)) {
      starts.push(offset + 1)
    }
  }
  return starts
}

function lastStartAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function trimLineEnd(line: string): string {
  let end = line.length
  while (end > 0 && (line.charCodeAt(end - 1) === lineFeed || line.charCodeAt(end - 1) === carriageReturn)) end--
  return line.slice(0, end)
}
