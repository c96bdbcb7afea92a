import { renderers } from '../../reports/render.ts'
import { type RawOptions, resolveSettings } from '../../settings/resolve.ts'
import { checkSurface } from '../../settings/surface.ts'
import { exitCode } from '../../validation/outcome.ts'
import { checkInTime } from '../check-in-time.ts'
import { wantsColor } from '../color.ts'
import { deliver } from '../deliver.ts'
import { couldNotRun } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { noticeIfEmpty } from '../notice.ts'

/** `zenml-secrets check`: returns the exit code. */
export async function runCheck(raw: RawOptions, io: Io): Promise<number> {
  const { settings, values, outputs } = resolveSettings(checkSurface, raw, io)
  const { quiet, verbose } = values
  const report = await checkInTime(settings, io, { quiet })
  if (io.signal.aborted) return couldNotRun
  if (!quiet) noticeIfEmpty(report, io)
  const complete = await deliver(
    outputs,
    async ({ format, file }) => {
      const color = file === undefined && wantsColor(values['no-color'], io.env, io.stdout)
      return (await renderers[format]())(report, { color, quiet, verbose })
    },
    io,
  )
  return complete ? exitCode(report, settings.policy) : couldNotRun
}
