import type { Report } from '../validation/report.ts'
import type { Io } from './io.ts'

/** Says on standard error that what was looked at holds nothing of ZenML, which is no error but may be a mistake. */
export function noticeIfEmpty({ counts, findings, uses }: Report, io: Io): void {
  if (counts.files > 0 || counts.stacks > 0 || findings.length > 0 || uses.length > 0) return
  io.stderr.write('Nothing of ZenML was found in these files.\n')
}

/** Says on standard error that a list of secret uses is not complete. */
export function noticeIfUnread({ findings }: Report, io: Io): void {
  for (const [kind, noun] of unreadKinds) {
    const unread = findings.filter(({ finding }) => finding.kind === kind).length
    const what = unread === 1 ? `One ${noun}` : `${unread} ${noun}s`
    if (unread > 0) io.stderr.write(`${what} could not be read in full: run "zenml-secrets check" to see why.\n`)
  }
}

const unreadKinds = [
  ['unreadable-file', 'file'],
  ['unreadable-stack', 'stack'],
] as const
