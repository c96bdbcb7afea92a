import type { BackendName } from '../backends/backend.ts'
import type { BackendContext } from '../backends/context.ts'
import type { BackendOptions } from '../backends/options.ts'
import { type SecretStore as EngineStore, SecretStoreError } from '../backends/secret-store.ts'
import { openStore } from '../backends/store-loader.ts'
import { chooseBackend } from '../choose-backend.ts'
import { SettingsError } from '../settings/settings.ts'
import { quoted } from '../text/displayable.ts'
import { readOptions, timed } from './settings.ts'
import type { SecretStore, SecretStoreOptions } from './types.ts'

export async function openStoreOf(options: SecretStoreOptions): Promise<SecretStore> {
  // The level is no option of a store, so that a wrong one is none of its business.
  const env = { ...(options.env ?? process.env), ZENML_SECRET_VALIDATION_LEVEL: undefined }
  const given = readOptions({ ...options, env })
  const choice = chooseBackend(undefined, given.settings)
  if (choice.kind !== 'backend') throw new SettingsError([noBackend])
  const store = await open(choice.name, choice.options, { environment: given.surroundings.env })
  return {
    backend: store.name,
    description: store.description,
    listSecrets: async () => (await store.list(timed(given))).map(({ name }) => name),
    getSecret: async name => {
      const secret = await store.read(name, timed(given))
      if (secret) return { name: secret.name, content: new Map(secret.values) }
      throw new SecretStoreError(
        'absent',
        `There is no secret with the name ${quoted(name)}. Register it, or correct the name.`,
      )
    },
  }
}

const noBackend =
  'Nothing says which backend keeps the secrets, or several could. Name it with the option backend, or give one of secretsFile, zenmlUrl, awsRegion, gcpProject, azureVaultUrl, vaultUrl and githubRepository.'

function open<Name extends BackendName>(
  name: Name,
  options: BackendOptions,
  context: BackendContext,
): Promise<EngineStore> {
  return openStore(name, options[name], context)
}
