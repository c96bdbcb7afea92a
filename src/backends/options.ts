import type { AwsOptions } from './aws/options.ts'
import type { LocalOptions } from './local/options.ts'
import type { ZenmlOptions } from './zenml/options.ts'

/** Options of every backend, by its name. Loads no backend. */
export interface BackendOptions {
  readonly local: LocalOptions
  readonly zenml: ZenmlOptions
  readonly aws: AwsOptions
}
