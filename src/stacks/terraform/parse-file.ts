import type { Block, Expression, Template } from './expression.ts'
import { parseExpression, parseInside } from './parse-expression.ts'
import { parseQuoted } from './parse-template.ts'
import { Scanner } from './scanner.ts'

export interface TerraformText {
  /** At the top of the text. */
  readonly blocks: readonly Block[]
  readonly heredocs: readonly Template[]
  /** Offset from which on nothing was read, as it is nested too deep. */
  readonly tooDeepAt: number | undefined
}

/**
 * Reads a text as Terraform's own language, as far as it goes: an expression or a block that is broken costs itself,
 * and what follows is read. Linear time.
 */
export function parseTerraform(text: string): TerraformText {
  const scanner = new Scanner(text)
  const blocks: Block[] = []
  // A brace too many ends no more than the block before it.
  while (!scanner.isAtEnd) blocks.push(...parseBody(scanner, { inBlock: false }).blocks)
  return { blocks, heredocs: scanner.heredocs, tooDeepAt: scanner.tooDeepAt }
}

type Body = Pick<Block, 'attributes' | 'blocks'>

function parseBody(scanner: Scanner, { inBlock }: { readonly inBlock: boolean }): Body {
  const attributes = new Map<string, Expression>()
  const blocks: Block[] = []
  while (!scanner.isAtEnd) {
    scanner.skipBlanks(true)
    if (scanner.take('}') || scanner.isAtEnd || (inBlock && startsAnew(scanner))) break
    const start = scanner.at
    const name = scanner.identifier()
    scanner.skipBlanks(false)
    if (name === undefined) skipItem(scanner, start)
    else if (scanner.here === '=' && !scanner.startsWith('==')) {
      scanner.at++
      attributes.set(name, parseExpression(scanner, false))
    } else {
      const block = parseBlock(scanner, { type: name, start })
      if (block) blocks.push(block)
    }
  }
  return { attributes, blocks }
}

/** Something that starts no item: passed over with its brackets and texts, so that they lead no further astray. */
function skipItem(scanner: Scanner, start: number): void {
  parseExpression(scanner, false)
  if (scanner.at === start) scanner.at++
}

const longestLabels = 8

function parseBlock(
  scanner: Scanner,
  { type, start }: { readonly type: string; readonly start: number },
): Block | undefined {
  const labels: string[] = []
  while (labels.length < longestLabels) {
    const label = scanner.here === '"' ? textOf(parseQuoted(scanner, parseInside)) : scanner.identifier()
    if (label === undefined) break
    labels.push(label)
    scanner.skipBlanks(false)
  }
  const header = { start, end: start + scanner.text.slice(start, scanner.at).trimEnd().length }
  if (!scanner.take('{')) return undefined
  const empty: Body = { attributes: new Map(), blocks: [] }
  const body = scanner.nested(empty, () => parseBody(scanner, { inBlock: true }))
  return { type, labels, header, ...body, start, end: scanner.at }
}

function textOf({ parts }: Template): string {
  return parts.map(part => (part.kind === 'text' ? part.text : '')).join('')
}

const topWords: ReadonlySet<string> = new Set([
  'resource',
  'data',
  'locals',
  'variable',
  'module',
  'output',
  'provider',
])

/** A block of the top level at the start of a line: the brace that should have closed the block before it is missing. */
function startsAnew(scanner: Scanner): boolean {
  const { text, at } = scanner
  if (at > 0 && text[at - 1] !== '\n') return false
  const line = /^([a-z]{4,8}) {0,9}["{]/.exec(text.slice(at, at + 20))
  return line !== null && topWords.has(line[1] ?? '')
}
