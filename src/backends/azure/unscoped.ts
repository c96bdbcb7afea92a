import type { Answer, Depth } from '../backend.ts'
import { answerOfKeys, perKeyTags, type StoredKey } from '../secrets-manager/per-key.ts'
import type { AzureCalls } from './calls.ts'
import { type AzureFailure, failureAnswer, malformed } from './failure.ts'
import { type Properties, timeOf } from './json.ts'
import { readPages } from './pages.ts'

/** Of 25 secrets each. ZenML reads all of them too. */
const maxPages = 400

export interface Groups {
  /** The keys of every secret, by its name. */
  readonly keys: ReadonlyMap<string, readonly StoredKey[]>
  /** Why they are not all there. */
  readonly failure: AzureFailure | undefined
}

/** The list of the vault tells everything: each key is a secret of Key Vault's, its name in a tag. No value is read. */
export async function lookUpUnscoped(
  calls: AzureCalls,
  names: readonly string[],
  depth: Depth,
): Promise<ReadonlyMap<string, Answer>> {
  const { keys, failure } = await readGroups(calls)
  return new Map(
    names.map((name): readonly [string, Answer] => {
      const own = keys.get(name)
      // Of an unfinished list nobody knows which keys are missing.
      if (failure && !(own && depth === 'names')) return [name, failureAnswer(failure, undefined)]
      return [name, own ? answerOfKeys('Azure Key Vault', own, depth) : { kind: 'missing' }]
    }),
  )
}

export async function readGroups(calls: AzureCalls): Promise<Groups> {
  const all: Properties[] = []
  const swept = await readPages(calls.list, maxPages, items => all.push(...items) > -1)
  const keys = groupsOf(all)
  if ('failure' in swept) return { keys, failure: swept.failure }
  return { keys, failure: swept.end === 'cut' ? { operation: 'list', trouble: malformed } : undefined }
}

/** The keys of every secret, by its name, out of the list of a vault. */
export function groupsOf(list: readonly Properties[]): Groups['keys'] {
  const groups = new Map<string, StoredKey[]>()
  for (const item of list) {
    const name = item.tags.get(perKeyTags.secret)
    if (name === undefined) continue
    const group = groups.get(name) ?? []
    const ages = { created: timeOf(item.created), updated: timeOf(item.updated) }
    group.push({ stored: item.id, schema: item.tags.get(perKeyTags.schema), key: keyOf(item), ...ages })
    groups.set(name, group)
  }
  return groups
}

function keyOf({ tags, isEnabled }: Properties): StoredKey['key'] {
  const key = tags.get(perKeyTags.key)
  if (!isEnabled) return { problem: 'which is disabled' }
  if (key === undefined) return { problem: `which lacks the tag ${perKeyTags.key}` }
  return key === 'name' ? { problem: 'whose key is called "name"' } : key
}
