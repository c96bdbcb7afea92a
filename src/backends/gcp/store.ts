import type { BackendContext } from '../context.ts'
import { type SecretStore, SecretStoreError } from '../secret-store.ts'
import { createManagerStore } from '../secrets-manager/manager-store.ts'
import { perKeyObjects } from '../secrets-manager/per-key-objects.ts'
import { storeError } from '../secrets-manager/store-errors.ts'
import { takenNames } from '../secrets-manager/taken-names.ts'
import { connectGcp, gcpDescription } from './connect.ts'
import type { GcpOptions } from './options.ts'
import { accessOf } from './store-access.ts'
import { keyObjects, scopedObjects } from './store-objects.ts'

/**
 * Google Secret Manager as ZenML's `gcp` secrets manager writes it. A list is one request for 5,000 secrets. A secret
 * takes two to read, register, update or delete; in scope `none` two for each key, and one list.
 * @throws SecretStoreError where the options do not say where to ask.
 */
export function openGcpStore(options: GcpOptions, context: BackendContext): SecretStore {
  const connection = connectGcp(options, context)
  if ('problem' in connection) throw new SecretStoreError('failed', connection.problem)
  const { scope } = connection
  const taken = takenNames()
  return createManagerStore({
    flavor: 'gcp',
    description: gcpDescription(options),
    scope,
    connect: async signal => {
      const session = await connection.open(signal)
      if ('answer' in session) throw storeError(session.answer)
      const access = accessOf(session)
      return scope.scope === 'none' ? perKeyObjects(keyObjects(access), taken) : scopedObjects(access, scope, options)
    },
  })
}
