import type { SourceText } from '../text/source.ts'
import type { FileParts } from './file-parts.ts'
import type { StackFile } from './stack.ts'

/** A file of what was found in its parts; `undefined` where that is nothing. */
export function stackFileOf(source: SourceText, parts: FileParts): StackFile | undefined {
  const isEmpty = Object.values(parts).every(list => list.length === 0)
  return isEmpty ? undefined : { source, ...parts, problems: [] }
}
