import { check as runEngine } from '../check.ts'
import { renderJson } from '../reports/json.ts'
import type { Settings } from '../settings/settings.ts'
import { readOptions, timed } from './settings.ts'
import type { CheckOptions, Report, SecretUse, SelectionOptions } from './types.ts'

export function checkSecrets(options: CheckOptions): Promise<Report> {
  return run(options, settings => settings)
}

export async function listSecretUses(options: SelectionOptions): Promise<readonly SecretUse[]> {
  // Whatever the level of checks is, nothing is looked up here.
  const env = { ...(options.env ?? process.env), ZENML_SECRET_VALIDATION_LEVEL: undefined }
  return (await run({ ...options, env }, settings => ({ ...settings, level: 'NONE' }))).references
}

/** What is handed out is the published report, which keeps its shape while the engine's own changes. */
async function run(options: object, change: (settings: Settings) => Settings): Promise<Report> {
  const given = readOptions(options)
  const report = await runEngine(change(given.settings), {
    signal: timed(given),
    environment: given.surroundings.env,
  })
  given.signal.throwIfAborted()
  return JSON.parse(renderJson(report))
}
