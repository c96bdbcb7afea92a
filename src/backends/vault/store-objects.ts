import type { SecretSummary } from '../secret-store.ts'
import type { SecretObjects } from '../secrets-manager/manager-store.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { storeError } from '../secrets-manager/store-errors.ts'
import { storedName } from '../secrets-manager/stored-name.ts'
import type { Payload } from '../secrets-manager/stored-payload.ts'
import { denied } from './doubt.ts'
import { apiPath, type Engine, segmentsOf } from './engine.ts'
import { expectDone, getSecret, putSecret } from './kv-secret.ts'
import { listFolder } from './list-folder.ts'
import { scopeFolder } from './place.ts'
import { dropValues } from './stored-entries.ts'

interface Within {
  readonly engine: Engine
  readonly scope: SecretsScope
  readonly signal: AbortSignal
}

/** Secrets in a KV engine of either version; with version 1 nothing keeps two writers apart. */
export function kvObjects({ engine, scope, signal }: Within): SecretObjects {
  const pathOf = (name: string) => storedName(scope, name, '/')
  const read = (name: string, revive?: typeof dropValues) => getSecret(engine, pathOf(name), { signal, revive })
  const write = (name: string, payload: Payload, cas = 0) =>
    putSecret(engine, pathOf(name), { payload, cas, capability: cas === 0 ? 'create' : 'update', signal })
  return {
    list: () => listSecrets({ engine, scope, signal }),
    read: async name => {
      const secret = await read(name)
      return secret === 'absent' || 'deleted' in secret ? undefined : secret
    },
    create: async (name, payload) => {
      if (engine.version === 2) {
        if (await write(name, payload)) return true
        // A deleted version counts as one, so that only a look tells whether the name is free.
        const current = await read(name, dropValues)
        return current !== 'absent' && 'deleted' in current && write(name, payload, current.deleted)
      }
      if ((await read(name, dropValues)) !== 'absent') return false
      return write(name, payload)
    },
    // Version 1 of the engine counts nothing, so that any number says the same.
    replace: (name, payload, { version }) => write(name, payload, Number(version ?? 1)),
    remove: async name => {
      if ((await read(name, dropValues)) === 'absent') return false
      const way = engine.version === 2 ? 'metadata' : 'data'
      const path = apiPath(engine, way, pathOf(name))
      const result = await engine.send({ method: 'DELETE', path: segmentsOf(path), signal, idempotent: true })
      expectDone(result, { capability: 'delete', path })
      return true
    },
  }
}

async function listSecrets({ engine, scope, signal }: Within): Promise<readonly SecretSummary[]> {
  const folder = scopeFolder(scope)
  const listing = await listFolder(engine, folder, signal)
  switch (listing.kind) {
    case 'listed':
      return [...listing.names].map(name => {
        return { name, keys: undefined, scope: scope.scope, created: undefined, updated: undefined }
      })
    case 'nothing':
      return []
    case 'refused':
      throw storeError(denied({ capability: 'list', path: apiPath(engine, 'list', folder) }))
    case 'doubt':
      throw storeError(listing.answer)
  }
}
