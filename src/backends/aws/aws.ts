import type { Backend, Depth } from '../backend.ts'
import { answerLegalNames, sameAnswer } from '../secrets-manager/legal-names.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { nameOfStored } from '../secrets-manager/stored-name.ts'
import { answerFor, answerForKeys, type Judging } from './answer.ts'
import { type AwsCalls, makeCalls } from './calls.ts'
import { failureAnswer } from './failure.ts'
import { describeSecrets, type Found, findSecrets, readPages, scopeFilters } from './find-secrets.ts'
import type { AwsOptions } from './options.ts'
import { type AwsPlace, awsDescription, awsPlace } from './place.ts'
import { readKeys } from './read-keys.ts'
import { loadSdk, type Sdk } from './sdk.ts'
import { tagProblem } from './tags.ts'

/** Of a list for suggestions. */
const maxPagesOfNames = 10

/**
 * AWS Secrets Manager as ZenML's `aws` secrets manager uses it: one secret of AWS for each of ZenML's, its keys in one
 * JSON object. Credentials come from AWS's default chain. Values are read at depth `keys` alone, in batches, and
 * dropped as soon as the names of their keys are known.
 */
export function createAwsBackend(options: AwsOptions): Backend {
  const place = awsPlace(options)
  let sdk: Promise<Sdk> | undefined
  const connect = async ({ region }: AwsPlace, signal: AbortSignal): Promise<AwsCalls> => {
    sdk ??= loadSdk(region, options.environment)
    return makeCalls(await sdk, signal)
  }
  return {
    name: 'aws',
    description: awsDescription(options),
    lookUp: async (names, depth, signal) => {
      if ('problem' in place) return sameAnswer(names, { kind: 'unverified', reason: place.problem })
      return answerLegalNames({ flavor: 'aws', scope: place.scope, names }, async legal =>
        ask(await connect(place, signal), { place, names: legal, depth }),
      )
    },
    names: async signal => ('problem' in place ? [] : listNames(await connect(place, signal), place.scope)),
  }
}

interface Question {
  readonly place: AwsPlace
  readonly names: readonly string[]
  readonly depth: Depth
}

async function ask(calls: AwsCalls, { place: { region, scope }, names, depth }: Question) {
  const credentials = await calls.credentials()
  if ('failure' in credentials) {
    return sameAnswer(names, failureAnswer(credentials.failure, { region, identity: undefined }))
  }
  const [identity, found, keys] = await Promise.all([
    calls.identity(),
    findSecrets(calls, scope, names),
    depth === 'keys' ? readKeys(calls, scope, names) : undefined,
  ])
  // A list may lag behind: what it does not hold is missing only if AWS says so itself.
  const unsure = names.filter(name => {
    const read = keys?.get(name)
    return !found.has(name) && (!read || 'value' in read)
  })
  const complete: Found = new Map([...found, ...(await describeSecrets(calls, scope, unsure))])
  const judging: Judging = { region, scope, identity }
  return new Map(
    names.map(name => {
      const read = keys?.get(name)
      const metadata = complete.get(name)
      return [name, read ? answerForKeys(name, { read, metadata }, judging) : answerFor(name, metadata, judging)]
    }),
  )
}

/** Names of the scope, as far as a few pages hold them; none where anything goes wrong. */
async function listNames(calls: AwsCalls, scope: SecretsScope): Promise<readonly string[]> {
  const credentials = await calls.credentials()
  if ('failure' in credentials) return []
  const names: string[] = []
  const query = { filters: scopeFilters(scope), maxPages: maxPagesOfNames }
  const read = await readPages(calls, query, secrets => {
    for (const { name: stored, tags, isDeleted } of secrets) {
      const name = nameOfStored(scope, stored, '/')
      if (name !== undefined && !isDeleted && tagProblem(scope, tags) === undefined) names.push(name)
    }
    return true
  })
  return 'failure' in read ? [] : names
}
