import type { BackendContext } from '../context.ts'
import { type SecretStore, SecretStoreError } from '../secret-store.ts'
import { createManagerStore } from '../secrets-manager/manager-store.ts'
import { perKeyObjects } from '../secrets-manager/per-key-objects.ts'
import { storeError } from '../secrets-manager/store-errors.ts'
import { takenNames } from '../secrets-manager/taken-names.ts'
import { azureDescription, connectAzure } from './connect.ts'
import type { AzureOptions } from './options.ts'
import { accessOf } from './store-access.ts'
import { keyObjects, scopedObjects } from './store-objects.ts'

/**
 * Azure Key Vault as ZenML's `azure` secrets manager writes it. A list is one request for 25 secrets of the vault. A
 * secret takes one to read, two to register or delete and five to update, where it has at most 25 versions; in scope
 * `none` one for each key, and one list. What was deleted is recovered when its name is registered again.
 * @throws SecretStoreError where the options do not say where to ask.
 */
export function openAzureStore(options: AzureOptions, context: BackendContext): SecretStore {
  const connection = connectAzure(options, context)
  if ('problem' in connection) throw new SecretStoreError('failed', connection.problem)
  const { scope } = connection
  const taken = takenNames()
  return createManagerStore({
    flavor: 'azure',
    description: azureDescription(connection),
    scope,
    connect: async signal => {
      const session = await connection.open(signal)
      if ('answer' in session) throw storeError(session.answer)
      const access = accessOf(session)
      return scope.scope === 'none' ? perKeyObjects(keyObjects(access), taken) : scopedObjects(access, scope, options)
    },
  })
}
