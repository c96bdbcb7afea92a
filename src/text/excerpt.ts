import { displayable } from './displayable.ts'
import type { Span } from './position.ts'
import type { SourceText } from './source.ts'

/**
 * What a report shows of the line a finding is on. All three parts are safe to print. Never the whole line: text beside
 * the marked part may be a credential, so only the indentation, the one word that names the attribute and the closing
 * quote stay; what was left out shows as `…`.
 */
export interface Excerpt {
  readonly before: string
  readonly marked: string
  readonly after: string
}

export interface ExcerptOptions {
  /** The marked text is a credential: show `***` in its place. */
  readonly masked?: boolean
}

const maxWord = 64
const maxIndent = 40
const maxMarked = 120

export function excerptOf(source: SourceText, span: Span, options: ExcerptOptions = {}): Excerpt {
  const line = source.lineAt(span.start.line)
  const start = span.start.column - 1
  const end = span.end.line === span.start.line ? span.end.column - 1 : line.length
  const marked = displayable(line.slice(start, end).trimEnd(), maxMarked)
  return {
    before: textBefore(line.slice(0, start)),
    marked: options.masked ? '***' : span.end.line === span.start.line ? marked : `${marked}…`,
    after: textAfter(line.slice(end)),
  }
}

/** Keeps the indentation (and list dashes) and the last `name:`, `name=` or `"name":` before the marked text. */
function textBefore(before: string): string {
  const indent = /^[ \t]{0,40}(?:- {1,4}){0,4}/.exec(before.slice(0, maxIndent))?.[0] ?? ''
  const tail = before.slice(Math.max(indent.length, before.length - maxWord))
  const word = /(?:^|[\s{,])(["']?[\w.-]{1,60}["']?\s{0,4}[:=]\s{0,4}["']?)$/.exec(tail)?.[1] ?? closingQuote(tail)
  const kept = before.length > indent.length + word.length ? `${indent.replace(/\t/g, ' ')}… ${word}` : indent + word
  return displayable(kept.replace(/\t/g, ' '))
}

function closingQuote(text: string): string {
  const last = text.at(-1)
  return last === '"' || last === "'" ? last : ''
}

function textAfter(after: string): string {
  const quote = /^["']/.exec(after)?.[0] ?? ''
  return after.slice(quote.length).trim() === '' ? quote : `${quote} …`
}
