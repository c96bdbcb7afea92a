import type { EmbeddedText } from '../../text/embedded.ts'
import { linesOf } from '../text-lines.ts'

/** Whether a block of no language, or called one of commands, is Python that uses ZenML: many pages mark it so. */
export function showsPython({ content }: EmbeddedText): boolean {
  return linesOf(content).some(({ start, end }) => python.test(content.slice(start, Math.min(end, start + 300))))
}

const python =
  /^(?:from zenml[ .]|import zenml\b|@(?:zenml\.)?(?:step|pipeline)\b|(?:[a-z_]\w{0,80} = )?[A-Z]\w{0,80}\($|[ \t]{0,40}(?:[a-z_]\w{0,80} = )?Client\(\))/
