import type { BackendOptions } from '../backends/options.ts'
import type { ScopeOptions } from '../backends/secrets-manager/read-scope.ts'
import type { VaultOptions } from '../backends/vault/options.ts'
import { Concealed } from '../text/concealed.ts'
import { localStoresPath } from './local-stores.ts'
import type { OptionValues } from './options.ts'
import type { Surroundings } from './surroundings.ts'

/** Options of every backend, whichever will be asked. Credentials without an option of their own come from the service's own variables. */
export function backendOptionsOf(values: OptionValues, surroundings: Surroundings): BackendOptions {
  const { env, cwd, homedir } = surroundings
  const scoped = {
    scope: values.scope,
    namespace: values['scope-namespace'],
    componentId: values['component-id'],
  }
  return {
    local: {
      secretsFile: values['secrets-file'],
      localStores: localStoresPath(surroundings),
      componentId: values['component-id'],
    },
    zenml: {
      url: values['zenml-url'],
      apiKey: concealed(values['zenml-api-key']),
      token: concealed(env.ZENML_STORE_API_TOKEN?.trim()),
      username: env.ZENML_STORE_USERNAME || undefined,
      password: concealed(env.ZENML_STORE_PASSWORD),
      verifySsl: env.ZENML_STORE_VERIFY_SSL || undefined,
    },
    aws: { ...scoped, region: values['aws-region'], environment: env, homedir, workspace: cwd },
    gcp: { ...scoped, project: values['gcp-project'], homedir, workspace: cwd },
    azure: { ...scoped, vaultUrl: values['azure-vault-url'], vaultName: undefined, workspace: cwd },
    vault: { ...scoped, ...vaultOptionsOf(values) },
    github: { repository: values['github-repository'], token: concealed(values['github-token']) },
  }
}

function vaultOptionsOf(values: OptionValues): Omit<VaultOptions, keyof ScopeOptions> {
  return {
    url: values['vault-url'],
    token: concealed(values['vault-token']),
    mount: values['vault-mount'],
    vaultNamespace: values['vault-namespace'],
    role: values['vault-role'],
    audience: values['vault-audience'],
    authMount: values['vault-auth-mount'],
    roleId: values['vault-role-id'],
    secretId: concealed(values['vault-secret-id']),
  }
}

function concealed(text: string | undefined): Concealed | undefined {
  return text === undefined || text === '' ? undefined : new Concealed(text)
}
