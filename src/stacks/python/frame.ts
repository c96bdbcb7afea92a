import { Expression } from './expression.ts'
import { type Entry, type Item, maxText, type Stretch, unknown, type Value } from './value.ts'

export type FrameKind = 'top' | 'group' | 'call' | 'index' | 'list' | 'braces' | 'template' | 'field' | 'parameters'

/** What is read between two brackets, in an f-string, or outside of all. */
export class Frame {
  readonly kind: FrameKind
  /** The bracket, or the prefix and the quote of an f-string. */
  readonly opening: Stretch
  readonly items: (Item & Partial<Entry>)[] = []
  hasComma = false
  expression = new Expression()
  /** Of the parameters of a function, what stands between `:` and `=`. */
  annotations: Map<string, Value> | undefined
  #parts: string[] | undefined = []
  #length = 0
  #key: (Stretch & { readonly value: Value }) | undefined
  #isSpread = false

  constructor(kind: FrameKind, opening: Stretch) {
    this.kind = kind
    this.opening = opening
  }

  /** Adds to an f-string's text; `undefined` for what only running the program would tell. */
  addPart(part: string | undefined): void {
    this.#length += part?.length ?? 0
    if (part === undefined || this.#length > maxText) this.#parts = undefined
    else this.#parts?.push(part)
  }

  /** Of an expression in an f-string: the text it gives, where that is known and nothing formats it. */
  text(): string | undefined {
    const [first] = this.items
    return first?.value.kind === 'text' && this.items.length === 1 && this.#parts ? first.value.text : undefined
  }

  /** What was read before a `:` is a key. */
  endKey(): void {
    const { start, end } = this.expression
    this.#key ??= { start, end, value: this.expression.value() }
    this.expression = new Expression()
  }

  /** `undefined` where nothing stands before the comma or the bracket. */
  endItem(): Item | undefined {
    const { expression } = this
    const key = this.#key
    this.expression = new Expression()
    this.#key = undefined
    if (expression.isEmpty && !key) return undefined
    const { start, end, keyword, isSpread } = expression
    const keyParts = key && { key: key.value, keyStretch: { start: key.start, end: key.end } }
    const item = { value: expression.value(), start, end, keyword, isSpread, ...keyParts }
    this.#isSpread ||= isSpread
    this.items.push(item)
    return item
  }

  /** The value of what stands between the brackets, where these make no call. `end`: where an f-string's text ends. */
  value(end: number): Value {
    const [first] = this.items
    switch (this.kind) {
      case 'group':
        return first && this.items.length === 1 && !this.hasComma ? first.value : { kind: 'list', items: this.items }
      case 'list':
        return { kind: 'list', items: this.items }
      case 'braces':
        return this.#braces()
      case 'template':
        return this.#parts
          ? { kind: 'text', text: this.#parts.join(''), start: this.opening.end, end }
          : { kind: 'templated', start: this.opening.end, end }
      default:
        return unknown
    }
  }

  #braces(): Value {
    const entries = this.items.filter(item => isEntry(item))
    if (entries.length === 0 && this.items.length > 0 && !this.#isSpread) return { kind: 'list', items: this.items }
    const isComplete = entries.length === this.items.length && entries.every(({ key }) => key.kind === 'text')
    return { kind: 'dict', entries, isComplete }
  }
}

function isEntry(item: Item & Partial<Entry>): item is Entry {
  return item.key !== undefined && item.keyStretch !== undefined
}
