import { type EmbeddedText, embeddedPieces } from '../text/embedded.ts'
import type { SourceText } from '../text/source.ts'
import { readCommands } from './commands/read-commands.ts'
import { nameInside } from './file-name.ts'
import { joinParts } from './file-parts.ts'
import { markFilledIn } from './filled-in.ts'
import { mentionsZenml } from './mentions-zenml.ts'
import { cellsOf, type NotebookCells } from './notebook/cells.ts'
import { splitCell } from './notebook/split-cell.ts'
import { readPython } from './python/read-python.ts'
import type { StackFile, StackFormat } from './stack.ts'
import { stackFileOf } from './stack-file.ts'

/** Notebooks: what their code does, commands and shell cells included. Text cells are `notebookText`. */
export const notebook: StackFormat = {
  name: 'notebook',
  matchesPath: isNotebook,
  matchesText: mentionsZenml,
  read: source => {
    const cells = cellsOf(source)
    return cells ? readCode(source, cells) : notJson(source)
  },
}

export function isNotebook(path: string): boolean {
  return nameInside(path).endsWith('.ipynb')
}

function readCode(source: SourceText, { code }: NotebookCells): StackFile | undefined {
  const cells = code.map(splitCell)
  const python = cells.flatMap(cell => cell.python ?? [])
  const parts = [
    readPython(joined(source, python)),
    ...cells.flatMap(({ shell }) => shell.map(text => readCommands(text))),
  ]
  return stackFileOf(source, markFilledIn(joinParts(parts), source.content))
}

/** One program, so that a variable of one cell is known in the next. */
function joined(source: SourceText, cells: readonly EmbeddedText[]): EmbeddedText {
  const starts: number[] = []
  let content = ''
  for (const cell of cells) {
    starts.push(content.length)
    content += `${cell.content}\n`
  }
  const offsetAt = (offset: number): number => {
    let low = 0
    let high = Math.max(0, starts.length - 1)
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const cell = cells[low]
    return cell ? cell.offsetAt(Math.min(offset - (starts[low] ?? 0), cell.content.length)) : 0
  }
  return { ...embeddedPieces(source, []), content, offsetAt }
}

function notJson(source: SourceText): StackFile | undefined {
  if (!isNotebook(source.path)) return undefined
  const message = 'This is not a notebook: its text is not JSON, is nested too deep or holds no cells.'
  return { source, stacks: [], problems: [{ message, span: source.spanOf(0, 0) }] }
}
