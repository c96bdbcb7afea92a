import { mapsOf } from '../../yaml/entries.ts'
import { parseYaml } from '../../yaml/parse.ts'
import type { ReadProblem, Stack } from '../stack.ts'
import { readStack } from './read-stack.ts'
import type { Reading } from './reading.ts'

export interface ReadDocuments {
  readonly stacks: readonly Stack[]
  readonly problems: readonly ReadProblem[]
}

/** The stacks among the documents of a text; those of other programs are passed over. */
export function readDocuments(reading: Reading): ReadDocuments {
  const { source } = reading
  const { documents, problems } = parseYaml(source)
  const stacks: Stack[] = []
  for (const document of documents) {
    for (const root of mapsOf(document, reading.visit)) {
      const stack = readStack(root, reading)
      if (stack) stacks.push(stack)
    }
  }
  const inYaml = problems.map(({ message, start, end }) => ({ message, span: source.spanOf(start, end) }))
  return { stacks, problems: stacks.length > 0 ? [...inYaml, ...reading.problems] : inYaml }
}
