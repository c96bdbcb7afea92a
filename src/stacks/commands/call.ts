import type { EmbeddedText } from '../../text/embedded.ts'
import type { FilePlace } from '../stack.ts'
import type { Stretch, Word } from './word.ts'

/** One command of ZenML: the words behind `zenml`, and the text whose offsets they hold. */
export interface Call {
  readonly words: readonly Word[]
  readonly text: EmbeddedText
}

/** Where a stretch of a shell text stands in the file. */
export function rangeIn(text: EmbeddedText, { start, end }: Stretch): Stretch {
  return { start: text.offsetAt(start), end: text.offsetAt(end) }
}

export function placeIn(text: EmbeddedText, stretch: Stretch): FilePlace {
  const { start, end } = rangeIn(text, stretch)
  return { file: text.file.path, span: text.file.spanOf(start, end) }
}
