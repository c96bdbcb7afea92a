import type { SourceText } from './source.ts'

/**
 * A text that stands inside a file in another spelling: a block of YAML without its indentation, the decoded text of a
 * JSON string, a recipe of a Makefile. Every character knows where it came from, so what is found in `content` can be
 * shown in the file. `file` is the whole file; offsets are UTF-16 units from 0.
 */
export interface EmbeddedText {
  readonly file: SourceText
  readonly content: string
  /** Offset in the file of the character at an offset of `content`; for its end, the end of the last character. */
  offsetAt(offset: number): number
}

/** A stretch of the file as it stands. */
export function embeddedSlice(file: SourceText, start = 0, end = file.content.length): EmbeddedText {
  return { file, content: file.content.slice(start, end), offsetAt: offset => start + Math.min(offset, end - start) }
}

/** One stretch of decoded text and the stretch of the file that it was decoded from. */
export interface EmbeddedPiece {
  readonly text: string
  /** Offsets in the file, `end` exclusive. A text as long as its stretch maps unit by unit; any other maps as a whole. */
  readonly start: number
  readonly end: number
}

/** A text put together from pieces in file order. */
export function embeddedPieces(file: SourceText, pieces: readonly EmbeddedPiece[]): EmbeddedText {
  const starts: number[] = []
  let length = 0
  for (const { text } of pieces) {
    starts.push(length)
    length += text.length
  }
  const offsetAt = (offset: number): number => {
    const index = lastAtOrBefore(starts, offset)
    const piece = pieces[index]
    if (!piece) return 0
    const within = offset - (starts[index] ?? 0)
    if (within >= piece.text.length) return piece.end
    return piece.text.length === piece.end - piece.start || within === 0 ? piece.start + within : piece.start
  }
  return { file, content: pieces.map(({ text }) => text).join(''), offsetAt }
}

/** A text put together from pieces of another embedded text, whose offsets are into that text's content. */
export function embeddedWithin(outer: EmbeddedText, pieces: readonly EmbeddedPiece[]): EmbeddedText {
  const inner = embeddedPieces(outer.file, pieces)
  return { ...inner, offsetAt: offset => outer.offsetAt(inner.offsetAt(offset)) }
}

/** Index of the last start that is not after `offset`; 0 where there is none. */
function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0
  let high = Math.max(0, starts.length - 1)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
