import type { Word } from './word.ts'

/** `null`: assigned somewhere, but to what is not known. */
type Value = string | null

interface Scope {
  /** A subshell: what it assigns ends with it. */
  readonly isolated: boolean
  /** Values that this scope has overwritten; `undefined` for a variable that was never assigned before. */
  readonly before: Map<string, Value | undefined>
  /** What the branches behind us left a variable with. */
  readonly outcomes: Map<string, Value>
}

/**
 * The variables whose values the text itself tells. Where branches disagree, or a branch and what was before it, a
 * value is not known; a variable that only a branch assigns keeps that value, like a default.
 */
export class Variables {
  readonly #values: Map<string, Value>
  readonly #arrays = new Map<string, readonly Word[]>()
  readonly #scopes: Scope[] = []
  /** Scopes below the deepest one kept track of, which count for it. */
  #deeper = 0

  constructor(values: Iterable<readonly [string, string]>) {
    this.#values = new Map(values)
  }

  /** `undefined` for a variable that is never assigned, `null` for one whose value is not known. */
  get(name: string): Value | undefined {
    return this.#values.get(name)
  }

  known(): ReadonlyMap<string, string> {
    return new Map([...this.#values].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])))
  }

  set(name: string, value: Value): void {
    const scope = this.#scopes.at(-1)
    if (scope && !scope.before.has(name)) scope.before.set(name, this.#values.get(name))
    this.#values.set(name, value === null || value.length > maxLength ? null : value)
  }

  /** An assignment that a condition may skip, as in `test -n "$x" || x=y`. */
  setPerhaps(name: string, value: Value): void {
    const before = this.#values.get(name)
    this.set(name, before === undefined || before === value ? value : null)
  }

  array(name: string): readonly Word[] | undefined {
    return this.#arrays.get(name)
  }

  setArray(name: string, words: readonly Word[]): void {
    this.#arrays.set(name, words)
  }

  enter(kind: 'branches' | 'subshell'): void {
    if (this.#scopes.length >= maxScopes) this.#deeper++
    else this.#scopes.push({ isolated: kind === 'subshell', before: new Map(), outcomes: new Map() })
  }

  /** `else`, `;;`: the next branch starts with what was known before the first. */
  nextBranch(): void {
    const scope = this.#scopes.at(-1)
    if (this.#deeper === 0 && scope && !scope.isolated) this.#endBranch(scope)
  }

  leave(): void {
    if (this.#deeper > 0) {
      this.#deeper--
      return
    }
    const scope = this.#scopes.pop()
    if (!scope) return
    this.#endBranch(scope)
    if (!scope.isolated) for (const [name, value] of scope.outcomes) this.setPerhaps(name, value)
  }

  #endBranch({ before, outcomes }: Scope): void {
    for (const [name, previous] of before) {
      const value = this.#values.get(name) ?? null
      outcomes.set(name, outcomes.has(name) && outcomes.get(name) !== value ? null : value)
      if (previous === undefined) this.#values.delete(name)
      else this.#values.set(name, previous)
    }
    before.clear()
  }
}

/** Of a value, so that variables made of variables cannot grow without end. */
const maxLength = 1000
const maxScopes = 16
