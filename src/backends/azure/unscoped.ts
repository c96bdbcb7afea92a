import type { Answer, Depth } from '../backend.ts'
import { answerOfKeys, perKeyTags, type StoredKey } from '../secrets-manager/per-key.ts'
import type { AzureCalls, Properties } from './calls.ts'
import { type AzureFailure, failureAnswer, malformed } from './failure.ts'
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
  const keys = new Map<string, StoredKey[]>()
  const swept = await readPages(calls.list, maxPages, items => {
    for (const item of items) {
      const name = item.tags.get(perKeyTags.secret)
      if (name === undefined) continue
      const group = keys.get(name) ?? []
      group.push({ stored: item.id, schema: item.tags.get(perKeyTags.schema), key: keyOf(item) })
      keys.set(name, group)
    }
    return true
  })
  if ('failure' in swept) return { keys, failure: swept.failure }
  return { keys, failure: swept.end === 'cut' ? { operation: 'list', trouble: malformed } : undefined }
}

function keyOf({ tags, isEnabled }: Properties): StoredKey['key'] {
  const key = tags.get(perKeyTags.key)
  if (!isEnabled) return { problem: 'which is disabled' }
  if (key === undefined) return { problem: `which lacks the tag ${perKeyTags.key}` }
  return key === 'name' ? { problem: 'whose key is called "name"' } : key
}
