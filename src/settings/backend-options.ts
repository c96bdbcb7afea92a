import type { BackendOptions } from '../backends/options.ts'
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
  }
}

function concealed(text: string | undefined): Concealed | undefined {
  return text === undefined || text === '' ? undefined : new Concealed(text)
}
