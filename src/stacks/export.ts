import type { SourceText } from '../text/source.ts'
import { readDocuments } from './export/read-documents.ts'
import { createReading } from './export/reading.ts'
import { describesApi } from './marks.ts'
import type { StackFile, StackFormat } from './stack.ts'

/**
 * Files that `zenml stack export` writes, of every version, and what people make of them by hand. Each document may be
 * a stack; the documents and files of other programs are passed over.
 */
export const stackExport: StackFormat = {
  name: 'stack-export',
  // A pattern that ignores case costs a start the tables of Unicode.
  matchesPath: path => /\.(?:ya?ml|json)$/.test(path.slice(-5).toLowerCase()),
  matchesText: content =>
    content.includes('components') && words.some(word => content.includes(word)) && !describesApi(content),
  read: readExport,
}

const words: readonly string[] = ['stack_name', 'zenml_version', 'flavor']

function readExport(source: SourceText): StackFile | undefined {
  const { stacks, problems } = readDocuments(createReading(source))
  return stacks.length === 0 && problems.length === 0 ? undefined : { source, stacks, problems }
}
