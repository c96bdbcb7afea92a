import type { Report } from '../validation/report.ts'
import type { RenderContext } from './context.ts'
import { renderMarkdown } from './markdown.ts'
import { inlineCode, plainText } from './markdown-escape.ts'
import { totals } from './totals.ts'

/** What a comment says beside the report. */
export interface CommentContext extends Pick<RenderContext, 'docsUrl' | 'filesUrl'> {
  /** The commit that was checked. */
  readonly sha: string
  /** Trusted address of the workflow run. */
  readonly runUrl?: string | undefined
}

/** GitHub refuses a comment of more than 65,536 characters; this is bytes, and leaves room for a marker. */
const limit = 56_000

/** The body of a pull-request comment: result, totals and findings, or one line where nothing is wrong. */
export function renderComment(report: Report, context: CommentContext): string {
  const run = context.runUrl === undefined ? '' : ` in [this run](${context.runUrl})`
  const checked = `Checked commit ${inlineCode(context.sha)}${run}.`
  if (report.result === 'pass') return `✅ **ZenML secrets: all clear.** ${plainText(totals(report))} ${checked}\n`
  const { docsUrl, filesUrl } = context
  return `${renderMarkdown(report, { brief: true, limit, docsUrl, filesUrl })}\n${checked}\n`
}
