import type { SourceText } from '../../text/source.ts'
import type { Visit } from '../../yaml/entries.ts'
import type { Range } from '../../yaml/node.ts'
import type { FilePlace, ReadProblem } from '../stack.ts'

/** What the reading of one file shares: its text, a bound on the work that aliases can cause, and what went wrong. */
export interface Reading {
  readonly source: SourceText
  /** Counts a node looked at; `false` once there were 100,000. */
  readonly visit: Visit
  readonly problems: readonly ReadProblem[]
  addProblem(message: string, node: Range): void
  placeOf(range: Range): FilePlace
}

const maxVisits = 100_000

export function createReading(source: SourceText): Reading {
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
  }
}
