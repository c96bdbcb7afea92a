import type { Report } from '../validation/report.ts'
import type { Io } from './io.ts'

/** Says on standard error that the files hold nothing of ZenML, which is no error but may be a mistake. */
export function noticeIfEmpty({ counts, findings, uses }: Report, io: Io): void {
  if (counts.files > 0 || findings.length > 0 || uses.length > 0) return
  io.stderr.write('Nothing of ZenML was found in these files.\n')
}

/** Says on standard error that a list of secret uses is not complete. */
export function noticeIfUnread({ findings }: Report, io: Io): void {
  const unread = findings.filter(({ finding }) => finding.kind === 'unreadable-file').length
  if (unread === 0) return
  const what = unread === 1 ? 'One file could not be read in full' : `${unread} files could not be read in full`
  io.stderr.write(`${what}: run "zenml-secrets check" to see why.\n`)
}
