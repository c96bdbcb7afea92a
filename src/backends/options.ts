import type { AwsOptions } from './aws/options.ts'
import type { AzureOptions } from './azure/options.ts'
import type { GcpOptions } from './gcp/options.ts'
import type { GithubOptions } from './github/options.ts'
import type { LocalOptions } from './local/options.ts'
import type { VaultOptions } from './vault/options.ts'
import type { ZenmlOptions } from './zenml/options.ts'

/** Options of every backend, by its name. Loads no backend. */
export interface BackendOptions {
  readonly local: LocalOptions
  readonly zenml: ZenmlOptions
  readonly aws: AwsOptions
  readonly gcp: GcpOptions
  readonly azure: AzureOptions
  readonly vault: VaultOptions
  readonly github: GithubOptions
}
