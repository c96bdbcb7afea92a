import type { ReferenceFormat } from '../../reports/formats.ts'
import { renderJson } from '../../reports/json.ts'
import { referencesMarkdown, referencesText } from '../../reports/references.ts'
import { referencesCsv } from '../../reports/references-csv.ts'
import { referencesTree } from '../../reports/references-tree.ts'
import { type RawOptions, resolveSettings } from '../../settings/resolve.ts'
import { referencesSurface } from '../../settings/surface.ts'
import type { Report } from '../../validation/report.ts'
import { checkInTime } from '../check-in-time.ts'
import { deliver } from '../deliver.ts'
import { clean, couldNotRun } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { noticeIfEmpty, noticeIfUnread } from '../notice.ts'

/** `zenml-secrets references`: the list `check` would look up, unlooked. Returns the exit code. */
export async function runReferences(raw: RawOptions, io: Io): Promise<number> {
  const { settings, values, outputs } = resolveSettings(referencesSurface, raw, io)
  const run = { ...settings, level: 'NONE' } as const
  const report = await checkInTime(run, io, { quiet: values.quiet })
  if (io.signal.aborted) return couldNotRun
  if (!values.quiet) noticeIfEmpty(report, io)
  noticeIfUnread(report, io)
  const list = listOf(report)
  const text = values.tree ? referencesTree : referencesText
  const complete = await deliver(
    outputs,
    async ({ format }) => (format === 'text' ? text : formatters[format])(list),
    io,
  )
  return complete ? clean : couldNotRun
}

const formatters = {
  json: renderJson,
  csv: referencesCsv,
  markdown: referencesMarkdown,
} satisfies Record<Exclude<ReferenceFormat, 'text'>, (report: Report) => string>

/** The report without what the files alone show to be wrong: that is the business of `check`. */
function listOf(report: Report): Report {
  return {
    ...report,
    findings: [],
    counts: { ...report.counts, errors: 0, warnings: 0, notices: 0, ignored: 0 },
  }
}
