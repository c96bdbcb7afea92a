import { posix, win32 } from 'node:path'
import type { Surroundings } from './surroundings.ts'

/**
 * Absolute path of the folder ZenML keeps its local stores in: `ZENML_LOCAL_STORES_PATH`, else `local_stores` in
 * `ZENML_CONFIG_PATH`, else in the folder ZenML takes from `click.get_app_dir('zenml')` for its configuration.
 * Empty variables count as unset.
 */
export function localStoresPath({ env, cwd, homedir, platform }: Surroundings): string {
  const { join, resolve } = platform === 'win32' ? win32 : posix
  const stores = env.ZENML_LOCAL_STORES_PATH
  if (stores) return resolve(cwd, stores)
  const config = env.ZENML_CONFIG_PATH || join(applicationsPath(), 'zenml')
  return resolve(cwd, config, 'local_stores')

  function applicationsPath(): string {
    if (platform === 'win32') return env.APPDATA || homedir
    if (platform === 'darwin') return join(homedir, 'Library', 'Application Support')
    return env.XDG_CONFIG_HOME || join(homedir, '.config')
  }
}
