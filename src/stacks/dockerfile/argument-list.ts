import type { EmbeddedPiece } from '../../text/embedded.ts'

/** A list of arguments as the shell command that runs the same: each in single quotes, with blanks between them. */
export function asCommand(words: readonly (readonly EmbeddedPiece[])[]): readonly EmbeddedPiece[] {
  return words.flatMap(word => {
    const start = word[0]?.start ?? 0
    const end = word.at(-1)?.end ?? start
    const quoted = word.flatMap(piece => {
      return piece.text.includes("'") ? [{ ...piece, text: piece.text.replaceAll("'", "'\\''") }] : [piece]
    })
    return [{ text: "'", start, end: start }, ...quoted, { text: "' ", start: end, end }]
  })
}
