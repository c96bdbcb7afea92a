import type { Report, Result } from '../validation/report.ts'
import type { RenderContext } from './context.ts'
import { plainText } from './markdown-escape.ts'
import { findingsTable } from './markdown-findings.ts'
import { markdownPage } from './markdown-page.ts'
import { stackTables } from './markdown-stacks.ts'
import { mermaidGraph } from './mermaid.ts'
import { plural, totals } from './totals.ts'

/** GitHub refuses a job summary of 1 MiB. */
const defaultLimit = 1_000_000

const headings = {
  pass: '## ✅ ZenML secrets: passed',
  fail: '## ❌ ZenML secrets: failed',
  unverified: '## ⚠️ ZenML secrets: not verified',
  error: '## ❌ ZenML secrets: could not finish',
} as const satisfies Record<Result, string>

/**
 * The job summary: result, totals, findings, then a table for each stack and a graph. What does not fit within
 * `context.limit` is left out from the end, and the page says so. Ends in a line break.
 */
export function renderMarkdown(report: Report, context: RenderContext): string {
  const page = markdownPage(context.limit ?? defaultLimit)
  page.add(headings[report.result])
  page.add(plainText(totals(report)))
  const left = { findings: page.addTable(findingsTable(report.findings, context)), references: 0, graph: 0 }
  if (!context.brief) {
    for (const table of stackTables(report, context)) left.references += page.addTable(table)
    const graph = mermaidGraph(report)
    if (graph && !page.add(`### Graph\n\n${graph.block}${graphNote(graph.left)}`)) left.graph = 1
  }
  return page.text(noteOf(left))
}

function graphNote(left: number): string {
  return left === 0 ? '' : `\n\nThe graph leaves out ${plural(left, 'reference')}.`
}

interface LeftOut {
  readonly findings: number
  readonly references: number
  readonly graph: number
}

function noteOf({ findings, references, graph }: LeftOut): string | undefined {
  const parts = [
    findings > 0 && plural(findings, 'row').concat(' of findings'),
    references > 0 && plural(references, 'reference'),
    graph > 0 && 'the graph',
  ].filter(part => part !== false)
  if (parts.length === 0) return undefined
  return `**Cut at the size limit of this page.** Left out: ${parts.join(', ')}. The log and the JSON report have everything.`
}
