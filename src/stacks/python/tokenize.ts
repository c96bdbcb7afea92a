import { isWhiteSpace } from '../../references/grammar.ts'
import { type Bracket, Brackets } from './brackets.ts'
import { isDigit, isLineEnd, isNamePart, isNameStart } from './characters.ts'
import { decodeEscapes, type StringStart, stringStartAt } from './string-literal.ts'
import type { Token } from './token.ts'

/**
 * Splits Python into tokens, in linear time and for any text: what is no Python gives tokens that mean nothing. A
 * string without its closing quote ends with its line (three quotes: with the text), and an open bracket ends before a
 * line that begins with a word no expression may begin with. Comments, lines of a notebook's magic (`!ls`, `%time`) and
 * tags of templates (`{% if x %}`) leave no token.
 */
export function tokenize(text: string): readonly Token[] {
  return new Tokenizer(text).run()
}

const closers: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

/** Words that begin a statement and never a line inside brackets. */
const statementWords: ReadonlySet<string> = new Set([
  'def',
  'class',
  'import',
  'return',
  'while',
  'with',
  'try',
  'except',
  'finally',
  'raise',
  'assert',
  'del',
  'global',
  'nonlocal',
])

const maxTag = 200

/** Python's own bound on nested brackets. */
const maxDepth = 200

const longOperators: readonly string[] = ['**=', '//=', '...', ':=', '==', '!=', '<=', '>=', '->', '+=', '-=', '*=']

class Tokenizer {
  readonly #text: string
  readonly #tokens: Token[] = []
  readonly #brackets = new Brackets()
  #at = 0
  /** Offset of the first character of the physical line. */
  #lineStart = 0
  #isLineStart = true

  constructor(text: string) {
    this.#text = text
  }

  run(): readonly Token[] {
    while (this.#at < this.#text.length) this.#step()
    this.#closeTo(0)
    this.#endLine()
    return this.#tokens
  }

  #step(): void {
    const code = this.#text.charCodeAt(this.#at)
    if (isLineEnd(code)) this.#lineEnd()
    else if (code === 0x5c) this.#backslash()
    else if (isWhiteSpace(code) || code === 0xfeff) this.#at++
    else if (code === 0x23 || this.#isSkippedLine()) this.#at = lineEndAfter(this.#text, this.#at)
    else if (!this.#skipTag() && !this.#endsTemplate()) this.#token(code)
  }

  #token(code: number): void {
    const character = this.#text.charAt(this.#at)
    const string = stringStartAt(this.#text, this.#at)
    if (string) this.#string(string)
    else if (isNameStart(code)) this.#name()
    else if (isDigit(code)) this.#push('number', this.#endOfNumber())
    else if (character === '(' || character === '[' || character === '{') this.#open({ character })
    else if (closers.has(character)) this.#close(character)
    else this.#operator()
  }

  #lineEnd(): void {
    this.#closeTo(this.#brackets.outermostLineTemplate() ?? this.#brackets.depth)
    if (this.#brackets.depth === 0) this.#endLine()
    this.#at++
    this.#lineStart = this.#at
    this.#isLineStart = true
  }

  /** A line that goes on: the line end after the backslash is none. Anything else after it is no Python. */
  #backslash(): void {
    this.#at++
    if (this.#text.startsWith('\r\n', this.#at)) this.#at += 2
    else if (isLineEnd(this.#text.charCodeAt(this.#at))) this.#at++
  }

  #endLine(): void {
    if ((this.#tokens.at(-1)?.kind ?? 'newline') !== 'newline') this.#push('newline', this.#at)
  }

  #isSkippedLine(): boolean {
    const character = this.#text.charAt(this.#at)
    return (
      (character === '!' || character === '%') &&
      this.#isLineStart &&
      this.#brackets.depth === 0 &&
      this.#text.charAt(this.#at + 1) !== '='
    )
  }

  /** `{% … %}` and `{# … #}` of a template, on one line. */
  #skipTag(): boolean {
    const sign = this.#text.charAt(this.#at + 1)
    if (this.#text.charAt(this.#at) !== '{' || (sign !== '%' && sign !== '#')) return false
    const [tag = ''] = this.#text.slice(this.#at, this.#at + maxTag).split('\n', 1)
    const end = tag.indexOf(`${sign}}`, 2)
    if (end >= 0) this.#at += end + 2
    return end >= 0
  }

  /** The three quotes that end an f-string whose expression was never closed. */
  #endsTemplate(): boolean {
    const innermost = this.#brackets.innermostTemplate()
    const quote = innermost?.template.quote
    if (!innermost || quote?.length !== 3 || !this.#text.startsWith(quote, this.#at)) return false
    this.#closeTo(innermost.depth)
    this.#at += quote.length
    return true
  }

  #name(): void {
    const end = this.#endOfName(this.#at)
    const isStatement = this.#isLineStart && statementWords.has(this.#text.slice(this.#at, end))
    if (isStatement && this.#brackets.depth > 0) {
      this.#closeTo(0)
      this.#endLine()
    }
    this.#push('name', end)
  }

  #endOfName(from: number): number {
    let end = from
    while (end < this.#text.length && isNamePart(this.#text.charCodeAt(end))) end++
    return end
  }

  #endOfNumber(): number {
    const end = this.#endOfName(this.#at)
    return this.#text.charAt(end) === '.' ? this.#endOfName(end + 1) : end
  }

  #operator(): void {
    const long = longOperators.find(operator => this.#text.startsWith(operator, this.#at))
    this.#push('operator', this.#at + (long?.length ?? 1))
  }

  /** What is deeper than Python allows is no bracket. */
  #open(bracket: Bracket): void {
    if (this.#brackets.depth >= maxDepth) {
      this.#at++
      return
    }
    this.#push('open', this.#at + 1)
    this.#brackets.push(bracket)
  }

  #close(character: string): void {
    const opener = closers.get(character) ?? ''
    if (!this.#brackets.has(opener)) {
      this.#at++
      return
    }
    while (this.#brackets.top()?.character !== opener) this.#closeTo(this.#brackets.depth - 1)
    const template = this.#brackets.pop()?.template
    this.#push('close', this.#at + 1)
    if (template) this.#templateText(template)
  }

  /** Closes all brackets but the first `depth`, with tokens of no length. */
  #closeTo(depth: number): void {
    while (this.#brackets.depth > depth) {
      const bracket = this.#brackets.pop()
      this.#push('close', this.#at)
      if (bracket?.template) this.#push('template-end', this.#at)
    }
  }

