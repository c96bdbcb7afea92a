/**
 * The one module that is bundled. The files users start, `dist/cli/index.js` and `dist/action/index.js`, are stubs that
 * call one of these, and `dist/index.js` hands the library on, so that neither loads the other's libraries. What both need is exported here, which puts it into
 * the first file: one file loads faster than many small ones, and nothing is bundled twice.
 */
export { createLocalBackend } from './backends/local/local.ts'
export { check as runCheck } from './check.ts'
export {
  check,
  findSecretUses,
  openSecretStore,
  parseReference,
  SecretStoreError,
  SettingsError,
} from './index.ts'
export { renderText } from './reports/text.ts'
export { resolveSettings } from './settings/resolve.ts'

export async function cli(): Promise<void> {
  await import('./cli/index.ts')
}

export async function action(): Promise<void> {
  await import('./action/index.ts')
}
