import type { Report, ReportedStack } from '../validation/report.ts'
import type { JudgedUse, Verdict } from '../validation/use.ts'
import type { RenderContext } from './context.ts'
import { inlineCode } from './markdown-escape.ts'
import type { Table } from './markdown-page.ts'
import { pageLink, placeLink } from './markdown-place.ts'
import { componentText } from './owner-text.ts'
import { verdictTone, verdictWords } from './verdicts.ts'

const toneMarks = { good: '✅', bad: '❌', unsure: '⚠️', none: '➖' } as const

/** A table for each stack that needs secrets, and one for what needs secrets outside any stack, file by file. */
export function stackTables(report: Report, context: RenderContext): readonly Table[] {
  const { stacks, uses } = report
  const tables = stacks.map(({ name, file, url, uses: indices }) =>
    tableOf(
      indices.flatMap(index => uses[index] ?? []),
      {
        heading: stackHeading({ name, file, url }),
        header: ['Component', 'Attribute', 'Secret', 'Key', 'Verdict'],
        cells: use => [componentCell(use), attributeCell(use), ...answerCells(use)],
      },
    ),
  )
  const within = new Set(stacks.flatMap(stack => stack.uses))
  const outside = tableOf(
    uses.filter((_, index) => !within.has(index)),
    {
      heading: '### Outside any stack',
      header: ['Where', 'Component', 'Attribute', 'Secret', 'Key', 'Verdict'],
      cells: use => [placeLink(use.place, context), componentCell(use), attributeCell(use), ...answerCells(use)],
    },
  )
  return [...tables, outside].filter(({ length }) => length > 0)
}

interface Columns {
  readonly heading: string
  readonly header: readonly string[]
  readonly cells: (use: JudgedUse) => readonly string[]
}

function tableOf(uses: readonly JudgedUse[], { heading, header, cells }: Columns): Table {
  return { heading, header, length: uses.length, row: index => uses.slice(index, index + 1).flatMap(cells) }
}

function stackHeading({ name, file, url }: Omit<ReportedStack, 'uses'>): string {
  const shown = name === undefined ? undefined : inlineCode(name)
  if (url !== undefined) return `### Registered stack ${pageLink(shown ?? 'without a name', url)}`
  const named = shown === undefined ? '### Stack' : `### Stack ${shown}`
  return file === undefined ? named : `${named} in ${inlineCode(file)}`
}

function componentCell({ component }: JudgedUse): string {
  return component ? inlineCode(componentText(component)) : ''
}

function attributeCell({ attribute }: JudgedUse): string {
  return attribute === undefined ? '' : inlineCode(attribute)
}

function answerCells({ secret, key, verdict }: JudgedUse): readonly string[] {
  return [inlineCode(secret), key === null ? '' : inlineCode(key), verdictCell(verdict)]
}

function verdictCell(verdict: Verdict): string {
  return `${toneMarks[verdictTone[verdict]]} ${verdictWords[verdict]}`
}
