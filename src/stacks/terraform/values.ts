import type { Expression, ObjectEntry } from './expression.ts'
import { keyOf, type Scope } from './scope.ts'

/** Functions that hand on what they are given, as a whole or as text that is read back. */
const handingOn: ReadonlySet<string> = new Set([
  'merge',
  'tomap',
  'tolist',
  'toset',
  'jsonencode',
  'yamlencode',
  'sensitive',
  'nonsensitive',
  'try',
  'coalesce',
])

/** Bounds the work that names cause which many places share. */
const maxVisits = 100_000
const maxDepth = 64

/** Told each value with the keys that lead to it, in file order. */
export interface Visitor {
  value(expression: Expression, path: readonly string[]): void
  /** An entry's key, with the whole path to the entry. */
  key(expression: Expression, path: readonly string[]): void
}

/**
 * Goes through what an expression can come to, entry by entry: objects, lists, what `merge` puts together, either side of
 * a choice, and what the names of the file stand for. One walk a file, as it counts its visits.
 */
export class ValueWalk {
  readonly #scope: Scope
  #visits = 0

  constructor(scope: Scope) {
    this.#scope = scope
  }

  walk(expression: Expression, path: readonly string[], visitor: Visitor): void {
    this.#visit({ expression, path, depth: 0 }, visitor)
  }

  #visit({ expression, path, depth }: Visit, visitor: Visitor): void {
    if (++this.#visits > maxVisits || depth > maxDepth) return
    const found = this.#scope.follow(expression)
    const into = (next: Expression, step: readonly string[]) =>
      this.#visit({ expression: next, path: step, depth: depth + 1 }, visitor)
    if (found.kind === 'object') for (const entry of found.entries) this.#entry(entry, path, { into, visitor })
    else if (found.kind === 'list')
      for (const [index, item] of found.items.entries()) into(item, [...path, String(index)])
    else if (found.kind === 'choice') for (const option of found.options) into(option, path)
    else if (found.kind === 'call' && handingOn.has(found.name)) for (const arg of found.args) into(arg, path)
    else visitor.value(found, path)
  }

  #entry({ key, value }: ObjectEntry, path: readonly string[], { into, visitor }: Inner): void {
    const name = keyOf(key) ?? this.#scope.textOf(key)?.text ?? ''
    const below = [...path, name]
    visitor.key(key, below)
    into(value, below)
  }
}

interface Visit {
  readonly expression: Expression
  readonly path: readonly string[]
  readonly depth: number
}

interface Inner {
  readonly into: (next: Expression, path: readonly string[]) => void
  readonly visitor: Visitor
}
