import { stat } from 'node:fs/promises'
import { check } from '../check.ts'
import { githubEvent } from '../github/event.ts'
import { type Inputs, rawFromInputs } from '../settings/inputs.ts'
import { resolveSettings } from '../settings/resolve.ts'
import { type Settings, SettingsError } from '../settings/settings.ts'
import { actionSurface } from '../settings/surface.ts'
import { quoted } from '../text/displayable.ts'
import { exitCode } from '../validation/outcome.ts'
import type { Report } from '../validation/report.ts'
import { deliver } from './deliver.ts'
import { readEventPayload } from './event-payload.ts'
import { fail, StoppedError } from './failure.ts'
import { type Note, sayNotes } from './notes.ts'
import type { Runner } from './runner.ts'

/** Checks what the inputs say and tells the runner about it. Returns the exit code; never rejects. */
export async function runAction(runner: Runner): Promise<0 | 1> {
  const inputs = rawFromInputs(runner.env)
  try {
    return await checkAndDeliver(inputs, runner)
  } catch (error) {
    sayNotes(notesOf(inputs), [], runner)
    fail(error, runner)
    return 1
  }
}

async function checkAndDeliver(inputs: Inputs, runner: Runner): Promise<0 | 1> {
  const { settings, values } = resolveSettings(actionSurface, inputs.raw, runner)
  await requireWorkspace(runner.cwd)
  const event = githubEvent(runner.env, await readEventPayload(runner.env.GITHUB_EVENT_PATH))
  const suggest = event.trust === 'trusted'
  const report = await checkInTime({ ...settings, suggest }, runner)
  await deliver(report, { settings, values, event, notes: notesOf(inputs) }, runner)
  return exitCode(report, settings.policy) === 0 && report.result !== 'error' ? 0 : 1
}

/** Nothing found in a folder that is not there would pass. */
async function requireWorkspace(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  if (found?.isDirectory()) return
  throw new SettingsError([
    `The workspace ${quoted(folder, 500)} is not there. Run this step after the one that checks the repository out.`,
  ])
}

/** Time for answers under way to come to a partial report. The runner kills a cancelled step after some seconds. */
const grace = 1000

/** @throws StoppedError where there is not even a partial report soon after the run was cancelled or its time was up. */
async function checkInTime(settings: Settings, runner: Runner): Promise<Report> {
  const cancelled = runner.signal
  const timeUp = AbortSignal.timeout(settings.timeout)
  const signal = AbortSignal.any([cancelled, timeUp])
  const report = await Promise.race([
    check(settings, { signal, environment: runner.env, onCredential: runner.mask }),
    rejectAfter(signal),
  ]).catch(error => {
    if (cancelled.aborted) throw new StoppedError('cancelled')
    throw timeUp.aborted ? new StoppedError('timeout') : error
  })
  return cancelled.aborted ? { ...report, result: 'error' } : report
}

/** Rejects a while after the signal, as what waits for a server may not heed it. */
function rejectAfter(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const giveUp = () => setTimeout(() => reject(signal.reason), grace)
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true })
  })
}

function notesOf({ warnings }: Inputs): readonly Note[] {
  return warnings.map(text => ({ level: 'warning', text }))
}
