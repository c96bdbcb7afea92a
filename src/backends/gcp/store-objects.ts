import type { SecretSummary } from '../secret-store.ts'
import { exactTagProblem } from '../secrets-manager/exact-tags.ts'
import type { SecretObjects } from '../secrets-manager/manager-store.ts'
import { entriesOfPayload } from '../secrets-manager/payload.ts'
import { perKeyTags } from '../secrets-manager/per-key.ts'
import type { KeyObjects } from '../secrets-manager/per-key-objects.ts'
import type { ScopeOptions } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { checkSize, overtaken } from '../secrets-manager/store-errors.ts'
import { nameOfStored, storedName } from '../secrets-manager/stored-name.ts'
import { payloadText } from '../secrets-manager/stored-payload.ts'
import { schemaTag, writtenTags } from '../secrets-manager/written-tags.ts'
import { filterOf } from './scoped.ts'
import { type GcpAccess, is } from './store-access.ts'
import { filterOfAll, groupsOf } from './unscoped.ts'

const size = { service: 'Google Secret Manager', limit: 65_536 } as const
const legalLabel = /^[a-z0-9_-]{1,63}$/
const maxId = 255
/** How many versions are looked at, of those made between reading and writing. */
const maxBetween = 4

/** Secrets of a scope other than `none`: one of Google's each. */
export function scopedObjects(access: GcpAccess, scope: SecretsScope, options: ScopeOptions): SecretObjects {
  const idOf = (name: string) => storedName(scope, name, '-')
  const textFor = (name: string, payload: Parameters<typeof payloadText>[0]) => {
    const text = payloadText(payload)
    checkSize(name, text, size)
    return text
  }
  /** Names and namespaces run together in an id, so that the labels decide. */
  const isThere = async (name: string) => {
    const labels = await access.calls.labels(idOf(name))
    if (is(labels, 'not-found')) return false
    return exactTagProblem(scope, name, access.unwrap(labels, idOf(name))) === undefined
  }
  return {
    list: async () => {
      const { secrets, created } = await access.list(filterOf(scope))
      return [...secrets].flatMap(([id, labels]): readonly SecretSummary[] => {
        const name = nameOfStored(scope, id, '-')
        if (name === undefined || exactTagProblem(scope, name, labels) !== undefined) return []
        const schema = labels.get(schemaTag)
        return [{ name, keys: undefined, schema, scope: scope.scope, created: created.get(id), updated: undefined }]
      })
    },
    read: async name => {
      if (!(await isThere(name))) return undefined
      const version = await access.latest(idOf(name))
      if (!version) return { entries: 'it has no version' }
      return { entries: entriesOfPayload(version.text), version: version.number }
    },
    create: (name, payload) => {
      const tags = writtenTags(scope, { ...options, name, schema: payload.schema, legal: legalLabel })
      return access.create(idOf(name), tags, textFor(name, payload))
    },
    replace: async (name, payload, { version = 0 }) => {
      const text = textFor(name, payload)
      const added = await access.addVersion(idOf(name), text)
      // Google takes no precondition, but counts its versions; one of ours may be there twice.
      const between = Array.from({ length: added - Number(version) - 1 }, (_, index) => Number(version) + 1 + index)
      if (between.length > maxBetween) throw overtaken(name)
      for (const number of between) {
        if ((await access.textOf(idOf(name), number)) !== text) throw overtaken(name)
      }
      return true
    },
    remove: async name => {
      if (!(await isThere(name))) return false
      await access.remove(idOf(name))
      return true
    },
  }
}

/** Keys of scope `none`: one secret of Google's each. */
export function keyObjects(access: GcpAccess): KeyObjects {
  const idOf = (name: string, key: string) => `${name}_${key}`
  return {
    groups: async name => {
      const filter = name === undefined ? filterOfAll : `labels.${perKeyTags.secret}=${name}`
      return groupsOf(await access.list(filter))
    },
    read: async stored => (await access.latest(stored))?.text,
    idOf,
    keyProblem: (name, key) => {
      const id = idOf(name, key)
      if (/^[a-zA-Z0-9_-]+$/.test(id) && id.length <= maxId) return undefined
      return `a key there may hold only letters, digits, hyphens and underscores, with the name at most ${maxId - 1} of them`
    },
    add: ({ name, key, schema, value }) => {
      checkSize(name, value, size)
      const labels = new Map<string, string>([
        [perKeyTags.secret, name],
        [perKeyTags.schema, schema],
      ])
      return access.create(idOf(name, key), labels, value)
    },
    set: async ({ name, key, value }) => {
      checkSize(name, value, size)
      await access.addVersion(idOf(name, key), value)
    },
    remove: access.remove,
  }
}
