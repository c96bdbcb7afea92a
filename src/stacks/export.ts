import type { SourceText } from '../text/source.ts'
import { mapsOf } from '../yaml/entries.ts'
import { parseYaml } from '../yaml/parse.ts'
import { readStack } from './export/read-stack.ts'
import { createReading } from './export/reading.ts'
import type { Stack, StackFile, StackFormat } from './stack.ts'

/**
 * Files that `zenml stack export` writes, of every version, and what people make of them by hand. Each document may be
 * a stack; the documents and files of other programs are passed over.
 */
export const stackExport: StackFormat = {
  name: 'stack-export',
  // A pattern that ignores case costs a start the tables of Unicode.
  matchesPath: path => /\.(?:ya?ml|json)$/.test(path.slice(-5).toLowerCase()),
  matchesText: content => content.includes('components') && words.some(word => content.includes(word)),
  read: readExport,
}

const words: readonly string[] = ['stack_name', 'zenml_version', 'flavor']

function readExport(source: SourceText): StackFile | undefined {
  const { documents, problems } = parseYaml(source)
  const reading = createReading(source)
  const stacks: Stack[] = []
  for (const document of documents) {
    for (const root of mapsOf(document, reading.visit)) {
      const stack = readStack(root, reading)
      if (stack) stacks.push(stack)
    }
  }
  const inYaml = problems.map(({ message, start, end }) => ({ message, span: source.spanOf(start, end) }))
  if (stacks.length === 0 && inYaml.length === 0) return undefined
  return { source, stacks, problems: stacks.length > 0 ? [...inYaml, ...reading.problems] : inYaml }
}
