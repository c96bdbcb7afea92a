import type { Answer, Depth } from '../backend.ts'
import { answerOfKeys, perKeyTags, type StoredKey } from '../secrets-manager/per-key.ts'
import type { GcpCalls, Listing } from './calls.ts'
import { failureAnswer } from './failure.ts'

/** Of every secret of scope `none`. */
export const filterOfAll = `labels.${perKeyTags.secret}:*`

/** One list tells everything: each key is a secret of Google's, its name in the id. No value is read. */
export async function lookUpUnscoped(
  calls: GcpCalls,
  names: readonly string[],
  { project, depth }: { readonly project: string; readonly depth: Depth },
): Promise<ReadonlyMap<string, Answer>> {
  const listing = await calls.list(filterOfAll)
  const groups = groupsOf(listing)
  return new Map(
    names.map((name): readonly [string, Answer] => {
      const keys = groups.get(name)
      // Of an unfinished list nobody knows which keys are missing.
      if (listing.failure && !(keys && depth === 'names')) return [name, failureAnswer(listing.failure, { project })]
      return [name, keys ? answerOfKeys('Google Secret Manager', keys, depth) : { kind: 'missing' }]
    }),
  )
}

/** The keys of every secret, by its name. */
export function groupsOf({ secrets, created }: Listing): ReadonlyMap<string, readonly StoredKey[]> {
  const groups = new Map<string, StoredKey[]>()
  for (const [id, labels] of secrets) {
    const name = labels.get(perKeyTags.secret)
    if (name === undefined) continue
    const start = `${name}_`
    const key = id.startsWith(start) ? id.slice(start.length) : noKey
    const group = groups.get(name) ?? []
    group.push({ stored: id, schema: labels.get(perKeyTags.schema), key, created: created.get(id) })
    groups.set(name, group)
  }
  return groups
}

const noKey = { problem: 'whose id does not begin with the name of the secret and "_"' } as const
