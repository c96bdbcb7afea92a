import type { SecretsScope } from '../secrets-manager/scope.ts'
import { nameOfStored, scopePrefix, storedName } from '../secrets-manager/stored-name.ts'
import type { Result } from './attempt.ts'
import type { AwsCalls, ListQuery, Metadata } from './calls.ts'
import type { AwsFailure } from './failure.ts'

/** What was learnt about each name without reading a value; a name that no list held is absent. */
export type Found = ReadonlyMap<string, Result<Metadata>>

/** Up to here one call a name costs no more than a list, which may lag up to five minutes behind. */
const maxDescribed = 2
/** How many values AWS takes in one filter. */
const namesPerFilter = 10
/** Of one list by names, which are prefixes to AWS and so may match many more. */
const maxPagesOfNames = 5

/** Looks names up by one list where that is cheaper, else one by one. */
export async function findSecrets(calls: AwsCalls, scope: SecretsScope, names: readonly string[]): Promise<Found> {
  if (names.length <= maxDescribed) return describeSecrets(calls, scope, names)
  const { found, failure } = await listSecrets(calls, scope, names)
  if (failure === undefined) return found
  // Who may not list may still be allowed to look at single secrets.
  const rest = names.filter(name => !found.has(name))
  if (failure.kind === 'denied') return new Map([...found, ...(await describeSecrets(calls, scope, rest))])
  return new Map([...found, ...rest.map(name => [name, { failure }] as const)])
}

export async function describeSecrets(calls: AwsCalls, scope: SecretsScope, names: readonly string[]): Promise<Found> {
  const results = names.map(async name => [name, await calls.describe(storedName(scope, name, '/'))] as const)
  return new Map(await Promise.all(results))
}

interface Listing {
  readonly found: ReadonlyMap<string, Result<Metadata>>
  readonly failure: AwsFailure | undefined
}

/**
 * Lists the whole scope as long as that takes no more pages than lists by names would, then goes on by names. So the
 * pages are at most twice what the better of the two ways needs.
 */
async function listSecrets(calls: AwsCalls, scope: SecretsScope, names: readonly string[]): Promise<Listing> {
  const found = new Map<string, Result<Metadata>>()
  const wanted = new Set(names)
  const take = (secrets: readonly Metadata[]) => {
    for (const secret of secrets) {
      const name = nameOfStored(scope, secret.name, '/')
      if (name === undefined || !wanted.delete(name)) continue
      found.set(name, { value: secret })
    }
    return wanted.size > 0
  }
  const maxPages = Math.ceil(names.length / namesPerFilter)
  if (maxPages > 1) {
    const sweep = await readPages(calls, { filters: scopeFilters(scope), maxPages }, take)
    if ('failure' in sweep) return { found, failure: sweep.failure }
    if (sweep.value === 'complete') return { found, failure: undefined }
  }
  const lists = await Promise.all(
    chunks([...wanted], namesPerFilter).map(some => {
      const values = some.map(name => storedName(scope, name, '/'))
      return readPages(calls, { filters: [{ key: 'name', values }], maxPages: maxPagesOfNames }, take)
    }),
  )
  const failed = lists.find(list => 'failure' in list)
  return { found, failure: failed && 'failure' in failed ? failed.failure : undefined }
}

export function scopeFilters(scope: SecretsScope): ListQuery['filters'] {
  const prefix = scopePrefix(scope, '/')
  return prefix === '' ? [] : [{ key: 'name', values: [prefix] }]
}

interface Query extends Pick<ListQuery, 'filters'> {
  readonly maxPages: number
}

/** Hands every page to `take`, until that wants no more. `cut`: there are pages left. */
export async function readPages(
  calls: AwsCalls,
  { filters, maxPages }: Query,
  take: (secrets: readonly Metadata[]) => boolean,
): Promise<Result<'complete' | 'cut'>> {
  let nextToken: string | undefined
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await calls.list({ filters, nextToken })
    if ('failure' in page) return page
    const last = nextToken
    nextToken = page.value.nextToken
    if (!take(page.value.items) || !nextToken) return { value: 'complete' }
    if (nextToken === last) break
  }
  return { value: 'cut' }
}

export function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}
