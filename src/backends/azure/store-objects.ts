import { SecretStoreError, type SecretSummary } from '../secret-store.ts'
import { exactTagProblem } from '../secrets-manager/exact-tags.ts'
import type { SecretObjects } from '../secrets-manager/manager-store.ts'
import { entriesOfPayload } from '../secrets-manager/payload.ts'
import { perKeyTags } from '../secrets-manager/per-key.ts'
import type { KeyObjects, OneKey } from '../secrets-manager/per-key-objects.ts'
import type { ScopeOptions } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { checkSize, overtaken } from '../secrets-manager/store-errors.ts'
import { nameOfStored, storedName } from '../secrets-manager/stored-name.ts'
import { type Payload, payloadText } from '../secrets-manager/stored-payload.ts'
import { schemaTag, writtenTags } from '../secrets-manager/written-tags.ts'
import { timeOf } from './json.ts'
import { type AzureAccess, is } from './store-access.ts'
import { groupsOf } from './unscoped.ts'

const size = { service: 'Azure Key Vault', limit: 25 * 1024 } as const
const legalTag = /^.{1,256}$/s
const maxId = 127

/** Secrets of a scope other than `none`: one of Key Vault's each. */
export function scopedObjects(access: AzureAccess, scope: SecretsScope, options: ScopeOptions): SecretObjects {
  const idOf = (name: string) => storedName(scope, name, '-')
  const textFor = (name: string, payload: Payload) => {
    const text = payloadText(payload)
    checkSize(name, text, size)
    return text
  }
  return {
    list: async () =>
      (await access.list()).flatMap(({ id, tags, created, updated }): readonly SecretSummary[] => {
        const name = nameOfStored(scope, id, '-')
        if (name === undefined || exactTagProblem(scope, name, tags) !== undefined) return []
        const ages = { created: timeOf(created), updated: timeOf(updated) }
        return [{ name, keys: undefined, schema: tags.get(schemaTag), scope: scope.scope, ...ages }]
      }),
    read: async name => {
      const read = await access.read(idOf(name))
      if (!read || exactTagProblem(scope, name, read.tags) !== undefined) return undefined
      return { entries: entriesOfPayload(read.value), version: read.version }
    },
    create: async (name, payload) => {
      const text = textFor(name, payload)
      // Key Vault would write over what is there.
      if (await isTaken(access, idOf(name))) return false
      const { schema } = payload
      await access.write(idOf(name), text, writtenTags(scope, { ...options, name, schema, legal: legalTag }))
      return true
    },
    replace: (name, payload, { version }) =>
      replaceVersion(access, { id: idOf(name), name, text: textFor(name, payload), version }),
    remove: async name => {
      const newest = await access.newest(idOf(name))
      if (!newest || exactTagProblem(scope, name, newest.tags) !== undefined) return false
      await access.remove(idOf(name))
      return true
    },
  }
}

async function isTaken(access: AzureAccess, id: string): Promise<boolean> {
  const page = await access.calls.versions(id)
  // Who may not look at versions may still be allowed to read.
  if (is(page, 'denied')) return (await access.read(id)) !== undefined
  return access.unwrap(page, id).items.length > 0
}

interface Replacing {
  readonly id: string
  readonly name: string
  readonly text: string
  readonly version: string | number | undefined
}

/** Key Vault takes no precondition, but keeps all versions: one that is neither ours nor known was made in between. */
async function replaceVersion(access: AzureAccess, { id, name, text, version }: Replacing): Promise<boolean> {
  const before = await access.versions(id)
  const current = await access.read(id)
  if (!current || current.version !== version) return false
  const written = await access.write(id, text, current.tags)
  for (const other of await access.versions(id)) {
    if (before.has(other) || other === written.version) continue
    // A request that was sent again may have written twice.
    if ((await access.read(id, other))?.value !== text) throw overtaken(name)
  }
  return true
}

/** Keys of scope `none`: one secret of Key Vault's each. */
export function keyObjects(access: AzureAccess): KeyObjects {
  const idOf = (name: string, key: string) =>
    `zenml-${Buffer.from(Buffer.from(`${name}-${key}`).toString('base64')).toString('hex')}`
  const write = async ({ name, key, schema, value }: OneKey) => {
    checkSize(name, value, size)
    const tags = new Map<string, string>([
      [perKeyTags.secret, name],
      [perKeyTags.key, key],
      [perKeyTags.schema, schema],
    ])
    await access.write(idOf(name, key), value, tags)
  }
  return {
    groups: async () => groupsOf(await access.list()),
    read: async stored => (await access.read(stored))?.value,
    idOf,
    keyProblem: (name, key) => {
      if (key === 'name') return 'ZenML reads no secret there that has a key "name"'
      if (idOf(name, key).length <= maxId) return undefined
      return 'a name and a key there have at most 44 bytes together, or none fits into the names of Key Vault'
    },
    add: async one => {
      try {
        await write(one)
      } catch (error) {
        // Without an answer nobody knows whether it was written.
        const isUnclear = error instanceof SecretStoreError && error.trouble === 'unreachable'
        if (isUnclear) await access.remove(idOf(one.name, one.key), true).catch(() => undefined)
        throw error
      }
      return true
    },
    set: write,
    remove: access.remove,
  }
}
