import type { Expression, ObjectEntry, Stretch } from './expression.ts'
import { parseHeredoc, parseQuoted } from './parse-template.ts'
import type { Scanner } from './scanner.ts'

/**
 * Reads one expression. Of what leads to no text only the place is kept; what cannot be read is passed over.
 * `linesToo`: line ends mean nothing, as between round and square brackets.
 */
export function parseExpression(scanner: Scanner, linesToo: boolean): Expression {
  scanner.skipBlanks(linesToo)
  const start = scanner.at
  const other = { kind: 'other', start, end: start } as const
  return scanner.nested<Expression>(other, () => {
    const operand = parseOperators(scanner, linesToo)
    scanner.skipBlanks(linesToo)
    return scanner.take('?') ? parseChoice(scanner, { start, linesToo }) : operand
  })
}

/** Reads the inside of an interpolation. */
export function parseInside(scanner: Scanner): Expression {
  return parseExpression(scanner, true)
}

interface Begun {
  readonly start: number
  readonly linesToo: boolean
}

function parseChoice(scanner: Scanner, { start, linesToo }: Begun): Expression {
  const yes = parseExpression(scanner, linesToo)
  scanner.skipBlanks(true)
  if (!scanner.take(':')) return { kind: 'other', start, end: scanner.operandEnd }
  const no = parseExpression(scanner, linesToo)
  return { kind: 'choice', options: [yes, no], start, end: scanner.operandEnd }
}

const operators: readonly string[] = [
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '=>',
  '...',
  '+',
  '-',
  '*',
  '/',
  '%',
  '<',
  '>',
]

function parseOperators(scanner: Scanner, linesToo: boolean): Expression {
  const start = scanner.at
  let expression: Expression | undefined
  for (;;) {
    while (scanner.here === '!' || scanner.here === '-') {
      scanner.at++
      scanner.skipBlanks(linesToo)
    }
    const from = scanner.at
    const operand = parseOperand(scanner)
    const isFirst = expression === undefined && from === start
    scanner.operandEnd = scanner.at
    expression = isFirst ? operand : { kind: 'other', start, end: scanner.at }
    scanner.skipBlanks(linesToo)
    if (!takeOperator(scanner)) return expression
    scanner.skipBlanks(linesToo)
  }
}

function takeOperator(scanner: Scanner): boolean {
  // `<<` is where a here-document starts, and no operator.
  return operators.some(operator => scanner.take(operator))
}

