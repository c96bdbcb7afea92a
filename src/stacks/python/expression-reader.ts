import { attributeOf } from './attribute-access.ts'
import type { Calls } from './calls.ts'
import { Expression } from './expression.ts'
import { Frame, type FrameKind } from './frame.ts'
import type { Scopes } from './scopes.ts'
import type { Token } from './token.ts'
import { type Item, type Stretch, unknown, type Value } from './value.ts'

/** Words that join operands, and others no name can be. */
const words: ReadonlySet<string> = new Set(
  'and or not if elif else in is for lambda yield from import return raise del pass assert global while try'.split(' '),
)

const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['None', null],
  ['True', true],
  ['False', false],
])

const kinds: ReadonlyMap<string, FrameKind> = new Map([
  ['(', 'group'],
  ['[', 'list'],
  ['{', 'braces'],
])

/** What a bracket or an f-string interrupts: the callee, and the token before an f-string. */
interface Interrupted {
  readonly frame: Frame
  readonly before: Token | undefined
}

/**
 * Reads the tokens of expressions from left to right and hands each call to `calls` once its arguments are known. What
 * is interrupted by brackets waits on a stack.
 */
export class ExpressionReader {
  readonly #scopes: Scopes
  readonly #calls: Calls
  readonly #interrupted: Interrupted[] = []
  #frame = new Frame('top', { start: 0, end: 0 })
  /** Of the function whose header was read last. */
  parameters: Frame | undefined

  constructor(scopes: Scopes, calls: Calls) {
    this.#scopes = scopes
    this.#calls = calls
  }

  /** Whether no bracket is open. */
  get isOutside(): boolean {
    return this.#interrupted.length === 0
  }

  /** The expression at hand. */
  get expression(): Expression {
    return this.#frame.expression
  }

  /** Leaves the expression at hand, and what stands before commas where no bracket is open, behind. */
  reset(): void {
    if (this.isOutside) this.#frame = new Frame('top', { start: 0, end: 0 })
    else this.#frame.expression = new Expression()
  }

  /** The value of what was read outside of brackets; several with commas between them are a list. */
  end(): Value {
    this.#endItem()
    const { items, hasComma } = this.#frame
    const [first] = items
    this.reset()
    return hasComma ? { kind: 'list', items } : (first?.value ?? unknown)
  }

  openParameters(token: Token): void {
    this.#push('parameters', token, undefined)
  }

  /** `before` is the token that stands before. */
  read(token: Token, before: Token | undefined): void {
    const { kind, start, end } = token
    if (kind === 'name') this.#name(token)
    else if (kind === 'operator') this.#operator(token, before)
    else if (kind === 'open') this.#open(token)
    else if (kind === 'close') this.#close(token)
    else if (kind === 'string') this.#string(stringValue(token), token, before)
    else if (kind === 'template-start') this.#push('template', token, before)
    else if (kind === 'template-text') this.#frame.addPart(token.text)
    else if (kind === 'template-end') this.#endTemplate(token)
    else if (kind === 'number') this.#operand({ kind: 'constant', value: Number(token.text), start, end }, token)
  }

