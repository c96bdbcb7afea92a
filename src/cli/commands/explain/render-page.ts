import { palette } from '../../../reports/colors.ts'
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
  const colors = palette(color)
  // Without a colour, quotes tell code from text.
  const paint: Paint = { strong: colors.strong, faint: colors.faint, code: color ? colors.help : text => `\`${text}\`` }
  const blocks = blocksOf(markdown.split('\n'))
  return `${blocks.map(block => renderBlock(block, paint, width)).join('\n\n')}\n`
}

type Paint = Readonly<Record<'strong' | 'faint' | 'code', (text: string) => string>>

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

function renderBlock({ kind, lines }: Block, paint: Paint, width: number): string {
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
function renderTable(lines: readonly string[], paint: Paint): string {
  const rows = lines
    .filter(line => !/^[|\s:-]+$/.test(line))
    .map(line => line.split(/(?<!\\)\|/).slice(1, -1))
    .map(cells => cells.map(cell => withoutLinks(cell.trim().replaceAll('\\|', '|'))))
  const widthOf = (cell: string) => textWidth(plain(cell, paint))
  const widths = (rows[0] ?? []).map((_, at) => rows.reduce((most, row) => Math.max(most, widthOf(row[at] ?? '')), 0))
  return rows
    .map((row, at) => {
      const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      const text = styled(cells.join('  ').trimEnd(), paint)
      return at === 0 ? paint.strong(text) : text
    })
    .join('\n')
}

interface Wrapping {
  readonly width: number
  readonly paint: Paint
  /** Blanks before every line but the first. */
  readonly hang: number
}

function wrap(text: string, { width, paint, hang }: Wrapping): string {
  const lines: string[] = []
  let line = ''
  // Code is one word: a break in it would change it.
  for (const word of withoutLinks(text).match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    if (line.trim() !== '' && textWidth(plain(`${line} ${word}`, paint)) > width) {
      lines.push(line)
      line = ' '.repeat(hang) + word
    } else line += line === '' ? word : ` ${word}`
  }
  return styled([...lines, line].join('\n'), paint)
}

const marks = /`([^`]*)`|\*\*([^*]+)\*\*|\*([^*]+)\*/g

function styled(text: string, paint: Paint): string {
  return text.replace(marks, (_, ...[code, strong, emphasis]: readonly (string | undefined)[]) => {
    if (code !== undefined) return paint.code(code)
    return strong === undefined ? (emphasis ?? '') : paint.strong(strong)
  })
}

/** What is shown of a text, without colours. */
function plain(text: string, { code }: Paint): string {
  return styled(text, { strong: same, faint: same, code: code('') === '``' ? code : same })
}

const same = (text: string) => text

/** A link to another page is the name of it; one to elsewhere keeps its address. */
function withoutLinks(text: string): string {
  return text.replace(/\[([^\]]*)\]\(([^)]*)\)/g, (_, label: string, address: string) =>
    /^https?:/.test(address) ? `${label} (${address})` : label,
  )
}
