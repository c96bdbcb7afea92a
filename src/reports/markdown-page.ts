/** Room for the sentence that says what was left out. */
const reserve = 400

export interface Table {
  readonly heading: string
  readonly header: readonly string[]
  /** Number of rows. */
  readonly length: number
  /** Cells of a row, as Markdown, as many as the header has; asked only for rows there is room for, and one more. */
  row(index: number): readonly string[]
}

/** A Markdown page that never grows beyond a size, and never ends inside a block. */
export interface Page {
  /** Appends a block whole, or leaves it out and says so. */
  add(block: string): boolean
  /** Appends a table with as many of its rows as there is room for; returns how many were left out. */
  addTable(table: Table): number
  /** The page and, where something was left out, a last block that says what. */
  text(note?: string): string
}

/** @param limit in UTF-8 bytes. */
export function markdownPage(limit: number): Page {
  const blocks: string[] = []
  let room = limit - reserve
  const add = (block: string): boolean => {
    const size = Buffer.byteLength(block) + 2
    if (size > room) return false
    blocks.push(block)
    room -= size
    return true
  }
  return {
    add,
    addTable: table => {
      const { heading, header, length } = table
      const lines = [heading, '', rowLine(header), rowLine(header.map(() => '---'))]
      let left = room - sizeOf(lines)
      let fitting = 0
      while (fitting < length && left > 0) {
        const line = rowLine(table.row(fitting))
        left -= Buffer.byteLength(line) + 1
        if (left < 2) break
        lines.push(line)
        fitting++
      }
      if (fitting > 0) add(lines.join('\n'))
      return length - fitting
    },
    text: note => `${[...blocks, ...(note === undefined ? [] : [note])].join('\n\n')}\n`,
  }
}

function rowLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((size, line) => size + Buffer.byteLength(line) + 1, 0)
}
