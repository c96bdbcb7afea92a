import type { Excerpt } from '../text/excerpt.ts'
import type { Paint } from './colors.ts'
import { textWidth } from './text-width.ts'

export interface ExcerptLook {
  /** From 1. */
  readonly line: number
  /** For the line number. */
  readonly faint: Paint
  /** For the marked part and its underline. */
  readonly strong: Paint
}

/** Two lines: the excerpt behind its line number, and `^^^` exactly under the marked part. */
export function excerptLines(excerpt: Excerpt, { line, faint, strong }: ExcerptLook): readonly string[] {
  const marked = withoutCommand(excerpt.before, excerpt.marked)
  const after = withoutCommand(excerpt.before + marked, excerpt.after)
  const number = String(line)
  const indent = ' '.repeat(textWidth(excerpt.before))
  const underline = '^'.repeat(Math.max(1, textWidth(marked)))
  return [
    `  ${faint(`${number} |`)} ${excerpt.before}${strong(marked)}${after}`,
    `  ${faint(`${' '.repeat(number.length)} |`)} ${indent}${strong(underline)}`,
  ]
}

/** Each part is safe by itself; only a mark of the Actions runner's commands that two parts form together is left. */
function withoutCommand(before: string, part: string): string {
  const last = before.at(-1)
  const joined = last === part[0] && (last === ':' || last === '#')
  return joined ? `\\x${part.charCodeAt(0).toString(16)}${part.slice(1)}` : part
}
