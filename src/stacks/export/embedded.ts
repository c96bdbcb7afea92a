import type { EmbeddedText } from '../../text/embedded.ts'
import { type FileParts, noParts } from '../file-parts.ts'
import { readDocuments } from './read-documents.ts'
import { embeddedReading } from './reading.ts'

/** Reads the stack exports in a text that stands inside a file of another kind; all places are those of the file. Never throws. */
export function readEmbeddedExport(text: EmbeddedText): FileParts {
  if (!text.content.includes('components')) return noParts
  const { stacks } = readDocuments(embeddedReading(text))
  return stacks.length > 0 ? { ...noParts, stacks } : noParts
}
