/** Room for the sentence that says what was left out. */
const reserve = 400

export interface Table {
  readonly heading: string
  readonly header: readonly string[]
  /** Cells as Markdown, as many as the header has. */
  readonly rows: readonly (readonly string[])[]
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
    addTable: ({ heading, header, rows }) => {
      const lines = [heading, '', row(header), row(header.map(() => '---'))]
      let left = room - sizeOf(lines)
      const fitting = rows.map(row).filter(line => {
        left -= Buffer.byteLength(line) + 1
        return left >= 2
      })
      if (fitting.length > 0) add([...lines, ...fitting].join('\n'))
      return rows.length - fitting.length
    },
    text: note => `${[...blocks, ...(note === undefined ? [] : [note])].join('\n\n')}\n`,
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((size, line) => size + Buffer.byteLength(line) + 1, 0)
}
