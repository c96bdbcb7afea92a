import type { EmbeddedText } from '../../text/embedded.ts'
import type { Range } from '../../yaml/node.ts'

/**
 * The stretch of the file that a stretch of an embedded text came from. Where the next character of the text stands
 * elsewhere in the file, on the next line behind its indentation, the stretch ends with its own last character.
 */
export function fileRange(text: EmbeddedText, { start, end }: Range): Range {
  const from = text.offsetAt(start)
  if (end <= start) return { start: from, end: from }
  const last = text.offsetAt(end - 1)
  const next = text.offsetAt(end)
  const isGap = next !== last + 1 && text.content[end - 1] === text.file.content[last]
  return { start: from, end: Math.max(from, isGap ? last + 1 : next) }
}
