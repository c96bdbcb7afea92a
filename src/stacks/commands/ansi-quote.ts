import type { Stretch } from './word.ts'

export interface QuotedPart extends Stretch {
  readonly text: string
}

/**
 * The parts of `$'…'`, whose escapes are those of C, from the offset behind its quote; `undefined` where no quote
 * closes it. `end` is the offset of that quote.
 */
export function readAnsiQuote(
  text: string,
  start: number,
): { readonly parts: readonly QuotedPart[]; readonly end: number } | undefined {
  const parts: QuotedPart[] = []
  let offset = start
  while (offset < text.length) {
    const character = text[offset]
    if (character === "'") return { parts, end: offset }
    const part = character === '\\' ? readEscape(text, offset) : readPlain(text, offset)
    parts.push(part)
    offset = part.end
  }
  return undefined
}

function readPlain(text: string, start: number): QuotedPart {
  const pattern = /[^'\\]+/y
  pattern.lastIndex = start
  const plain = pattern.exec(text)?.[0] ?? ''
  return { text: plain, start, end: start + plain.length }
}

const letters: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['E', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['?', '?'],
])

function readEscape(text: string, start: number): QuotedPart {
  const letter = letters.get(text[start + 1] ?? '')
  if (letter !== undefined) return { text: letter, start, end: start + 2 }
  const pattern = /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3}))/y
  pattern.lastIndex = start
  const match = pattern.exec(text)
  if (!match) return { text: '\\', start, end: start + 1 }
  const [written, byte, short, long, octal] = match
  const code = octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8) & 0xff
  return { text: code > 0x10ffff ? written : String.fromCodePoint(code), start, end: start + written.length }
}
