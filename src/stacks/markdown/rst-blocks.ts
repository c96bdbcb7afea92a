import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { linesOf, type TextLine } from '../text-lines.ts'
import { type CodeBlock, languageOf } from './code-block.ts'

/** The code that a reStructuredText shows: directives for code, and what is indented behind `::`. Linear time. */
export function rstBlocks(text: EmbeddedText): readonly CodeBlock[] {
  const blocks: CodeBlock[] = []
  const lines = linesOf(text.content)
  for (let index = 0; index < lines.length; ) {
    const line = lines[index++]
    if (!line) break
    const written = text.content.slice(line.start, line.end).trimEnd()
    const trimmed = written.trimStart()
    const directive = /^\.\. (?:code-block|code|sourcecode|prompt|parsed-literal|ipython)::(.*)$/.exec(trimmed)
    if (!directive && (!trimmed.endsWith('::') || trimmed.startsWith('.. '))) continue
    const { pieces, next } = takeDeeper(text.content, lines, { from: index, indent: written.length - trimmed.length })
    blocks.push({ language: languageOf(directive?.[1] ?? ''), text: embeddedWithin(text, pieces) })
    index = next
  }
  return blocks
}

interface Opened {
  readonly from: number
  /** Of the line that announces the block. */
  readonly indent: number
}

function takeDeeper(content: string, lines: readonly TextLine[], { from, indent }: Opened) {
  const pieces: EmbeddedPiece[] = []
  let isOption = true
  let own = Number.POSITIVE_INFINITY
  let next = from
  for (; next < lines.length; next++) {
    const line = lines[next]
    if (!line) break
    const written = content.slice(line.start, line.end)
    const blanks = written.length - written.trimStart().length
    const isBlank = blanks === written.length
    if (!isBlank && blanks <= indent) break
    isOption &&= !isBlank && written.startsWith(':', blanks)
    if (isOption) continue
    if (!isBlank) own = Math.min(own, blanks)
    const start = line.start + Math.min(blanks, own)
    pieces.push({ text: content.slice(start, line.next), start, end: line.next })
  }
  return { pieces, next }
}
