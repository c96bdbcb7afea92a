import { entriesOfPayload } from '../secrets-manager/payload.ts'
import { callsWithin, type Result } from './attempt.ts'
import { ofName } from './calls.ts'
import type { Sdk } from './sdk.ts'

/** The calls of a store, which read and write values. None rejects. */
export interface AwsStoreCalls {
  /** The current version. */
  read(name: string): Promise<Result<CurrentValue>>
  create(secret: CreatedSecret): Promise<Result<void>>
  /** Writes a new version and makes it the current one. */
  put(name: string, text: string): Promise<Result<void>>
  /** Id of the version that was the current one before; `undefined` where there is none. */
  previous(name: string): Promise<Result<string | undefined>>
  /** At once and for good. */
  remove(name: string): Promise<Result<void>>
}

interface CurrentValue {
  readonly entries: ReadonlyMap<string, unknown> | string
  readonly version: string | undefined
}

interface CreatedSecret {
  readonly name: string
  readonly text: string
  readonly tags: ReadonlyMap<string, string>
}

/** Tries again carry the token that the SDK gives each call, so that nothing is written twice. */
export function makeStoreCalls(sdk: Sdk, signal: AbortSignal): AwsStoreCalls {
  const options = { abortSignal: signal }
  const call = callsWithin(signal)
  return {
    read: name =>
      call('GetSecretValue', async () => {
        const answer = ofName(await sdk.get({ SecretId: name }, options), name)
        return { entries: entriesOfPayload(answer.SecretString), version: answer.VersionId }
      }),
    create: ({ name, text, tags }) =>
      call('CreateSecret', async () => {
        const Tags = [...tags].map(([Key, Value]) => ({ Key, Value }))
        ofName(await sdk.create({ Name: name, SecretString: text, Tags }, options), name)
      }),
    put: (name, text) =>
      call('PutSecretValue', async () => {
        ofName(await sdk.put({ SecretId: name, SecretString: text }, options), name)
      }),
    previous: name =>
      call('DescribeSecret', async () => {
        const answer = ofName(await sdk.describe({ SecretId: name }, options), name)
        const stages = Object.entries(answer.VersionIdsToStages ?? {})
        return stages.find(([, labels]) => labels.includes('AWSPREVIOUS'))?.[0]
      }),
    remove: name =>
      call('DeleteSecret', async () => {
        ofName(await sdk.remove({ SecretId: name, ForceDeleteWithoutRecovery: true }, options), name)
      }),
  }
}
