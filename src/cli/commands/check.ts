import { check } from '../../check.ts'
import { renderers } from '../../reports/render.ts'
import { type RawOptions, resolveSettings } from '../../settings/resolve.ts'
import { checkSurface } from '../../settings/surface.ts'
import { exitCode } from '../../validation/outcome.ts'
import { wantsColor } from '../color.ts'
import { deliver } from '../deliver.ts'
import { couldNotRun } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { noticeIfEmpty } from '../notice.ts'
import { withProgress } from '../progress.ts'

/** `zenml-secrets check`: returns the exit code. */
export async function runCheck(raw: RawOptions, io: Io): Promise<number> {
  const { settings, values, outputs } = resolveSettings(checkSurface, raw, io)
  const { quiet, verbose } = values
  const report = await withProgress(io, quiet, context => check(settings, context))
  if (io.signal.aborted) return couldNotRun
  if (!quiet) noticeIfEmpty(report, io)
  const complete = await deliver(
    outputs,
    ({ format, file }) => {
      const color = file === undefined && wantsColor(values['no-color'], io.env, io.stdout)
      return renderers[format](report, { color, quiet, verbose })
    },
    io,
  )
  return complete ? exitCode(report, settings.policy) : couldNotRun
}
