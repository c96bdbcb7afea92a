import type { Template } from './expression.ts'

export const maxDepth = 64

/**
 * A text being read from front to back. Nothing is read twice, so reading takes linear time; nested deeper than 64
 * levels, the rest of the text is left unread.
 */
export class Scanner {
  readonly text: string
  at = 0
  /** Nothing is read from here on: the end of the text, or of the here-document that an expression stands in. */
  limit: number
  /** Where the nesting became too deep. */
  tooDeepAt: number | undefined
  /** Where the last operand of an expression ended, quotes included. */
  operandEnd = 0
  /** In file order of their ends. */
  readonly heredocs: Template[] = []
  #depth = 0

  constructor(text: string) {
    this.text = text
    this.limit = text.length
  }

  get isAtEnd(): boolean {
    return this.at >= this.limit
  }

  /** The character here; empty at the end. */
  get here(): string {
    return this.isAtEnd ? '' : (this.text[this.at] ?? '')
  }

  startsWith(word: string): boolean {
    return this.at + word.length <= this.limit && this.text.startsWith(word, this.at)
  }

  take(word: string): boolean {
    if (!this.startsWith(word)) return false
    this.at += word.length
    return true
  }

  /** Reads what is one level deeper; beyond the bound, ends the whole reading and gives `instead`. */
  nested<T>(instead: T, read: () => T): T {
    if (this.#depth >= maxDepth) {
      this.tooDeepAt ??= this.at
      this.limit = Math.min(this.limit, this.at)
      return instead
    }
    this.#depth++
    const result = read()
    this.#depth--
    return result
  }

  /** Reads what ends before `end`. */
  within<T>(end: number, read: () => T): T {
    const outer = this.limit
    this.limit = Math.min(end, outer)
    const result = read()
    this.limit = this.tooDeepAt === undefined ? outer : Math.min(outer, this.tooDeepAt)
    return result
  }

  /** Blanks and comments, and line ends where they mean nothing. */
  skipBlanks(linesToo: boolean): void {
    while (!this.isAtEnd) {
      const character = this.here
      if (character === ' ' || character === '\t' || character === '\r' || character === '\uFEFF') this.at++
      else if (linesToo && character === '\n') this.at++
      else if (character === '#' || this.startsWith('//')) this.skipLine()
      else if (this.startsWith('/*')) this.#skipComment()
      else return
    }
  }

  /** Up to the line end, which stays. */
  skipLine(): void {
    this.at = this.endOfLine(this.at)
  }

  endOfLine(from: number): number {
    const end = this.text.indexOf('\n', from)
    return end < 0 || end > this.limit ? this.limit : end
  }

  /** The identifier here, dashes included; `undefined` where none starts. */
  identifier(): string | undefined {
    const start = this.at
    if (!isNameStart(this.text.charCodeAt(start)) || this.isAtEnd) return undefined
    while (this.at < this.limit && isNamePart(this.text.charCodeAt(this.at))) this.at++
    return this.text.slice(start, this.at)
  }

  #skipComment(): void {
    for (this.at += 2; !this.isAtEnd; this.at++) if (this.take('*/')) return
  }
}

const underscore = 0x5f
const dash = 0x2d

function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === underscore || code > 0xbf
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || (code >= 0x30 && code <= 0x39) || code === dash
}
