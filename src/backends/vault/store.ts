import type { HttpClientOptions } from '../../http/client.ts'
import type { BackendContext } from '../context.ts'
import { type SecretStore, SecretStoreError } from '../secret-store.ts'
import { createManagerStore } from '../secrets-manager/manager-store.ts'
import { storeError } from '../secrets-manager/store-errors.ts'
import type { VaultOptions } from './options.ts'
import { scopeFolder, vaultDescription, vaultPlace } from './place.ts'
import { kvObjects } from './store-objects.ts'

/**
 * A KV engine of Vault or OpenBao as ZenML's `vault` secrets manager writes it, and the same in version 1, which ZenML
 * does not know. A list is one request. A secret takes one to read or register and two to update or delete; with version
 * 1 two to register. One more finds the engine, once.
 * @param seams For tests.
 * @throws SecretStoreError where the options do not say where to ask.
 */
export function openVaultStore(
  options: VaultOptions,
  context: BackendContext,
  seams?: HttpClientOptions['seams'],
): SecretStore {
  const place = vaultPlace(options, { context, seams })
  if ('problem' in place) throw new SecretStoreError('failed', place.problem)
  const { connection, scope } = place
  return createManagerStore({
    flavor: 'vault',
    description: vaultDescription(place),
    scope,
    connect: async signal => {
      const session = await connection.open(signal)
      if ('answer' in session) throw storeError(session.answer)
      const engine = await session.engine(scopeFolder(scope), signal)
      if ('answer' in engine) throw storeError(engine.answer)
      return kvObjects({ engine, scope, signal })
    },
  })
}
