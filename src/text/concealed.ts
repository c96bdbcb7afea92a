/** A credential that no log, dump or JSON shows: only `reveal` gives its text. */
export class Concealed {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  toString(): string {
    return '(hidden)'
  }

  toJSON(): string {
    return '(hidden)'
  }
}
