import type { Expression, Template, TemplatePart } from './expression.ts'
import type { Scanner } from './scanner.ts'

/** Reads the expression of an interpolation; told rather than imported, as expressions hold templates in turn. */
export type ReadExpression = (scanner: Scanner) => Expression

/** Reads a quoted text, from its quote on. One that is not closed ends with its line. */
export function parseQuoted(scanner: Scanner, inside: ReadExpression): Template {
  scanner.at++
  const start = scanner.at
  const parts = parseParts(scanner, { inside, quoted: true })
  const end = scanner.at
  scanner.take('"')
  return { kind: 'template', start, end, parts, heredoc: false, indented: false }
}

const longestHead = 120

/** Reads a here-document, from its `<<` on; `undefined` where those two characters are none. One without its end takes the rest. */
export function parseHeredoc(scanner: Scanner, inside: ReadExpression): Template | undefined {
  const { text } = scanner
  const head = text.slice(scanner.at, Math.min(scanner.limit, scanner.at + longestHead))
  const mark = /^<<(-?)([A-Za-z_][\w-]{0,99})[ \t\r]{0,9}\n/.exec(head)
  if (!mark) return undefined
  const start = scanner.at + mark[0].length
  const { end, after } = findEnd(scanner, start, mark[2] ?? '')
  scanner.at = start
  const parts = scanner.within(end, () => parseParts(scanner, { inside, quoted: false }))
  scanner.at = Math.min(after, scanner.limit)
  const template: Template = { kind: 'template', start, end, parts, heredoc: true, indented: mark[1] === '-' }
  scanner.heredocs.push(template)
  return template
}

/** The line that holds nothing but the marker: where it starts and where it ends. */
function findEnd(scanner: Scanner, start: number, marker: string): { readonly end: number; readonly after: number } {
  for (let line = start; line < scanner.limit; ) {
    const lineEnd = scanner.endOfLine(line)
    // Most lines are too long, or differ in their last character: those are not copied.
    if (scanner.text.startsWith(marker, firstInLine(scanner, line, lineEnd))) {
      if (scanner.text.slice(line, lineEnd).trim() === marker) return { end: line, after: lineEnd }
    }
    line = lineEnd + 1
  }
  return { end: scanner.limit, after: scanner.limit }
}

function firstInLine({ text }: Scanner, line: number, lineEnd: number): number {
  let first = line
  while (first < lineEnd && (text[first] === ' ' || text[first] === '\t')) first++
  return first
}

interface Mode {
  readonly inside: ReadExpression
  /** In quotes: escapes count, and a quote or a line end ends the text. */
  readonly quoted: boolean
}

function parseParts(scanner: Scanner, { inside, quoted }: Mode): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  while (!scanner.isAtEnd) {
    const start = scanner.at
    if (quoted && (scanner.here === '"' || scanner.here === '\n')) break
    if (scanner.startsWith('${')) parts.push(parseInterpolation(scanner, inside))
    else if (scanner.startsWith('%{')) parts.push(parseDirective(scanner, inside))
    else {
      const text = parseText(scanner, quoted)
      parts.push({ kind: 'text', text, start, end: scanner.at })
    }
  }
  return parts
}

/** Text up to the next interpolation, directive or end, decoded. Every escape is a part of its own, so that the rest maps to the file unit by unit. */
function parseText(scanner: Scanner, quoted: boolean): string {
  const { text } = scanner
  const escaped = parseEscape(scanner, quoted)
  if (escaped !== undefined) return escaped
  const start = scanner.at
  for (scanner.at++; !scanner.isAtEnd; scanner.at++) {
    const character = text[scanner.at]
    if (quoted && (character === '"' || character === '\n' || character === '\\')) break
    if ((character === '$' || character === '%') && isOpening(scanner)) break
  }
  return text.slice(start, scanner.at)
}

/** `${`, `%{`, and either with the first sign doubled, which stands for itself. */
function isOpening({ text, at }: Scanner): boolean {
  return text[at + 1] === '{' || (text[at + 1] === text[at] && text[at + 2] === '{')
}

function parseEscape(scanner: Scanner, quoted: boolean): string | undefined {
  if (scanner.take('$${')) return '${'
  if (scanner.take('%%{')) return '%{'
  if (!quoted || scanner.here !== '\\') return undefined
  const next = scanner.text[scanner.at + 1] ?? ''
  const digits = next === 'u' ? 4 : next === 'U' ? 8 : 0
  const code =
    digits === 0 ? Number.NaN : hexadecimal(scanner.text.slice(scanner.at + 2, scanner.at + 2 + digits), digits)
  const isLineEnd = next === '\n' || next === ''
  scanner.at = Math.min(scanner.limit, scanner.at + (isLineEnd ? 1 : Number.isNaN(code) ? 2 : 2 + digits))
  if (isLineEnd) return '\\'
  return Number.isNaN(code) ? (escapes.get(next) ?? `\\${next}`) : String.fromCodePoint(code)
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
  // Terraform as JSON has these, too.
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
])

function hexadecimal(digits: string, length: number): number {
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) return Number.NaN
  const code = Number.parseInt(digits, 16)
  return code <= 0x10ffff ? code : Number.NaN
}

function parseInterpolation(scanner: Scanner, inside: ReadExpression): TemplatePart {
  const start = scanner.at
  scanner.at += 2
  scanner.take('~')
  const expression = scanner.nested<Expression>({ kind: 'other', start, end: scanner.at }, () => inside(scanner))
  closeBrace(scanner, start + 2)
  return { kind: 'interpolation', expression, start, end: scanner.at }
}

function parseDirective(scanner: Scanner, inside: ReadExpression): TemplatePart {
  const start = scanner.at
  scanner.at += 2
  scanner.take('~')
  scanner.skipBlanks(true)
  const word = scanner.identifier() ?? ''
  const from = scanner.at
  scanner.nested<Expression | undefined>(undefined, () => (word === 'if' ? inside(scanner) : undefined))
  closeBrace(scanner, from)
  return { kind: 'directive', word, start, end: scanner.at }
}

/** What is left of an expression that could not be read goes up to the next brace, or to the end of the line it ended on. */
function closeBrace(scanner: Scanner, from: number): void {
  scanner.skipBlanks(true)
  scanner.take('~')
  if (scanner.take('}') || scanner.isAtEnd) return
  scanner.at = Math.max(from, Math.min(scanner.at, scanner.operandEnd))
  while (!scanner.isAtEnd && scanner.here !== '\n') {
    if (scanner.take('}')) return
    scanner.at++
  }
}
