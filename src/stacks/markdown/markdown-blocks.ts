import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { linesOf, type TextLine } from '../text-lines.ts'
import { type CodeBlock, languageOf } from './code-block.ts'

/**
 * The code that a Markdown text shows: fences, in lists and quotes too, and indented blocks behind a blank line. Fences
 * that never close go on to the end. What stands in an HTML comment is not shown. Linear time.
 */
export function markdownBlocks(text: EmbeddedText): readonly CodeBlock[] {
  const blocks: CodeBlock[] = []
  const lines = linesOf(text.content)
  let isComment = false
  let isAfterBlank = true
  for (let index = 0; index < lines.length; ) {
    const line = lines[index]
    if (!line) break
    const written = text.content.slice(line.start, line.end)
    const fence = isComment ? undefined : openFence(written)
    const taken: Taken | undefined = fence ? takeFenced(text, lines, { fence, from: index + 1 }) : undefined
    const indented: Taken | undefined =
      taken || isComment || !isAfterBlank || !/^(?: {4}|\t)/.test(written)
        ? undefined
        : takeIndented(text, lines, index)
    const found: Taken | undefined = taken ?? indented
    if (found?.block) blocks.push(found.block)
    if (!found) isComment = isCommentBehind(written, isComment)
    isAfterBlank = found !== undefined || written.trim() === ''
    index = found?.next ?? index + 1
  }
  return blocks
}

interface Fence {
  readonly mark: string
  readonly info: string
  /** How many `>` stand before it. */
  readonly quotes: number
  /** Blanks between the last of them, or the start of the line, and the fence; marks of lists count as blanks. */
  readonly indent: number
}

interface Taken {
  readonly block: CodeBlock | undefined
  /** Index of the line behind. */
  readonly next: number
}

function openFence(line: string): Fence | undefined {
  if (!line.includes('```') && !line.includes('~~~')) return undefined
  const prefix = /^(?:[ \t]{0,40}(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){0,10}[ \t]{0,80}/.exec(line)?.[0] ?? ''
  const mark = /^(?:`{3,}|~{3,})/.exec(line.slice(prefix.length))?.[0]
  const info = line.slice(prefix.length + (mark?.length ?? 0))
  if (mark === undefined || (mark.startsWith('`') && info.includes('`'))) return undefined
  const lastQuote = prefix.lastIndexOf('>')
  const from = lastQuote < 0 ? 0 : prefix[lastQuote + 1] === ' ' ? lastQuote + 2 : lastQuote + 1
  return { mark, info, quotes: prefix.split('>').length - 1, indent: Math.max(0, prefix.length - from) }
}

interface Opened {
  readonly fence: Fence
  readonly from: number
}

function takeFenced(text: EmbeddedText, lines: readonly TextLine[], { fence, from }: Opened): Taken {
  const pieces: EmbeddedPiece[] = []
  let next = from
  for (; next < lines.length; next++) {
    const line = lines[next]
    if (!line) break
    const written = text.content.slice(line.start, line.end)
    const inside = insideQuotes(written, fence.quotes)
    if (inside === undefined) break
    const rest = written.slice(inside)
    if (closes(rest, fence.mark)) {
      next++
      break
    }
    const blanks = rest.length - rest.trimStart().length
    const start = line.start + inside + Math.min(blanks, fence.indent)
    pieces.push({ text: text.content.slice(start, line.next), start, end: line.next })
  }
  return { block: { language: languageOf(fence.info), text: embeddedWithin(text, pieces) }, next }
}

/** Where the text of a line in a quote starts; `undefined` where the quote is over. */
function insideQuotes(line: string, quotes: number): number | undefined {
  let offset = 0
  for (let count = 0; count < quotes; count++) {
    while (line[offset] === ' ' || line[offset] === '\t') offset++
    if (line[offset] !== '>') return undefined
    offset += line[offset + 1] === ' ' ? 2 : 1
  }
  return offset
}

function closes(line: string, mark: string): boolean {
  const text = line.trim()
  return text.startsWith(mark) && text.replaceAll(mark.charAt(0), '') === ''
}

function takeIndented(text: EmbeddedText, lines: readonly TextLine[], from: number): Taken | undefined {
  const pieces: EmbeddedPiece[] = []
  let next = from
  for (; next < lines.length; next++) {
    const line = lines[next]
    if (!line) break
    const blanks = /^(?: {4}|\t)[ \t]{0,80}/.exec(text.content.slice(line.start, Math.min(line.end, line.start + 100)))
    const isBlank = text.content.slice(line.start, line.end).trim() === ''
    const isFence = blanks && /^(?:```|~~~)/.test(text.content.slice(line.start + blanks[0].length, line.end))
    if ((!blanks && !isBlank) || isFence) break
    const start = Math.min(line.start + (blanks?.[0].length ?? 0), line.end)
    pieces.push({ text: text.content.slice(start, line.next), start, end: line.next })
  }
  if (next === from) return undefined
  return { block: { language: '', text: embeddedWithin(text, pieces) }, next }
}

function isCommentBehind(line: string, isComment: boolean): boolean {
  const open = line.lastIndexOf('<!--')
  const close = line.lastIndexOf('-->')
  return open < 0 ? isComment && close < 0 : close < open
}
