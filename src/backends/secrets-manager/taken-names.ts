import type { StoredKey } from './per-key.ts'

interface Taken {
  /** Of secrets; those that are made are added. */
  readonly names: Set<string>
  /** Of the objects of their keys, as the service calls them. */
  readonly ids: ReadonlySet<string>
}

/** What one list told, so that many secrets in a row are registered after one list. */
export interface TakenNames {
  load(groups: () => Promise<ReadonlyMap<string, readonly StoredKey[]>>): Promise<Taken>
  forget(): void
}

/** Milliseconds. */
const lifetime = 30_000

export function takenNames(): TakenNames {
  let known: Promise<Taken> | undefined
  let until = 0
  const forget = () => {
    known = undefined
  }
  return {
    load: async groups => {
      if (!known || Date.now() > until) {
        until = Date.now() + lifetime
        known = groups().then(all => ({
          names: new Set(all.keys()),
          ids: new Set([...all.values()].flatMap(keys => keys.map(({ stored }) => stored))),
        }))
      }
      try {
        return await known
      } catch (error) {
        forget()
        throw error
      }
    },
    forget,
  }
}
