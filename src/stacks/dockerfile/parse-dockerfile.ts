import { linesOf, type TextLine } from '../text-lines.ts'

export interface Instruction {
  /** In capitals. */
  readonly name: string
  /** What stands behind the name, line by line, lines of comments left out. */
  readonly lines: readonly { readonly start: number; readonly end: number }[]
  /** The here-documents that follow, in order; offsets of their bodies. */
  readonly documents: readonly { readonly start: number; readonly end: number }[]
}

/** Reads the instructions of a Dockerfile. Never throws; linear time. */
export function parseDockerfile(content: string): readonly Instruction[] {
  const lines = linesOf(content)
  const continuation = /^#[ \t]*escape[ \t]*=[ \t]*`/im.test(content.slice(0, 200)) ? '`' : '\\'
  const instructions: Instruction[] = []
  for (let index = 0; index < lines.length; ) {
    const line = lines[index]
    if (!line) break
    const written = content.slice(line.start, line.end)
    const head = /^[ \t]*(?:ONBUILD[ \t]+)?([A-Za-z]{2,20})(?:[ \t]+|$)/i.exec(written)
    if (!head?.[1] || written.trimStart().startsWith('#')) {
      index++
      continue
    }
    const taken = takeInstruction(content, lines, { index, continuation })
    const [first, ...rest] = taken.lines
    const start = line.start + head[0].length
    const own = first ? [{ start: Math.min(start, first.next), end: first.next }] : []
    const documents = takeDocuments(content, lines, { lines: taken.lines, index: taken.next })
    const all = [...own, ...rest.map(({ start, next }) => ({ start, end: next }))]
    instructions.push({ name: head[1].toUpperCase(), lines: all, documents: documents.bodies })
    index = documents.next
  }
  return instructions
}

interface At {
  readonly index: number
  readonly continuation: string
}

function takeInstruction(content: string, lines: readonly TextLine[], { index, continuation }: At) {
  const taken: TextLine[] = []
  let next = index
  for (; next < lines.length; next++) {
    const line = lines[next]
    if (!line) break
    const written = content.slice(line.start, line.end).trim()
    // Docker drops comments and, with a warning, blank lines between the lines of one instruction.
    if (taken.length > 0 && (written === '' || written.startsWith('#'))) continue
    taken.push(line)
    if (!written.endsWith(continuation)) {
      next++
      break
    }
  }
  return { lines: taken, next }
}

function takeDocuments(
  content: string,
  lines: readonly TextLine[],
  after: { readonly lines: readonly TextLine[]; readonly index: number },
) {
  const bodies: { readonly start: number; readonly end: number }[] = []
  let next = after.index
  for (const { start, end } of after.lines) {
    for (const match of content.slice(start, end).matchAll(/<<-?(["']?)([A-Za-z_]\w{0,100})\1/g)) {
      const first = next
      while (next < lines.length && lineText(content, lines[next]) !== match[2]) next++
      const from = lines[first]?.start ?? content.length
      bodies.push({ start: from, end: lines[next]?.start ?? content.length })
      next = Math.min(lines.length, next + 1)
    }
  }
  return { bodies, next }
}

function lineText(content: string, line: TextLine | undefined): string {
  return line ? content.slice(line.start, line.end).replace(/^\t+/, '') : ''
}
