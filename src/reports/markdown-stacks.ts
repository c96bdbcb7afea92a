import type { Report } from '../validation/report.ts'
import type { JudgedUse, Verdict } from '../validation/use.ts'
import type { RenderContext } from './context.ts'
import { inlineCode } from './markdown-escape.ts'
import type { Table } from './markdown-page.ts'
import { placeLink } from './markdown-place.ts'
import { componentText } from './owner-text.ts'
import { verdictTone, verdictWords } from './verdicts.ts'

const toneMarks = { good: '✅', bad: '❌', unsure: '⚠️', none: '➖' } as const

/** A table for each stack that needs secrets, and one for what needs secrets outside any stack. */
export function stackTables(report: Report, context: RenderContext): readonly Table[] {
  const { stacks, uses } = report
  const tables = stacks.map(({ name, file, uses: indices }) => ({
    heading: `### Stack${name === undefined ? '' : ` ${inlineCode(name)}`}${file === undefined ? '' : ` in ${inlineCode(file)}`}`,
    header: ['Component', 'Attribute', 'Secret', 'Key', 'Verdict'],
    rows: indices.flatMap(index => {
      const use = uses[index]
      return use ? [[componentCell(use), attributeCell(use), ...answerCells(use)]] : []
    }),
  }))
  const within = new Set(stacks.flatMap(stack => stack.uses))
  const outside = {
    heading: '### Outside any stack',
    header: ['Where', 'Secret', 'Key', 'Verdict'],
    rows: uses.flatMap((use, index) =>
      within.has(index) ? [] : [[placeLink(use.place, context), ...answerCells(use)]],
    ),
  }
  return [...tables, outside].filter(({ rows }) => rows.length > 0)
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
