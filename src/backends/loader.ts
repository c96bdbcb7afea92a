import type { Backend, BackendName } from './backend.ts'
import type { BackendContext } from './context.ts'
import type { BackendOptions } from './options.ts'

/** Each backend's code is loaded on first use only: most of them bring a large library along. */
const loaders: { readonly [Name in BackendName]: Loader<Name> } = {
  local: async options => (await import('./local/local.ts')).createLocalBackend(options),
  zenml: async (options, context) => (await import('./zenml/zenml.ts')).createZenmlBackend(options, context),
  aws: async options => (await import('./aws/aws.ts')).createAwsBackend(options),
  gcp: async (options, context) => (await import('./gcp/gcp.ts')).createGcpBackend(options, context),
  azure: async (options, context) => (await import('./azure/azure.ts')).createAzureBackend(options, context),
  vault: async (options, context) => (await import('./vault/vault.ts')).createVaultBackend(options, context),
  github: async (options, context) => (await import('./github/github.ts')).createGithubBackend(options, context),
}

type Loader<Name extends BackendName> = (options: BackendOptions[Name], context: BackendContext) => Promise<Backend>

/** Makes a backend; nothing is asked of its service yet. */
export function loadBackend<Name extends BackendName>(
  name: Name,
  options: BackendOptions[Name],
  context: BackendContext,
): Promise<Backend> {
  return loaders[name](options, context)
}