  #name(token: Token): void {
    const { expression } = this
    const { text, start, end } = token
    if (expression.isDotted) {
      expression.isDotted = false
      expression.cover(token)
      expression.operand = attributeOf(expression.operand ?? unknown, text)
    } else if (this.#frame.kind === 'parameters' && expression.isEmpty && expression.keyword === undefined) {
      expression.keyword = text
      expression.cover(token)
    } else if (words.has(text)) {
      expression.alternate()
      expression.cover(token)
    } else if (text !== 'await') {
      const value = constants.get(text)
      this.#operand(value === undefined ? this.#scopes.lookUp(text) : { kind: 'constant', value, start, end }, token)
    }
  }

  #operand(value: Value, token: Token): void {
    const { expression } = this
    expression.cover(token)
    if (!expression.isDotted) expression.add(value, token.start)
    expression.isDotted = false
  }

  /** A string that stands right after another is one text with it. */
  #string(value: Value, { start, end }: Stretch, before: Token | undefined): void {
    const { expression } = this
    expression.cover({ start, end })
    const isPair = before?.kind === 'string' || before?.kind === 'template-end'
    if (isPair && expression.operand) expression.join(value)
    else expression.add(value, start)
  }

  #operator({ text, start, end }: Token, before: Token | undefined): void {
    const { expression } = this
    if (text === ',') {
      this.#frame.hasComma = true
      this.#endItem()
    } else if (text === '.') expression.isDotted = expression.operand !== undefined
    else if (text === ':') this.#colon()
    else if (text === '=') this.#equals(before)
    else if (text === ':=') this.#bindTo(before)
    else if ((text === '*' || text === '**') && expression.isEmpty) expression.isSpread = true
    else {
      if (text === '+') expression.plus()
      else expression.alternate()
      expression.cover({ start, end })
    }
  }

  #colon(): void {
    if (this.#frame.kind === 'braces') this.#frame.endKey()
    else if (this.#frame.kind === 'field') this.#frame.addPart(undefined)
    else if (this.#frame.kind !== 'parameters') this.expression.alternate()
  }

  #equals(before: Token | undefined): void {
    const { expression } = this
    const { kind } = this.#frame
    if (kind === 'field') this.#frame.addPart(undefined)
    const keyword = kind === 'parameters' ? expression.keyword : before?.kind === 'name' ? before.text : undefined
    if (kind === 'parameters' && keyword !== undefined) {
      this.#frame.annotations ??= new Map()
      this.#frame.annotations.set(keyword, expression.value())
    }
    if ((kind === 'call' || kind === 'parameters') && keyword !== undefined) {
      this.#frame.expression = new Expression()
      this.#frame.expression.keyword = keyword
    } else expression.alternate()
  }

  #bindTo(before: Token | undefined): void {
    const { keyword } = this.expression
    this.#frame.expression = new Expression()
    this.#frame.expression.keyword = keyword
    if (before?.kind === 'name') this.#frame.expression.boundTo = before.text
  }

  #endItem(): Item | undefined {
    const { boundTo } = this.expression
    const item = this.#frame.endItem()
    if (item && boundTo !== undefined) this.#scopes.bind(boundTo, item.value)
    return item
  }

  #push(kind: FrameKind, { start, end }: Stretch, before: Token | undefined): void {
    this.#interrupted.push({ frame: this.#frame, before })
    this.#frame = new Frame(kind, { start, end })
  }

  #open(token: Token): void {
    const { operand, isDotted } = this.expression
    const follows = operand !== undefined && !isDotted
    if (this.#frame.kind === 'template') this.#push('field', token, undefined)
    else if (follows && token.text === '(') this.#push('call', token, undefined)
    else if (follows && token.text === '[') this.#push('index', token, undefined)
    else this.#push(kinds.get(token.text) ?? 'group', token, undefined)
  }

  #close(token: Token): void {
    this.#endItem()
    const inner = this.#frame
    const outer = this.#interrupted.pop()?.frame
    if (!outer) return
    this.#frame = outer
    const { start } = inner.opening
    if (inner.kind === 'field') outer.addPart(inner.text())
    else if (inner.kind === 'parameters') this.parameters = inner
    else {
      this.expression.cover({ start, end: token.end })
      if (inner.kind === 'call') this.#call(inner, token.end)
      else if (inner.kind === 'index') this.#index(inner, token.end)
      else this.expression.add(inner.value(token.start), start)
    }
  }

  #call({ items, opening }: Frame, end: number): void {
    const { expression } = this
    const { operand = unknown, operandStart: start } = expression
    expression.operand = this.#calls.call({ callee: operand, items, offset: opening.start, start, end })
  }

  #index({ items, hasComma }: Frame, end: number): void {
    const { expression } = this
    const { operand = unknown, operandStart: start } = expression
    const [item] = items
    const isOne = item !== undefined && items.length === 1 && !hasComma
    expression.operand = this.#calls.index(operand, isOne ? item : undefined, { start, end })
  }

  #endTemplate(token: Token): void {
    const { frame, before } = this.#interrupted.pop() ?? {}
    if (!frame) return
    const { opening } = this.#frame
    const value = this.#frame.value(token.start)
    this.#frame = frame
    this.#string(value, { start: opening.start, end: token.end }, before)
  }
}

function stringValue({ content, text, isBytes, start, end }: Token): Value {
  return isBytes ? unknown : { kind: 'text', text, ...(content ?? { start, end }) }
}
