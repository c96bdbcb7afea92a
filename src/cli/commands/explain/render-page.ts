import { type Palette, palette } from '../../../reports/colors.ts'
import { textWidth } from '../../../reports/text-width.ts'

export interface PageStyle {
  readonly color: boolean
  /** Columns; tables and code keep their own width. */
  readonly width: number
}

/**
 * Renders a page of our own documentation for a terminal. It knows what those pages are made of: headings, paragraphs,
 * lists of one level, tables, fenced code, and inline code, strong and emphasised text and links.
 */
export function renderPage(markdown: string, { color, width }: PageStyle): string {
  const paint = palette(color)
  const blocks = blocksOf(markdown.split('\n'))
  return `${blocks.map(block => renderBlock(block, paint, width)).join('\n\n')}\n`
}

interface Block {
  readonly kind: 'heading' | 'text' | 'list' | 'table' | 'code'
  /** Of a list an item each, else a line each. */
  readonly lines: readonly string[]
}

function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: { readonly kind: Block['kind']; readonly lines: string[] }[] = []
  let open: (typeof blocks)[number] | undefined
  for (const line of lines) {
    if (line.startsWith('```')) {
      open = open?.kind === 'code' ? undefined : { kind: 'code', lines: [] }
      if (open) blocks.push(open)
    } else if (open?.kind === 'code') open.lines.push(line)
    else if (line.trim() === '') open = undefined
    else if (open?.kind === 'list' && !isItem(line)) open.lines.push(`${open.lines.pop()} ${line.trim()}`)
    else if (open?.kind === kindOf(line)) open.lines.push(line)
    else {
      open = { kind: kindOf(line), lines: [line] }
      blocks.push(open)
    }
  }
  return blocks
}

function kindOf(line: string): Block['kind'] {
  if (line.startsWith('#')) return 'heading'
  if (line.startsWith('|')) return 'table'
  return isItem(line) ? 'list' : 'text'
}

function isItem(line: string): boolean {
  return /^(?:-|\d{1,2}\.) /.test(line)
}

function renderBlock({ kind, lines }: Block, paint: Palette, width: number): string {
  switch (kind) {
    case 'heading':
      return lines.map(line => paint.strong(line.replace(/^#+ /, ''))).join('\n')
    case 'code':
      return lines.map(line => (line === '' ? '' : paint.faint(`    ${line}`))).join('\n')
    case 'table':
      return renderTable(lines, paint)
    case 'list':
      return lines.map(line => wrap(line, { width, paint, hang: line.indexOf(' ') + 1 })).join('\n')
    case 'text':
      return wrap(lines.join(' '), { width, paint, hang: 0 })
  }
}

/** A bar inside a cell is written `\|`. */
function renderTable(lines: readonly string[], paint: Palette): string {
  const rows = lines
    .filter(line => !/^[|\s:-]+$/.test(line))
    .map(line => line.split(/(?<!\\)\|/).slice(1, -1))
    .map(cells => cells.map(cell => plain(cell.trim().replaceAll('\\|', '|'))))
  const widths = (rows[0] ?? []).map((_, at) => rows.reduce((most, row) => Math.max(most, textWidth(row[at] ?? '')), 0))
  return rows
    .map((row, at) => {
      const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - textWidth(cell)))
      const text = cells.join('  ').trimEnd()
      return at === 0 ? paint.strong(text) : text
    })
    .join('\n')
}

interface Wrapping {
  readonly width: number
  readonly paint: Palette
  /** Blanks before every line but the first. */
  readonly hang: number
}

function wrap(text: string, { width, paint, hang }: Wrapping): string {
  const lines: string[] = []
  let line = ''
  // Code is one word: a break in it would change it.
  for (const word of withoutLinks(text).match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    if (line.trim() !== '' && textWidth(plain(`${line} ${word}`)) > width) {
      lines.push(line)
      line = ' '.repeat(hang) + word
    } else line += line === '' ? word : ` ${word}`
  }
  return styled([...lines, line].join('\n'), paint)
}

const marks = /`([^`]*)`|\*\*([^*]+)\*\*|\*([^*]+)\*/g

function styled(text: string, paint: Palette): string {
  return text.replace(marks, (_, code?: string, strong?: string, emphasis?: string) => {
    if (code !== undefined) return paint.help(code)
    return strong === undefined ? (emphasis ?? '') : paint.strong(strong)
  })
}

function plain(text: string): string {
  return withoutLinks(text).replace(
    marks,
    (_, code?: string, strong?: string, emphasis?: string) => code ?? strong ?? emphasis ?? '',
  )
}

/** A link to another page is the name of it; one to elsewhere keeps its address. */
function withoutLinks(text: string): string {
  return text.replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_, label: string, address: string) =>
    /^https?:/.test(address) ? `${label} (${address})` : label,
  )
}
