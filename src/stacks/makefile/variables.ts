import type { EmbeddedPiece } from '../../text/embedded.ts'
import { filledIn } from '../filled-in.ts'

/** `null`: assigned, but to what is not known. */
type Value = string | null

/** Longer values are of no use to anybody, and keep variables made of variables from growing without end. */
const maxLength = 1000
const maxDepth = 8
/** Bounds the search for a bracket that never closes. */
const maxReference = 256
/** Of what all references to variables in one file give. */
const maxExpanded = 4 * 1024 * 1024

/** The variables that a Makefile assigns, as `make` expands them once it has read the whole file. */
export class MakeVariables {
  readonly #values = new Map<string, Value>()
  readonly #exported = new Set<string>()
  #exportsAll = false
  #expanded = 0

  /** @param perhaps A condition may skip the assignment. */
  assign(name: string, { operator, value, perhaps }: Assignment): void {
    const before = this.#values.get(name)
    if (operator === '?=' && before !== undefined) return
    const added = operator === '+=' && before !== undefined ? appended(before, value) : value
    const agrees = !perhaps || before === undefined || before === added
    this.#values.set(name, agrees && added !== null && added.length <= maxLength ? added : null)
  }

  /** `export NAME`, or all without a name: for the shells that run recipes. */
  export(names: readonly string[]): void {
    if (names.length === 0) this.#exportsAll = true
    for (const name of names) this.#exported.add(name)
  }

  /** What the shell of a recipe finds in its environment. */
  exportedValue(name: string): string | undefined {
    return this.#exportsAll || this.#exported.has(name) ? this.#valueOf(name, 0) : undefined
  }

  /** A stretch of a text with every `$$`, `$(NAME)` and `${NAME}` expanded; offsets are into `content`. */
  expand(content: string, start: number, end: number): readonly EmbeddedPiece[] {
    const pieces: EmbeddedPiece[] = []
    // Searched alone: a search of the whole text for what is not there would be made for every stretch again.
    const stretch = content.slice(start, end)
    let from = 0
    const copy = (to: number): void => {
      if (to > from) pieces.push({ text: stretch.slice(from, to), start: start + from, end: start + to })
    }
    for (let dollar = stretch.indexOf('$'); dollar >= 0; dollar = stretch.indexOf('$', from)) {
      copy(dollar)
      const { text, next } = this.#reference(stretch, dollar, stretch.length)
      pieces.push({ text, start: start + dollar, end: start + next })
      from = next
    }
    copy(stretch.length)
    return pieces
  }

  #reference(content: string, dollar: number, end: number): { readonly text: string; readonly next: number } {
    const { name, next } = referenceAt(content, dollar, end)
    if (name === '$') return { text: '$', next }
    const value = this.#expanded > maxExpanded ? undefined : this.#valueOf(name, 0)
    this.#expanded += value?.length ?? 0
    return { text: value ?? filledIn, next }
  }

  /** `undefined` where any of it is not known. */
  #valueOf(name: string, depth: number): string | undefined {
    const value = this.#values.get(name)
    if (value === undefined || value === null || depth > maxDepth) return undefined
    let text = ''
    let from = 0
    for (let dollar = value.indexOf('$'); dollar >= 0; dollar = value.indexOf('$', from)) {
      const { name: inner, next } = referenceAt(value, dollar, value.length)
      const part = inner === '$' ? '$' : this.#valueOf(inner, depth + 1)
      if (part === undefined) return undefined
      text += value.slice(from, dollar) + part
      if (text.length > maxLength) return undefined
      from = next
    }
    return text + value.slice(from)
  }
}

export interface Assignment {
  /** `=`, `:=`, `::=`, `:::=`, `?=`, `+=`, `!=`. */
  readonly operator: string
  /** `null` where it is not known. */
  readonly value: Value
  readonly perhaps: boolean
}

function appended(before: Value, value: Value): Value {
  return before === null || value === null ? null : `${before} ${value}`
}

/** The name between brackets, which may hold brackets of its own, or the one character behind the dollar sign. */
function referenceAt(content: string, dollar: number, end: number): { readonly name: string; readonly next: number } {
  const open = content[dollar + 1]
  const close = open === '(' ? ')' : open === '{' ? '}' : undefined
  const limit = Math.min(end, dollar + maxReference)
  if (close === undefined)
    return { name: content.slice(dollar + 1, Math.min(dollar + 2, end)), next: Math.min(dollar + 2, end) }
  for (let offset = dollar + 2, depth = 1; offset < limit; offset++) {
    const character = content[offset]
    if (character === open) depth++
    if (character === close && --depth === 0) return { name: content.slice(dollar + 2, offset), next: offset + 1 }
  }
  return { name: '', next: Math.min(dollar + 2, end) }
}