  #string(start: StringStart): void {
    if (start.isTemplate) {
      this.#push('template-start', start.contentStart)
      this.#templateText(start)
      return
    }
    const end = this.#endOfString(start)
    const written = this.#text.slice(start.contentStart, end)
    const isClosed = this.#text.startsWith(start.quote, end)
    this.#push('string', isClosed ? end + start.quote.length : end, {
      text: decodeEscapes(written, start.isRaw),
      content: { start: start.contentStart, end },
      ...(start.isBytes && { isBytes: true }),
    })
  }

  #endOfString({ quote, contentStart }: StringStart): number {
    let at = contentStart
    while (at < this.#text.length) {
      const code = this.#text.charCodeAt(at)
      if (code === 0x5c) at += this.#text.startsWith('\r\n', at + 1) ? 3 : 2
      else if (isLineEnd(code) && quote.length === 1) return at
      else if (this.#text.startsWith(quote, at)) return at
      else at++
    }
    return this.#text.length
  }

  /** The text of an f-string up to its end or the next expression, whose bracket it opens. */
  #templateText(template: StringStart): void {
    const { quote, isRaw } = template
    const parts: string[] = []
    let from = this.#at
    let at = from
    const take = (end: number): void => {
      parts.push(decodeEscapes(this.#text.slice(from, end), isRaw))
    }
    while (at < this.#text.length) {
      const character = this.#text.charAt(at)
      const isBrace = character === '{' || character === '}'
      if (isBrace && this.#text.charAt(at + 1) === character) {
        take(at + 1)
        at += 2
        from = at
      } else if (character === '{' || this.#text.startsWith(quote, at)) break
      else if (quote.length === 1 && isLineEnd(this.#text.charCodeAt(at))) break
      else at += character === '\\' && !'{}'.includes(this.#text.charAt(at + 1)) ? 2 : 1
    }
    at = Math.min(at, this.#text.length)
    take(at)
    this.#push('template-text', at, { text: parts.join('') })
    if (this.#text.startsWith(quote, at)) this.#push('template-end', at + quote.length)
    else if (this.#text.charAt(at) === '{' && this.#brackets.depth < maxDepth) this.#open({ character: '{', template })
    else this.#push('template-end', at)
  }

  #push(kind: Token['kind'], end: number, rest?: Partial<Token>): void {
    const start = this.#at
    const text = rest?.text ?? this.#text.slice(start, end)
    const isFirst = kind !== 'newline' && (this.#tokens.at(-1)?.kind ?? 'newline') === 'newline'
    const indent = isFirst ? { indent: widthOf(this.#text, this.#lineStart, start) } : undefined
    this.#tokens.push({ kind, start, end, ...rest, text, ...indent })
    this.#isLineStart = false
    this.#at = end
  }
}

function lineEndAfter(text: string, offset: number): number {
  let end = offset
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++
  return end
}

/** Width of the blanks between two offsets, where they are all there is; a tab goes on to the next multiple of eight. */
function widthOf(text: string, start: number, end: number): number {
  let width = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code !== 0xfeff) width += code === 0x09 ? 8 - (width % 8) : 1
  }
  return width
}
