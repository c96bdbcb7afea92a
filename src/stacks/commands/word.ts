/** A stretch of a text: UTF-16 units from 0, `end` exclusive. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** One word of a command as the shell hands it on. Offsets are into the text that the command stands in. */
export interface Word extends Stretch {
  /** Quotes, escapes and known variables resolved; what is not known stands as written. */
  readonly text: string
  /** Part of the text is filled in only when the command runs. */
  readonly templated: boolean
  /** The stretch that `text.slice(from, to)` is written as, quotes around it excluded. */
  stretchOf(from: number, to: number): Stretch
}

/** Of variables; longer ones are of no use to anybody. */
const maxName = 200

/** How one part of a word is written. A text as long as its stretch maps unit by unit; any other maps as a whole. */
interface Piece extends Stretch {
  /** Offset in the word's text. */
  readonly at: number
  readonly text: string
}

/** Puts a word together from the parts it is written in, from left to right. */
export class WordBuilder {
  readonly start: number
  readonly #pieces: Piece[] = []
  #length = 0
  #templated = false
  #splits = false
  /** Name of the array that the word's first part stands for. */
  #array: string | undefined

  constructor(start: number) {
    this.start = start
  }

  /** Empty quotes are a part too, so that an empty value has its place between them. */
  add(text: string, { start, end }: Stretch): void {
    const last = this.#pieces.at(-1)
    if (last && isLiteral(last) && last.end === start && text.length === end - start) {
      this.#pieces[this.#pieces.length - 1] = { ...last, text: last.text + text, end }
    } else {
      this.#pieces.push({ at: this.#length, text, start, end })
    }
    this.#length += text.length
  }

  /** A part that is not known, as written. */
  addUnknown(written: string, stretch: Stretch): void {
    this.#templated = true
    this.add(written, stretch)
  }

  /** The value of a variable; outside quotes a word that is nothing else falls into words again. */
  addValue(value: string, stretch: Stretch, isQuoted: boolean): void {
    this.#splits = this.#pieces.length === 0 && !isQuoted
    this.#pieces.push({ at: this.#length, text: value, ...stretch })
    this.#length += value.length
  }

  addArray(name: string, written: string, stretch: Stretch): void {
    if (this.#length === 0) this.#array = name
    this.addUnknown(written, stretch)
  }

  /** The array that the word as a whole stands for, as in `"${options[@]}"`. */
  get array(): string | undefined {
    return this.#pieces.filter(({ text }) => text !== '').length === 1 ? this.#array : undefined
  }

  get text(): string {
    return this.#pieces.map(({ text }) => text).join('')
  }

  /** So far a file descriptor, as in `2>file`. */
  get isDigit(): boolean {
    return this.#length === 1 && /^[0-9]$/.test(this.text)
  }

  /** So far `name=`, behind which a `(` starts an array. */
  get isAssigned(): boolean {
    return this.#length < maxName && /^[A-Za-z_][A-Za-z0-9_]*\+?=$/.test(this.text)
  }

  /** `end` is where the word ends, closing quote included. */
  finish(end: number): readonly Word[] {
    const pieces = this.#pieces
    const { text, start } = this
    const templated = this.#templated
    const [only] = pieces
    if (!this.#splits || pieces.length > 1 || !only) {
      return [{ text, templated, start, end, stretchOf: (from, to) => stretchOf(pieces, from, to) }]
    }
    return text.split(/[ \t\r\n]/).flatMap(part => {
      return part === '' ? [] : [{ text: part, templated, start, end, stretchOf: () => only }]
    })
  }
}

function isLiteral({ text, start, end }: Piece): boolean {
  return text.length === end - start
}

function stretchOf(pieces: readonly Piece[], from: number, to: number): Stretch {
  if (from < to) return { start: startOf(pieces, from), end: endOf(pieces, to - 1) }
  const last = pieces.at(-1)
  const offset = last && last.at === from ? last.start : from > 0 ? endOf(pieces, from - 1) : (last?.start ?? 0)
  return { start: offset, end: offset }
}

function startOf(pieces: readonly Piece[], offset: number): number {
  const piece = pieceAt(pieces, offset)
  if (!piece) return 0
  return isLiteral(piece) ? piece.start + offset - piece.at : piece.start
}

/** Where the character at an offset ends. */
function endOf(pieces: readonly Piece[], offset: number): number {
  const piece = pieceAt(pieces, offset)
  if (!piece) return 0
  return isLiteral(piece) ? piece.start + offset - piece.at + 1 : piece.end
}

/** The last piece that starts at or before an offset: behind empty ones, the one that holds the character. */
function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0
  let high = Math.max(0, pieces.length - 1)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return pieces[low]
}
