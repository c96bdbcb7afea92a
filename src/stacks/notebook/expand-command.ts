import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { filledIn } from '../filled-in.ts'

/**
 * A `!` command as IPython hands it to the shell. IPython formats it like a format string of Python, with the variables
 * of the notebook: `{name}` is filled in, and `{{` is how one brace is written, so that `{{a.b}}` reaches ZenML as
 * `{a.b}` and only `{{{{a.b}}}}` as a reference. Where any part cannot be formatted, such as a brace on its own or the
 * braces of JSON, IPython leaves the whole command as it is.
 */
export function expandCommand(command: EmbeddedText): EmbeddedText {
  const { content } = command
  const pieces: EmbeddedPiece[] = []
  let from = 0
  for (let offset = 0; offset < content.length; ) {
    const brace = content[offset]
    if (brace !== '{' && brace !== '}') {
      offset++
      continue
    }
    if (offset > from) pieces.push({ text: content.slice(from, offset), start: from, end: offset })
    const field = content[offset + 1] === brace ? undefined : fieldAt(content, offset)
    if (content[offset + 1] !== brace && field === undefined) return command
    from = offset + (field ?? 2)
    pieces.push({ text: field === undefined ? brace : filledIn, start: offset, end: from })
    offset = from
  }
  if (from < content.length) pieces.push({ text: content.slice(from), start: from, end: content.length })
  return embeddedWithin(command, pieces)
}

/** The length of `{name}`, `{settings["name"]}` and the like; `undefined` where Python would not take it. */
function fieldAt(content: string, offset: number): number | undefined {
  const pattern = /\{[A-Za-z_][\w.[\]'"()\- ]{0,200}(?:![rsa])?(?::[^{}"']{0,20})?\}/y
  pattern.lastIndex = offset
  return pattern.exec(content)?.[0].length
}
