import type { Report } from '../validation/report.ts'
import { type Annotation, annotations } from './annotations.ts'
import type { RenderContext } from './context.ts'
import { totals } from './totals.ts'

/** The annotations as workflow commands for a log of GitHub Actions, then the totals. Ends in a line break. */
export function renderGithub(report: Report, context: RenderContext): string {
  return `${[...annotations(report, context).map(commandLine), totals(report)].join('\n')}\n`
}

function commandLine(annotation: Annotation): string {
  const { level, title, message, file, startLine, endLine, startColumn, endColumn } = annotation
  const properties = { title, file, line: startLine, endLine, col: startColumn, endColumn }
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${level} ${written.join(',')}::${escapeData(message)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
