import type { BackendName } from './backend.ts'
import type { BackendContext } from './context.ts'
import type { BackendOptions } from './options.ts'
import type { SecretStore } from './secret-store.ts'

/** Like the backends, each store's code is loaded on first use only. */
const loaders: { readonly [Name in BackendName]: Loader<Name> } = {
  local: async options => (await import('./local/store.ts')).openLocalStore(options),
  zenml: async (options, context) => (await import('./zenml/store.ts')).openZenmlStore(options, context),
  aws: async (options, context) => (await import('./aws/store.ts')).openAwsStore(options, context),
  gcp: async (options, context) => (await import('./gcp/store.ts')).openGcpStore(options, context),
  azure: async (options, context) => (await import('./azure/store.ts')).openAzureStore(options, context),
  vault: async (options, context) => (await import('./vault/store.ts')).openVaultStore(options, context),
  github: async (options, context) => (await import('./github/store.ts')).openGithubStore(options, context),
}

type Loader<Name extends BackendName> = (options: BackendOptions[Name], context: BackendContext) => Promise<SecretStore>

/**
 * Opens the store of a backend for reading and writing values; nothing is asked of its service yet.
 * @throws SecretStoreError where the options do not say which store.
 */
export function openStore<Name extends BackendName>(
  name: Name,
  options: BackendOptions[Name],
  context: BackendContext,
): Promise<SecretStore> {
  return loaders[name](options, context)
}