function parseOperand(scanner: Scanner): Expression {
  const start = scanner.at
  const character = scanner.here
  if (character === '"') return parseQuoted(scanner, parseInside)
  if (character === '{') return parseObject(scanner)
  if (character === '[') return parseList(scanner)
  if (character === '(') return parseBracketed(scanner)
  if (character >= '0' && character <= '9') return parseNumber(scanner)
  const heredoc = scanner.startsWith('<<') ? parseHeredoc(scanner, parseInside) : undefined
  if (heredoc) return heredoc
  const name = scanner.identifier()
  if (name === undefined) return { kind: 'other', start, end: start }
  if (scanner.here === '(') return parseCall(scanner, { name, start })
  const value = words.get(name)
  return value === undefined
    ? parsePath(scanner, { path: [name], start })
    : { kind: 'literal', value, ...till(start, scanner) }
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

function till(start: number, { at }: Scanner): Stretch {
  return { start, end: at }
}

function parseNumber(scanner: Scanner): Expression {
  const start = scanner.at
  while (/[\w.]/.test(scanner.here)) scanner.at++
  return { kind: 'literal', value: Number(scanner.text.slice(start, scanner.at)), ...till(start, scanner) }
}

interface BegunPath {
  /** `undefined` once a part of it is not known. */
  path: readonly string[] | undefined
  readonly start: number
}

/** `.name`, `.0`, `.*`, `["name"]`, `[0]`, `[*]`, `[each.key]` */
function parsePath(scanner: Scanner, { path: first, start }: BegunPath): Expression {
  let path = first
  for (;;) {
    let step: string | undefined
    if (scanner.here === '.' && !scanner.startsWith('...')) {
      scanner.at++
      step = scanner.identifier() ?? parseStepNumber(scanner)
    } else if (scanner.here === '[') {
      step = parseIndex(scanner)
    } else break
    // A splat stands for all of a list: of one name, where the list has one.
    path = step === undefined || path === undefined ? undefined : [...path, step]
    if (path !== undefined && path.length > longestPath) path = undefined
  }
  return path ? { kind: 'traversal', path, ...till(start, scanner) } : { kind: 'other', ...till(start, scanner) }
}

const longestPath = 20

function parseStepNumber(scanner: Scanner): string | undefined {
  if (scanner.take('*')) return '*'
  const start = scanner.at
  while (scanner.here >= '0' && scanner.here <= '9') scanner.at++
  return scanner.at > start ? scanner.text.slice(start, scanner.at) : undefined
}

function parseIndex(scanner: Scanner): string | undefined {
  scanner.at++
  scanner.skipBlanks(true)
  if (scanner.take('*')) {
    closeWith(scanner, ']')
    return '*'
  }
  const index = parseExpression(scanner, true)
  closeWith(scanner, ']')
  if (index.kind === 'literal') return String(index.value)
  return index.kind === 'template' ? plainText(index.parts) : undefined
}

function plainText(parts: readonly { readonly kind: string; readonly text?: string }[]): string | undefined {
  return parts.every(({ kind }) => kind === 'text') ? parts.map(({ text }) => text).join('') : undefined
}

function parseBracketed(scanner: Scanner): Expression {
  const start = scanner.at
  scanner.at++
  const inside = parseExpression(scanner, true)
  closeWith(scanner, ')')
  return scanner.here === '.' || scanner.here === '[' ? parsePath(scanner, { path: undefined, start }) : inside
}

function parseCall(scanner: Scanner, { name, start }: { readonly name: string; readonly start: number }): Expression {
  const args = parseItems(scanner, ')')
  const call: Expression = { kind: 'call', name, args, ...till(start, scanner) }
  return scanner.here === '.' || scanner.here === '[' ? parsePath(scanner, { path: undefined, start }) : call
}

function parseList(scanner: Scanner): Expression {
  const start = scanner.at
  const items = parseItems(scanner, ']')
  return { kind: 'list', items, ...till(start, scanner) }
}

/** What stands between brackets, from the opening one on. A `for` gives no items. */
function parseItems(scanner: Scanner, close: string): readonly Expression[] {
  scanner.at++
  const items: Expression[] = []
  while (!scanner.isAtEnd) {
    scanner.skipBlanks(true)
    if (scanner.take(close) || scanner.isAtEnd) break
    if (isFor(scanner)) {
      closeWith(scanner, close)
      return []
    }
    const before = scanner.at
    items.push(parseExpression(scanner, true))
    scanner.skipBlanks(true)
    if (!scanner.take(',') && scanner.at === before) scanner.at++
  }
  return items
}

/** Up to and past a closing bracket: what stands before it was not understood, or is a `for`. */
function closeWith(scanner: Scanner, close: string): void {
  while (!scanner.isAtEnd) {
    scanner.skipBlanks(true)
    if (scanner.take(close)) return
    const before = scanner.at
    parseExpression(scanner, true)
    if (scanner.at === before) scanner.at++
  }
}

function isFor(scanner: Scanner): boolean {
  const after = scanner.text[scanner.at + 3]
  return scanner.startsWith('for') && (after === ' ' || after === '\t' || after === '\n' || after === '\r')
}

/** `{ key = value, "key" : value }`, one entry a line or with commas. */
function parseObject(scanner: Scanner): Expression {
  const start = scanner.at
  scanner.at++
  scanner.skipBlanks(true)
  if (isFor(scanner)) {
    closeWith(scanner, '}')
    return { kind: 'other', ...till(start, scanner) }
  }
  const entries: ObjectEntry[] = []
  while (!scanner.isAtEnd) {
    scanner.skipBlanks(true)
    if (scanner.take('}') || scanner.isAtEnd) break
    const before = scanner.at
    const key = scanner.nested<Expression>({ kind: 'other', start: before, end: before }, () => parseOperand(scanner))
    scanner.skipBlanks(false)
    if (scanner.take('=') || scanner.take(':')) entries.push({ key, value: parseExpression(scanner, false) })
    scanner.skipBlanks(false)
    if (!scanner.take(',') && scanner.at === before) scanner.at++
  }
  return { kind: 'object', entries, ...till(start, scanner) }
}
