import { displayable } from './displayable.ts'
import type { Span } from './position.ts'
import type { SourceText } from './source.ts'

/**
 * What a report shows of the line a finding is on. All three parts are safe to print. Never the whole line: text beside
 * the marked part may be a credential, so only the indentation, the attribute's own name and the closing quote stay; what
 * was left out shows as `…`.
 */
export interface Excerpt {
  readonly before: string
  readonly marked: string
  readonly after: string
}

export interface ExcerptOptions {
  /** The marked text is a credential: show `***` in its place. */
  readonly masked?: boolean
  /** Name of the attribute whose value the marked text is, or is part of: the one word beside it that may be shown. */
  readonly attribute?: string | undefined
}

const maxIndent = 40
const maxMarked = 120

export function excerptOf(source: SourceText, span: Span, options: ExcerptOptions = {}): Excerpt {
  const line = source.lineAt(span.start.line)
  const start = span.start.column - 1
  const end = span.end.line === span.start.line ? span.end.column - 1 : line.length
  const marked = displayable(line.slice(start, end).trimEnd(), maxMarked)
  return {
    before: textBefore(line.slice(0, start), options.attribute),
    marked: options.masked ? '***' : span.end.line === span.start.line ? marked : `${marked}…`,
    after: textAfter(line.slice(end)),
  }
}

/** Keeps the indentation (and list dashes), the attribute as `name:`, `name=` or `"name":`, and an opening quote. */
function textBefore(before: string, attribute: string | undefined): string {
  const indent = /^[ \t]{0,40}(?:- {1,4}){0,4}/.exec(before.slice(0, maxIndent))?.[0] ?? ''
  const rest = before.slice(indent.length)
  const name = findName(rest, attribute)
  const between = rest.slice(name.end)
  const quote = closingQuote(between)
  const shown = [
    name.start > 0 ? '… ' : '',
    rest.slice(name.start, name.end),
    between.length > quote.length ? `… ${quote}` : quote,
  ]
  return displayable((indent + shown.join('')).replace(/\t/g, ' '))
}

/** Where the last `name:` stands, with the quotes around it and the blanks after it; an empty stretch where none does. */
function findName(text: string, name: string | undefined): { readonly start: number; readonly end: number } {
  const found = name ? text.lastIndexOf(name) : -1
  if (name === undefined || found < 0) return { start: 0, end: 0 }
  const [start, end] = [found, found + name.length]
  const before = /(?:^|[\s{,])(?:["']|--)?$/.exec(text.slice(Math.max(0, start - 3), start))
  const after = /^["']?\s{0,4}[:=]\s{0,4}/.exec(text.slice(end, end + 10))
  if (!before || !after) return { start: 0, end: 0 }
  return { start: start - before[0].trimStart().replace(/^[{,]/, '').length, end: end + after[0].length }
}

function closingQuote(text: string): string {
  const last = text.at(-1)
  return last === '"' || last === "'" ? last : ''
}

function textAfter(after: string): string {
  const quote = /^["']/.exec(after)?.[0] ?? ''
  return after.slice(quote.length).trim() === '' ? quote : `${quote} …`
}
