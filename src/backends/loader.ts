import type { Backend, BackendName } from './backend.ts'
import type { LocalOptions } from './local/options.ts'
import type { BackendOptions } from './options.ts'

/** Each backend's code is loaded on first use only: most of them bring a large library along. */
const loaders = {
  local: async (options: LocalOptions) => (await import('./local/local.ts')).createLocalBackend(options),
} satisfies { readonly [Name in BackendName]: (options: BackendOptions[Name]) => Promise<Backend> }

/** Makes a backend; nothing is asked of its service yet. */
export function loadBackend<Name extends BackendName>(name: Name, options: BackendOptions[Name]): Promise<Backend> {
  return loaders[name](options)
}
