import { maxText, mergeValues, type Stretch, unknown, type Value } from './value.ts'

/**
 * One expression while it is read from left to right: the operand at hand, and what went before it. Sums of texts and
 * of lists are added up; of what other operators join, all operands are kept as what the value may be.
 */
export class Expression {
  start = -1
  end = -1
  /** Where the operand at hand begins. */
  operandStart = -1
  operand: Value | undefined
  /** A `.` was read after the operand. */
  isDotted = false
  isSpread = false
  keyword: string | undefined
  /** What `:=` binds the value to. */
  boundTo: string | undefined
  #left: Value | undefined
  readonly #alternatives: Value[] = []
  #isMixed = false

  /** Whether anything was read. */
  get isEmpty(): boolean {
    return this.start < 0
  }

  cover({ start, end }: Stretch): void {
    if (this.start < 0) this.start = start
    this.end = end
  }

  /** Adds an operand. One that follows another without an operator is another possibility. */
  add(value: Value, start: number): void {
    if (this.operand) this.alternate()
    this.operand = value
    this.operandStart = start
  }

  /** Adds a string that stands right after a string. */
  join(value: Value): void {
    const { operand } = this
    const isPair = operand?.kind === 'text' && value.kind === 'text'
    this.operand = isPair
      ? { kind: 'text', text: operand.text + value.text, start: operand.start, end: value.end }
      : this.#sum(operand ?? unknown, value)
  }

  plus(): void {
    this.#addUp()
    this.#left = this.operand
    this.operand = undefined
  }

  /** Any other operator. */
  alternate(): void {
    this.#addUp()
    if (this.operand && this.#alternatives.length < maxAlternatives) this.#alternatives.push(this.operand)
    this.operand = undefined
    this.#isMixed = true
  }

  get isSimple(): boolean {
    return !this.#isMixed
  }

  value(): Value {
    this.#addUp()
    if (!this.#isMixed) return this.operand ?? unknown
    const values = this.operand ? [...this.#alternatives, this.operand] : this.#alternatives
    const merged = mergeValues(values)
    const isOpen = merged.kind === 'templated' || (merged.kind === 'unknown' && values.some(isFilledIn))
    return isOpen ? { kind: 'templated', start: this.start, end: this.end } : merged
  }

  #addUp(): void {
    if (!this.#left) return
    this.operand = this.operand ? this.#sum(this.#left, this.operand) : unknown
    this.#left = undefined
  }

  #sum(a: Value, b: Value): Value {
    if (a.kind === 'text' && b.kind === 'text') {
      const text = a.text + b.text
      return text.length > maxText ? unknown : { kind: 'text', text, start: this.start, end: this.end }
    }
    if (a.kind === 'list' && b.kind === 'list')
      return { kind: 'list', items: [...a.items, ...b.items].slice(0, maxItems) }
    if (isFilledIn(a) || isFilledIn(b)) return { kind: 'templated', start: this.start, end: this.end }
    return unknown
  }
}

/** Far above what real programs hold; they keep the work linear. */
const maxAlternatives = 8
const maxItems = 64

function isFilledIn({ kind }: Value): boolean {
  return kind === 'text' || kind === 'templated'
}
