import { linksOf } from '../github/links.ts'
import { type Annotation, annotations } from '../reports/annotations.ts'
import { renderJson } from '../reports/json.ts'
import { renderMarkdown } from '../reports/markdown.ts'
import { renderText } from '../reports/text.ts'
import { displayable, quoted } from '../text/displayable.ts'
import type { Report } from '../validation/report.ts'
import { commentOn } from './comment.ts'

import { type Note, sayNotes } from './notes.ts'
import { outputsOf, setOutputs } from './outputs.ts'
import { writeReportFile } from './report-file.ts'
import type { Run } from './run.ts'
import type { Runner } from './runner.ts'
import { appendSummary } from './summary.ts'

/** Tells everyone about a report: the log, the job summary, the JSON file, the pull request, later steps. */
export async function deliver(report: Report, run: Run, runner: Runner): Promise<void> {
  const { values, event } = run
  const links = linksOf(runner.env, event)
  const context = { docsUrl: links.docs, filesUrl: links.files }
  const color = !runner.env.NO_COLOR
  runner.print(renderText(report, { ...context, color, verbose: runner.env.RUNNER_DEBUG === '1' }))
  const file = await writeJson(report, run)
  const summary = values.summary
    ? await appendSummary(runner.env.GITHUB_STEP_SUMMARY, limit => renderMarkdown(report, { ...context, limit }))
    : undefined
  const comment = await commentOn(report, run, runner)
  const marked: readonly Annotation[] = values.annotations ? annotations(report, context) : []
  for (const annotation of marked) runner.annotate(annotation)
  const notes: readonly Note[] = [
    ...run.notes,
    ...nothingFound(report),
    ...warn(file.warning),
    ...warn(summary),
    ...comment.notes,
  ]
  sayNotes(notes, marked, runner)
  setOutputs(outputsOf(report, { reportFile: file.path, commentUrl: comment.url }), runner)
}

function nothingFound({ counts, findings, uses }: Report): readonly Note[] {
  if (counts.files > 0 || findings.length > 0 || uses.length > 0) return []
  return [{ level: 'notice', text: nothing }]
}

const nothing =
  'Nothing of ZenML was found, so there was nothing to check. If there should be, see that the repository is checked out before this step, and what the input paths says.'

interface WrittenFile {
  readonly path?: string
  readonly warning?: string
}

async function writeJson(report: Report, { values, settings }: Run): Promise<WrittenFile> {
  const path = values['json-file']
  if (path === undefined) return {}
  try {
    await writeReportFile(path, renderJson(report), settings.query.root)
    return { path }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? displayable(String(error.code)) : 'an unknown error'
    return {
      warning: `The JSON report was not written to ${quoted(path, 500)}: the system answered ${code}. The log has the whole report.`,
    }
  }
}

function warn(text: string | undefined): readonly Note[] {
  return text === undefined ? [] : [{ level: 'warning', text }]
}
