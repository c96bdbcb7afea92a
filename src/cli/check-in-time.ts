import { type CheckContext, check } from '../check.ts'
import { type Settings, SettingsError } from '../settings/settings.ts'
import type { Report } from '../validation/report.ts'
import type { Io } from './io.ts'
import { withProgress } from './progress.ts'

/**
 * Runs the check with a progress line, until the user interrupts it or its time is up. What a backend did not answer by
 * then is unverified.
 * @throws SettingsError where time was up before the files were read.
 */
export async function checkInTime(
  settings: Settings,
  io: Io,
  { quiet, ...listener }: { readonly quiet: boolean } & Pick<CheckContext, 'onJudged'>,
): Promise<Report> {
  const timeUp = AbortSignal.timeout(settings.timeout)
  const signal = AbortSignal.any([io.signal, timeUp])
  try {
    return await withProgress(io.stderr, quiet, progress =>
      check(settings, { signal, environment: io.env, ...progress, ...listener }),
    )
  } catch (error) {
    if (!timeUp.aborted || error !== timeUp.reason) throw error
    throw new SettingsError([
      'The files could not be read within the time given. Name fewer paths, or raise --timeout.',
    ])
  }
}
