import type { StringStart } from './string-literal.ts'

export interface Bracket {
  readonly character: string
  /** The f-string in whose text this bracket opens an expression. */
  readonly template?: StringStart
}

/** The brackets that are open at one place of a text. Every question is answered in constant time, at any depth. */
export class Brackets {
  readonly #open: Bracket[] = []
  readonly #counts = new Map<string, number>()
  readonly #templates: number[] = []
  readonly #lineTemplates: number[] = []

  get depth(): number {
    return this.#open.length
  }

  has(character: string): boolean {
    return (this.#counts.get(character) ?? 0) > 0
  }

  top(): Bracket | undefined {
    return this.#open.at(-1)
  }

  /** Depth below the innermost bracket that stands in an f-string. */
  innermostTemplate(): { readonly depth: number; readonly template: StringStart } | undefined {
    const depth = this.#templates.at(-1)
    const template = this.#open[depth ?? -1]?.template
    return depth === undefined || !template ? undefined : { depth, template }
  }

  /** Depth below the outermost bracket that stands in an f-string of one line. */
  outermostLineTemplate(): number | undefined {
    return this.#lineTemplates[0]
  }

  push(bracket: Bracket): void {
    const { character, template } = bracket
    if (template) this.#templates.push(this.depth)
    if (template?.quote.length === 1) this.#lineTemplates.push(this.depth)
    this.#open.push(bracket)
    this.#counts.set(character, (this.#counts.get(character) ?? 0) + 1)
  }

  pop(): Bracket | undefined {
    const bracket = this.#open.pop()
    if (bracket?.template) this.#templates.pop()
    if (bracket?.template?.quote.length === 1) this.#lineTemplates.pop()
    if (bracket) this.#counts.set(bracket.character, (this.#counts.get(bracket.character) ?? 0) - 1)
    return bracket
  }
}
