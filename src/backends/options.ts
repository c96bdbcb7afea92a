import type { LocalOptions } from './local/options.ts'

/** Options of every backend, by its name. Loads no backend. */
export interface BackendOptions {
  readonly local: LocalOptions
}
