import type { EmbeddedPiece } from '../../text/embedded.ts'
import type { YamlScalar } from '../../yaml/node.ts'

/**
 * Where each part of a scalar's decoded text is written: what indentation, folding, doubled quotes and escapes leave of
 * it. Offsets are into the YAML text. `undefined` for a scalar that is no text, and where the two do not agree. Linear.
 */
export function scalarPieces(content: string, scalar: YamlScalar): readonly EmbeddedPiece[] | undefined {
  const { value, style } = scalar
  if (typeof value !== 'string') return undefined
  const { start, end } = scalar.content
  if (content.slice(start, end) === value) return [{ text: value, start, end }]
  const pieces = style === 'double' ? new EscapedText(content, scalar).read() : alignWords(content, scalar, value)
  return pieces && pieces.map(({ text }) => text).join('') === value ? pieces : undefined
}

/**
 * In every style but the double-quoted one, words are written as they are and only the blanks between them change; a
 * single quote is written twice inside single quotes.
 */
function alignWords(content: string, { content: range, style }: YamlScalar, value: string): readonly EmbeddedPiece[] {
  const pieces: EmbeddedPiece[] = []
  const { end } = range
  let from = range.start
  for (let offset = 0; offset < value.length; ) {
    const blanks = blanksAt(value, offset, value.length)
    const gap = blanksAt(content, from, end)
    if (blanks > 0) {
      // A text of the same length would map unit by unit, which it is only where it is the same text.
      const text = value.slice(offset, offset + blanks)
      pieces.push(...gapPieces(text, content.slice(from, from + gap), from))
      offset += blanks
    }
    from += gap
    const word = wordAt(value, offset)
    for (const part of style === 'single' ? word.split(/(?<=')/) : [word]) {
      const doubled = style === 'single' && part.endsWith("'") ? 1 : 0
      const plain = part.length - doubled
      if (plain > 0) pieces.push({ text: part.slice(0, plain), start: from, end: from + plain })
      if (doubled > 0) pieces.push({ text: "'", start: from + plain, end: from + plain + 2 })
      from += plain + 2 * doubled
    }
    offset += word.length
  }
  return pieces
}

/** The end of a word is where its last character ends: blanks of another length are a piece that starts there. */
function gapPieces(text: string, written: string, start: number): readonly EmbeddedPiece[] {
  const common = Math.min(1, text.length, written.length)
  return [
    { text: text.slice(0, common), start, end: start + common },
    { text: text.slice(common), start: start + common, end: start + written.length },
  ].filter(piece => piece.text !== '' || piece.end > piece.start)
}

function blanksAt(text: string, from: number, end: number): number {
  let offset = from
  while (offset < end && ' \t\r\n\u0085\u2028\u2029'.includes(text.charAt(offset))) offset++
  return offset - from
}

function wordAt(text: string, from: number): string {
  let end = from
  while (end < text.length && blanksAt(text, end, end + 1) === 0) end++
  return text.slice(from, end)
}

/** The text between double quotes, escapes and folded lines decoded as YAML says. */
class EscapedText {
  readonly #content: string
  readonly #end: number
  readonly #pieces: EmbeddedPiece[] = []
  #offset: number

  constructor(content: string, { content: range }: YamlScalar) {
    this.#content = content
    this.#offset = range.start
    this.#end = range.end
  }

  read(): readonly EmbeddedPiece[] {
    const { length } = this.#content
    while (this.#offset < Math.min(this.#end, length)) {
      if (this.#content[this.#offset] === '\\') this.#readEscape()
      else if (blanksAt(this.#content, this.#offset, this.#end) > 0) this.#readBlanks()
      else this.#readPlain()
    }
    return this.#pieces
  }

  #readPlain(): void {
    const start = this.#offset
    const isPlain = (offset: number) =>
      offset < this.#end && this.#content[offset] !== '\\' && blanksAt(this.#content, offset, offset + 1) === 0
    while (isPlain(this.#offset)) this.#offset++
    this.#add(this.#content.slice(start, this.#offset), start)
  }

  #readBlanks(): void {
    const start = this.#offset
    const length = blanksAt(this.#content, start, this.#end)
    const blanks = this.#content.slice(start, start + length)
    this.#offset += length
    const breaks = blanks.replaceAll('\r\n', '\n').replaceAll(/[ \t]/g, '').length
    this.#add(breaks === 0 ? blanks : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), start)
  }

  #readEscape(): void {
    const start = this.#offset
    const kind = this.#content.charAt(start + 1)
    const digits = digitsOf.get(kind)
    this.#offset += 2 + (digits ?? 0)
    if (digits !== undefined) {
      const code = Number.parseInt(this.#content.slice(start + 2, this.#offset), 16)
      this.#add(code <= 0x10_ff_ff ? String.fromCodePoint(code) : '', start)
    } else if (kind === '\n' || kind === '\r') {
      this.#offset += blanksAt(this.#content, this.#offset, this.#end)
    } else this.#add(escapes.get(kind) ?? kind, start)
  }

  #add(text: string, start: number): void {
    this.#pieces.push({ text, start, end: Math.min(this.#offset, this.#end) })
  }
}

const digitsOf: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

const escapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])
