import type { BackendName } from '../../../backends/backend.ts'
import type { BackendOptions } from '../../../backends/options.ts'
import { type SecretStore, SecretStoreError } from '../../../backends/secret-store.ts'
import { openStore } from '../../../backends/store-loader.ts'
import { chooseBackend } from '../../../choose-backend.ts'
import { type RawOptions, resolveSettings } from '../../../settings/resolve.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { checkSurface } from '../../../settings/surface.ts'
import type { Io } from '../../io.ts'

/** What a command works on. */
export interface Session {
  readonly io: Io
  readonly store: SecretStore
  /** Lets the store work on something within the time of the run; questions to the user take none of it. */
  ask<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
}

/**
 * Opens the store the options name: the backend, else the one that has options of its own.
 * @throws SettingsError, SecretStoreError
 */
export async function openSession(raw: RawOptions, io: Io): Promise<Session> {
  // The level is no option of these commands, so that a wrong one is none of their business.
  const env = { ...io.env, ZENML_SECRET_VALIDATION_LEVEL: undefined }
  const { settings } = resolveSettings(checkSurface, raw, { ...io, env })
  const choice = chooseBackend(undefined, settings)
  const name = choice.kind === 'backend' ? choice.name : onlyLocal(settings.backendOptions)
  if (name === undefined) throw new SettingsError([noBackend])
  const store = await open(name, settings.backendOptions, io)
  return sessionOver(store, io, settings.timeout)
}

/** `timeout`: milliseconds one piece of work may take. */
export function sessionOver(store: SecretStore, io: Io, timeout: number): Session {
  return {
    io,
    store,
    ask: async work => {
      const timeUp = AbortSignal.timeout(timeout)
      const signal = AbortSignal.any([io.signal, timeUp])
      try {
        return await work(signal)
      } catch (error) {
        if (!timeUp.aborted || io.signal.aborted) throw error
        throw new SecretStoreError(
          'unreachable',
          'There was no answer within the time given. Try again, or raise --timeout.',
        )
      }
    },
  }
}

const noBackend =
  'Nothing says which backend keeps the secrets, or several could. Name it with --backend, or give one of --secrets-file, --zenml-url, --aws-region, --gcp-project, --azure-vault-url, --vault-url and --github-repository.'

/** The id of a component names its local file, where nothing else is set. */
function onlyLocal({ local, aws, gcp, azure, vault, github, zenml }: BackendOptions): BackendName | undefined {
  const others = [zenml.url, aws.region, gcp.project, azure.vaultUrl, vault.url, github.repository]
  return local.componentId !== undefined && others.every(option => option === undefined) ? 'local' : undefined
}

function open<Name extends BackendName>(name: Name, options: BackendOptions, io: Io): Promise<SecretStore> {
  return openStore(name, options[name], { environment: io.env })
}
