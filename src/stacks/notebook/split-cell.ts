import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { isContinued, linesOf, type TextLine } from '../text-lines.ts'
import { expandCommand } from './expand-command.ts'

export interface SplitCell {
  /** Python with a `pass` or `None` for every command; `undefined` for a cell in another language. */
  readonly python: EmbeddedText | undefined
  /** What is handed to a shell of its own each. */
  readonly shell: readonly EmbeddedText[]
}

/** Takes IPython's commands and magics out of a code cell. */
export function splitCell(cell: EmbeddedText): SplitCell {
  const { content } = cell
  const lines = linesOf(content)
  const first = lines.find(({ start, end }) => content.slice(start, end).trim() !== '')
  const magic = first && /^%%(\S+)(.*)/.exec(content.slice(first.start, first.end))
  if (!magic || !first || runsPython.has(magic[1] ?? '')) return splitPython(cell, lines)
  const body = (): EmbeddedText => {
    const pieces = [{ text: content.slice(first.next), start: first.next, end: content.length }]
    return embeddedWithin(cell, pieces)
  }
  const name = `${magic[1]} ${magic[2]?.trim()}`
  if (/^(?:bash|sh|shell|zsh|!) ?|^script +(?:--?\S+ +)*\S*sh\b|^writefile .*\.(?:sh|bash)$/.test(name)) {
    return { python: undefined, shell: [body()] }
  }
  return { python: /^writefile .*\.py$/.test(name) ? body() : undefined, shell: [] }
}

/** Magics of a whole cell that run what follows as Python. */
const runsPython: ReadonlySet<string> = new Set([
  'time',
  'timeit',
  'capture',
  'prun',
  'python',
  'python3',
  'skip',
  'ipytest',
])

function splitPython(cell: EmbeddedText, lines: readonly TextLine[]): SplitCell {
  const { content } = cell
  const python: EmbeddedPiece[] = []
  const shell: EmbeddedText[] = []
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]
    if (!line) break
    const written = content.slice(line.start, line.end)
    const command = commandIn(written)
    if (!command) {
      python.push({ text: content.slice(line.start, line.next), start: line.start, end: line.next })
      continue
    }
    let last = line
    while (isContinued(content, last) && index + 1 < lines.length) last = lines[++index] ?? last
    const start = line.start + command.behind
    if (command.isShell)
      shell.push(expandCommand(embeddedWithin(cell, [{ text: content.slice(start, last.end), start, end: last.end }])))
    python.push({ text: `${command.before}\n`, start: line.start, end: last.next })
  }
  return { python: embeddedWithin(cell, python), shell }
}

interface CommandInLine {
  /** What stands in its place in the Python of the cell. */
  readonly before: string
  /** Where in the line the command starts. */
  readonly behind: number
  readonly isShell: boolean
}

/** `!command`, `!!command`, `%magic …`, `name = !command` and `name = %magic …`. */
function commandIn(line: string): CommandInLine | undefined {
  const indent = line.length - line.trimStart().length
  const mark = line[indent]
  if (mark === '!') {
    const behind = indent + (line[indent + 1] === '!' ? 2 : 1)
    return { before: `${line.slice(0, indent)}pass`, behind, isShell: true }
  }
  if (mark === '%' || mark === '?') {
    const system = /^%(?:system|sx) /.exec(line.slice(indent, indent + 10))
    return {
      before: `${line.slice(0, indent)}pass`,
      behind: indent + (system?.[0].length ?? 0),
      isShell: system !== null,
    }
  }
  const assigned = /^[A-Za-z_][\w, ]{0,100}= ?(?:!|%(?=[a-z]))/.exec(line.slice(indent, indent + 110))?.[0]
  if (assigned === undefined) return undefined
  const name = assigned.slice(0, assigned.lastIndexOf('='))
  return {
    before: `${line.slice(0, indent)}${name}= None`,
    behind: indent + assigned.length,
    isShell: assigned.endsWith('!'),
  }
}
