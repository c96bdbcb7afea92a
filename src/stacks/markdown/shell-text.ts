import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { linesOf } from '../text-lines.ts'

/**
 * What a reader of documentation would type of a block: prompts are left out, and, where there are any, so is what the
 * commands print. A line that ends in `\\`, as some pages have to write it, goes on with the next.
 */
export function shellText(block: EmbeddedText): EmbeddedText {
  const { content } = block
  const lines = linesOf(content).map(line => {
    const written = content.slice(line.start, line.end)
    return { ...line, written, prompt: prompt.exec(written)?.[0] ?? '' }
  })
  const isConsole = lines.some(line => typed.test(line.prompt))
  const pieces: EmbeddedPiece[] = []
  let isContinued = false
  for (const { start, end, next, written, prompt: mark } of lines) {
    const isKept = !isConsole || mark !== '' || isContinued
    if (!isKept) continue
    const from = start + mark.length
    const backslashes = /\\{1,2}[ \t]{0,20}$/.exec(written.slice(-24))?.[0]
    isContinued = backslashes !== undefined
    const last = backslashes?.startsWith('\\\\') ? end - backslashes.length + 1 : end
    if (last > from) pieces.push({ text: content.slice(from, last), start: from, end: last })
    if (last < end) pieces.push({ text: content.slice(end, next), start: last, end: next })
    else pieces.push({ text: content.slice(Math.max(end, from), next), start: Math.max(end, from), end: next })
  }
  return embeddedWithin(block, pieces)
}

const prompt = /^[ \t]{0,20}(?:\([\w.-]{1,40}\) ?)?(?:[$❯➜›>%]|[\w.-]{1,40}@[\w.-]{1,40}[:\w~/. -]{0,60}[$#%>])[ \t]+/
/** A prompt that stands before commands only; `> ` stands before whatever goes on with one too. */
const typed = /[$❯➜›%#]/

/** Whether a block of another language shows commands of ZenML all the same. */
export function showsCommands({ content }: EmbeddedText): boolean {
  return linesOf(content).some(({ start, end }) => command.test(content.slice(start, Math.min(end, start + 300))))
}

const command = /^[ \t]{0,40}(?:[$❯➜›>%][ \t]{0,4})?(?:[\w./-]{1,40} ){0,3}zen(?:ml)? [a-z]/
