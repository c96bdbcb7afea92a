import type { EmbeddedText } from '../../text/embedded.ts'
import type { Range } from '../../yaml/node.ts'
import { fileRange } from '../export/file-range.ts'
import type { FilePlace } from '../stack.ts'
import type { Stretch } from './expression.ts'

export interface Located {
  readonly place: FilePlace
  readonly range: Range
}

/** Where a stretch of a text stands in its file. */
export function locate(text: EmbeddedText, stretch: Stretch): Located {
  const range = fileRange(text, stretch)
  return { place: { file: text.file.path, span: text.file.spanOf(range.start, range.end) }, range }
}
