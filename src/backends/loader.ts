import type { Backend, BackendName } from './backend.ts'
import type { LocalOptions } from './local/options.ts'

/** Options of every backend, by its name. */
interface Options {
  readonly local: LocalOptions
}

/** Each backend's code is loaded on first use only: most of them bring a large library along. */
const loaders = {
  local: async (options: LocalOptions) => (await import('./local/local.ts')).createLocalBackend(options),
} satisfies { readonly [Name in BackendName]: (options: Options[Name]) => Promise<Backend> }

/** Makes a backend; nothing is asked of its service yet. */
export function loadBackend<Name extends BackendName>(name: Name, options: Options[Name]): Promise<Backend> {
  return loaders[name](options)
}
