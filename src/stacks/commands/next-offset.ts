/** Where a text occurs next in another, asked from left to right: all questions together take one pass. */
export class NextOffset {
  readonly #text: string
  readonly #wanted: string
  #next = -2

  constructor(text: string, wanted: string) {
    this.#text = text
    this.#wanted = wanted
  }

  /** -1 where it occurs no more. */
  from(offset: number): number {
    if (this.#next !== -1 && this.#next < offset) this.#next = this.#text.indexOf(this.#wanted, offset)
    return this.#next
  }
}
