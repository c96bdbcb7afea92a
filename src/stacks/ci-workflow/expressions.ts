import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { filledIn } from '../filled-in.ts'
import type { Environment } from './environment.ts'

/**
 * A command with its `${{ … }}` filled in as far as the file tells, which is done before any shell sees it: `env.NAME`
 * where the workflow sets it. Every other expression becomes `filledIn`, whatever quotes it holds.
 */
export function withoutExpressions(text: EmbeddedText, environment: Environment): EmbeddedText {
  const { content } = text
  if (!content.includes('${{')) return text
  const pieces: EmbeddedPiece[] = []
  let from = 0
  for (let open = content.indexOf('${{'); open >= 0; open = content.indexOf('${{', from)) {
    const close = content.indexOf('}}', open + 3)
    if (close < 0) break
    if (open > from) pieces.push({ text: content.slice(from, open), start: from, end: open })
    const name = /^\s{0,20}env\.([A-Za-z_]\w{0,200})\s{0,20}$/.exec(
      content.slice(open + 3, Math.min(close, open + 260)),
    )?.[1]
    const value = name === undefined ? undefined : environment.get(name)
    pieces.push({ text: value ?? filledIn, start: open, end: close + 2 })
    from = close + 2
  }
  if (from < content.length) pieces.push({ text: content.slice(from), start: from, end: content.length })
  return embeddedWithin(text, pieces)
}
