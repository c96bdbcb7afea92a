import type { SecretsScope } from '../secrets-manager/scope.ts'
import { storedName } from '../secrets-manager/stored-name.ts'
import type { Result } from './attempt.ts'
import type { AwsCalls, Keys } from './calls.ts'
import { failureOfCode } from './failure.ts'
import { chunks } from './find-secrets.ts'

/** How many secrets AWS hands out in one call. */
const batchSize = 20
const maxPages = 25

/** The names of the keys of every secret, read in batches of 20; every name is answered. */
export async function readKeys(
  calls: AwsCalls,
  scope: SecretsScope,
  names: readonly string[],
): Promise<ReadonlyMap<string, Result<Keys>>> {
  const stored = names.map(name => storedName(scope, name, '/'))
  const batches = await Promise.all(chunks(stored, batchSize).map(batch => readBatch(calls, batch)))
  const all = new Map(batches.flatMap(batch => [...batch]))
  const unanswered = { failure: failureOfCode('BatchGetSecretValue', undefined) }
  return new Map(names.map((name, index) => [name, all.get(stored[index] ?? '') ?? unanswered]))
}

async function readBatch(calls: AwsCalls, names: readonly string[]): Promise<ReadonlyMap<string, Result<Keys>>> {
  const read = new Map<string, Result<Keys>>()
  let nextToken: string | undefined
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await calls.readBatch(names, nextToken)
    if ('failure' in page) {
      const rest = names.filter(name => !read.has(name))
      const isPassing = !['denied', 'not-found', 'state', 'decryption'].includes(page.failure.kind)
      if (isPassing) return new Map([...read, ...rest.map(name => [name, page] as const)])
      // The permission to read in batches is one of its own, and one bad secret may spoil a batch.
      const single = rest.map(async name => [name, await calls.read(name)] as const)
      return new Map([...read, ...(await Promise.all(single))])
    }
    for (const [name, keys] of page.value.items) read.set(name, keys)
    const last = nextToken
    nextToken = page.value.nextToken
    if (!nextToken || nextToken === last) break
  }
  return read
}
