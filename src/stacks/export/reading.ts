import type { EmbeddedText } from '../../text/embedded.ts'
import type { SourceText } from '../../text/source.ts'
import type { Visit } from '../../yaml/entries.ts'
import type { Range } from '../../yaml/node.ts'
import type { FilePlace, ReadProblem } from '../stack.ts'
import { fileRange } from './file-range.ts'

/** What the reading of one text shares: the text, a bound on the work that aliases can cause, and what went wrong. */
export interface Reading {
  /** For a text inside a file: its content, with the path and the positions of the file. */
  readonly source: SourceText
  /** Counts a node looked at; `false` once there were 100,000. */
  readonly visit: Visit
  readonly problems: readonly ReadProblem[]
  addProblem(message: string, node: Range): void
  placeOf(range: Range): FilePlace
  /** A stretch of the text as offsets in the file. */
  rangeOf(range: Range): Range
}

const maxVisits = 100_000

export function createReading(source: SourceText): Reading {
  return readingOf(source, ({ start, end }) => ({ start, end }))
}

/** A reading of a text inside a file. */
export function embeddedReading(text: EmbeddedText): Reading {
  const { file, content } = text
  const rangeOf = (range: Range): Range => fileRange(text, range)
  const source: SourceText = {
    ...file,
    content,
    positionAt: offset => file.positionAt(text.offsetAt(offset)),
    spanOf: (start, end) => {
      const range = rangeOf({ start, end })
      return file.spanOf(range.start, range.end)
    },
  }
  return readingOf(source, rangeOf)
}

function readingOf(source: SourceText, rangeOf: Reading['rangeOf']): Reading {
  const problems = new Map<string, ReadProblem>()
  let visits = 0
  const addProblem = (message: string, { start, end }: Range): void => {
    if (!problems.has(message)) problems.set(message, { message, span: source.spanOf(start, end) })
  }
  return {
    source,
    get problems() {
      return [...problems.values()]
    },
    addProblem,
    visit(node) {
      if (++visits <= maxVisits) return true
      addProblem(`More than ${maxVisits.toLocaleString('en')} entries; aliases count where they are used.`, node)
      return false
    },
    placeOf: ({ start, end }) => ({ file: source.path, span: source.spanOf(start, end) }),
    rangeOf,
  }
}
