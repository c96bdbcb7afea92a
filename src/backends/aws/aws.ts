import { displayable, quoted } from '../../text/displayable.ts'
import type { Backend, Depth } from '../backend.ts'
import { answerLegalNames, sameAnswer } from '../secrets-manager/legal-names.ts'
import { readScope } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { nameOfStored } from '../secrets-manager/stored-name.ts'
import { answerFor, answerForKeys, type Judging } from './answer.ts'
import { type AwsCalls, makeCalls } from './calls.ts'
import { proxyProblem } from './client-config.ts'
import { failureAnswer } from './failure.ts'
import { describeSecrets, type Found, findSecrets, readPages, scopeFilters } from './find-secrets.ts'
import { type AwsOptions, isAwsRegion } from './options.ts'
import { fileInWorkspace } from './own-files.ts'
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
  const place = placeOf(options)
  const description = `AWS Secrets Manager${options.region === undefined ? '' : `, ${options.region}`}`
  let sdk: Promise<Sdk> | undefined
  const connect = async ({ region }: Place, signal: AbortSignal): Promise<AwsCalls> => {
    sdk ??= loadSdk(region, options.environment)
    return makeCalls(await sdk, signal)
  }
  return {
    name: 'aws',
    description,
    lookUp: async (names, depth, signal) => {
      if ('problem' in place) return sameAnswer(names, { kind: 'unverified', reason: place.problem })
      return answerLegalNames({ flavor: 'aws', scope: place.scope, names }, async legal =>
        ask(await connect(place, signal), { place, names: legal, depth }),
      )
    },
    names: async signal => ('problem' in place ? [] : listNames(await connect(place, signal), place.scope)),
  }
}

interface Place {
  readonly region: string
  readonly scope: SecretsScope
}

function placeOf(options: AwsOptions): Place | { readonly problem: string } {
  const { region } = options
  if (region === undefined)
    return { problem: 'Nothing says which region of AWS to ask. Set aws-region, such as eu-west-1.' }
  if (!isAwsRegion(region))
    return { problem: `${quoted(region)} is no region of AWS. Set aws-region to one such as eu-west-1.` }
  const scope = readScope('aws', options)
  if ('problem' in scope) return scope
  const problem = proxyProblem(region, options.environment)
  if (problem !== undefined) return { problem }
  const file = fileInWorkspace(options)
  if (file === undefined) return { region, scope }
  return {
    problem: `AWS's file "${displayable(file, 500)}" lies in the folder that is checked, so that anybody who may change that folder could choose the credentials or run a command. Keep it elsewhere, or leave AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE unset.`,
  }
}

interface Question {
  readonly place: Place
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
