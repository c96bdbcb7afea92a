import type { DescribeSecretResponse, Filter, SecretListEntry } from '@aws-sdk/client-secrets-manager'
import { keysOfPayload } from '../secrets-manager/payload.ts'
import { callsWithin, type Result } from './attempt.ts'
import { failureOfCode } from './failure.ts'
import type { Sdk } from './sdk.ts'

/** What AWS says of a secret without its value. */
export interface Metadata {
  /** As stored, with the path of its scope. */
  readonly name: string
  readonly tags: readonly { readonly key: string; readonly value: string }[]
  /** Scheduled for deletion. */
  readonly isDeleted: boolean
  readonly created: Date | undefined
  readonly changed: Date | undefined
}

export interface Page<T> {
  readonly items: T
  readonly nextToken: string | undefined
}

/** Names of keys, or a clause that says why ZenML cannot read the secret. */
export type Keys = ReadonlySet<string> | string

export interface ListQuery {
  readonly filters: readonly { readonly key: 'name' | 'tag-key' | 'tag-value'; readonly values: readonly string[] }[]
  readonly nextToken: string | undefined
}

/** The calls of one look-up. None rejects, none lets a value out; at most 8 are under way at once. */
export interface AwsCalls {
  /** Whether there are credentials at all. */
  credentials(): Promise<Result<unknown>>
  /** The ARN of the identity. */
  identity(): Promise<Result<string>>
  /** Up to 100 secrets, those scheduled for deletion included. */
  list(query: ListQuery): Promise<Result<Page<readonly Metadata[]>>>
  describe(name: string): Promise<Result<Metadata>>
  read(name: string): Promise<Result<Keys>>
  /** At most 20 names; what is said of each. */
  readBatch(names: readonly string[], nextToken?: string): Promise<Result<Page<ReadonlyMap<string, Result<Keys>>>>>
}

const pageSize = 100

export function makeCalls(sdk: Sdk, signal: AbortSignal): AwsCalls {
  const options = { abortSignal: signal }
  const call = callsWithin(signal)
  return {
    credentials: async () => {
      const found = await call('GetCallerIdentity', sdk.credentials)
      if ('value' in found || found.failure.kind === 'aborted') return found
      return { failure: { ...found.failure, kind: 'credentials' } }
    },
    identity: () =>
      call('GetCallerIdentity', async () => {
        const { Arn, Account } = await sdk.whoAmI({}, options)
        if (!Account || !Arn) throw new Error('The answer names no identity.')
        return Arn
      }),
    list: ({ filters, nextToken }) =>
      call('ListSecrets', async () => {
        const Filters = filters.map(({ key, values }): Filter => ({ Key: key, Values: [...values] }))
        const query = { Filters, MaxResults: pageSize, IncludePlannedDeletion: true, NextToken: nextToken }
        const { SecretList, NextToken } = await sdk.list(query, options)
        if (!SecretList) throw new Error('The answer holds no list.')
        return { items: SecretList.map(metadataOf), nextToken: NextToken }
      }),
    describe: name =>
      call('DescribeSecret', async () => metadataOf(ofName(await sdk.describe({ SecretId: name }, options), name))),
    read: name =>
      call('GetSecretValue', async () =>
        keysOfPayload(ofName(await sdk.get({ SecretId: name }, options), name).SecretString),
      ),
    readBatch: (names, nextToken) =>
      call('BatchGetSecretValue', async () => {
        const query = { SecretIdList: [...names], NextToken: nextToken }
        const { SecretValues = [], Errors = [], NextToken } = await sdk.batchGet(query, options)
        const items = new Map<string, Result<Keys>>()
        for (const { SecretId = '', ErrorCode } of Errors) {
          items.set(SecretId, { failure: failureOfCode('BatchGetSecretValue', ErrorCode) })
        }
        for (const { Name = '', SecretString } of SecretValues) items.set(Name, { value: keysOfPayload(SecretString) })
        return { items, nextToken: NextToken }
      }),
  }
}

/** What is asked for by name is answered by name, or not at all. */
export function ofName<T extends { readonly Name?: string | undefined }>(answer: T, name: string): T {
  if (answer.Name !== name) throw new Error('The answer is about another secret.')
  return answer
}

function metadataOf(secret: SecretListEntry | DescribeSecretResponse): Metadata {
  const { Name = '', Tags = [], DeletedDate, CreatedDate, LastChangedDate } = secret
  const tags = Tags.map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }))
  return { name: Name, tags, isDeleted: DeletedDate !== undefined, created: CreatedDate, changed: LastChangedDate }
}
