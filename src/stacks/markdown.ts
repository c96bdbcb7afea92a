import { type EmbeddedText, embeddedSlice } from '../text/embedded.ts'
import type { SourceText } from '../text/source.ts'
import { nameInside } from './file-name.ts'
import { type FileParts, joinParts } from './file-parts.ts'
import { markFilledIn } from './filled-in.ts'
import { markdownBlocks } from './markdown/markdown-blocks.ts'
import { readBlock } from './markdown/read-block.ts'
import { rstBlocks } from './markdown/rst-blocks.ts'
import { mentionsZenml } from './mentions-zenml.ts'
import { cellsOf } from './notebook/cells.ts'
import { isNotebook } from './notebook.ts'
import type { StackFile, StackFormat } from './stack.ts'
import { stackFileOf } from './stack-file.ts'

/** Documentation in Markdown, MDX and reStructuredText: the code it shows. Code inside a sentence is not read. */
export const markdown: StackFormat = {
  name: 'markdown',
  matchesPath: path => /\.(?:md|mdx|markdown|rst)$/.test(nameInside(path).slice(-10).toLowerCase()),
  matchesText: mentionsZenml,
  read: source => {
    const blocks = source.path.toLowerCase().endsWith('.rst') ? rstBlocks : markdownBlocks
    return documentation(source, joinParts(blocks(embeddedSlice(source)).map(readBlock)))
  },
}

/** The text cells of notebooks, which are documentation; their code is `notebook`. */
export const notebookText: StackFormat = {
  name: 'notebook-text',
  matchesPath: isNotebook,
  matchesText: mentionsZenml,
  read: source => documentation(source, joinParts((cellsOf(source)?.markdown ?? []).map(readText))),
}

function readText(text: EmbeddedText): FileParts {
  return joinParts(markdownBlocks(text).map(readBlock))
}

function documentation(source: SourceText, parts: FileParts): StackFile | undefined {
  const file = stackFileOf(source, markFilledIn(parts, source.content))
  return file && { ...file, isDocumentation: true }
}
