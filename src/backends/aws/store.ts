import { quoted } from '../../text/displayable.ts'
import type { BackendContext } from '../context.ts'
import { type SecretStore, SecretStoreError, type SecretSummary } from '../secret-store.ts'
import { createManagerStore, type SecretObjects } from '../secrets-manager/manager-store.ts'
import { checkSize, overtaken, storeError } from '../secrets-manager/store-errors.ts'
import { nameOfStored, storedName } from '../secrets-manager/stored-name.ts'
import { payloadText } from '../secrets-manager/stored-payload.ts'
import { schemaTag, writtenTags } from '../secrets-manager/written-tags.ts'
import type { Result } from './attempt.ts'
import { type AwsCalls, type Metadata, makeCalls } from './calls.ts'
import { type AwsFailure, failureAnswer } from './failure.ts'
import { readPages, scopeFilters } from './find-secrets.ts'
import type { AwsOptions } from './options.ts'
import { type AwsPlace, awsDescription, awsPlace } from './place.ts'
import { loadSdk, type Sdk } from './sdk.ts'
import { type AwsStoreCalls, makeStoreCalls } from './store-calls.ts'
import { tagProblem } from './tags.ts'

const maxPages = 10_000
const size = { service: 'AWS Secrets Manager', limit: 65_536 } as const
const legalTag = /^[\w .:/=+@-]{1,256}$/

/**
 * AWS Secrets Manager as ZenML's `aws` secrets manager writes it. A list is one call for 100 secrets; a secret takes one
 * call to read or register, two to delete and three to update.
 * @throws SecretStoreError where the options do not say where to ask.
 */
export function openAwsStore(options: AwsOptions, _context: BackendContext): SecretStore {
  const place = awsPlace(options)
  if ('problem' in place) throw new SecretStoreError('failed', place.problem)
  let sdk: Promise<Sdk> | undefined
  return createManagerStore({
    flavor: 'aws',
    description: awsDescription(options),
    scope: place.scope,
    connect: async signal => {
      sdk ??= loadSdk(place.region, options.environment)
      const loaded = await sdk
      const calls = makeCalls(loaded, signal)
      unwrap(await calls.credentials(), place)
      return objectsOf({ calls, values: makeStoreCalls(loaded, signal), place, options })
    },
  })
}

interface Connected {
  readonly calls: AwsCalls
  readonly values: AwsStoreCalls
  readonly place: AwsPlace
  readonly options: AwsOptions
}

function objectsOf({ calls, values, place, options }: Connected): SecretObjects {
  const idOf = (name: string) => storedName(place.scope, name, '/')
  return {
    list: () => listSecrets(calls, place),
    read: async name => {
      const read = await values.read(idOf(name))
      return isAbsent(read) ? undefined : unwrap(read, place, idOf(name))
    },
    create: async (name, payload) => {
      const text = payloadText(payload)
      checkSize(name, text, size)
      const { schema } = payload
      const tags = writtenTags(place.scope, { ...options, name, schema, legal: legalTag })
      const created = await values.create({ name: idOf(name), text, tags })
      if ('failure' in created && (created.failure.kind === 'exists' || created.failure.kind === 'state')) {
        const known = await calls.describe(idOf(name))
        if ('value' in known ? known.value.isDeleted : created.failure.kind === 'state') throw scheduled(name)
        return false
      }
      unwrap(created, place, idOf(name))
      return true
    },
    replace: async (name, payload, { version }) => {
      const text = payloadText(payload)
      checkSize(name, text, size)
      const put = await values.put(idOf(name), text)
      if (isAbsent(put)) return false
      unwrap(put, place, idOf(name))
      // AWS takes no precondition, but tells afterwards which version was replaced.
      const previous = await values.previous(idOf(name))
      if ('value' in previous && previous.value !== undefined && previous.value !== version) throw overtaken(name)
      return true
    },
    remove: async name => {
      // A forced deletion finds nothing wrong with a secret that is not there.
      const known = await calls.describe(idOf(name))
      if ('failure' in known && known.failure.kind === 'not-found') return false
      unwrap(known, place, idOf(name))
      unwrap(await values.remove(idOf(name)), place, idOf(name))
      return true
    },
  }
}

async function listSecrets(calls: AwsCalls, { region, scope }: AwsPlace): Promise<readonly SecretSummary[]> {
  const summaries: SecretSummary[] = []
  const take = (secrets: readonly Metadata[]) => {
    for (const secret of secrets) {
      const name = nameOfStored(scope, secret.name, '/')
      if (name === undefined || secret.isDeleted || tagProblem(scope, secret.tags) !== undefined) continue
      summaries.push({
        name,
        keys: undefined,
        schema: secret.tags.find(({ key }) => key === schemaTag)?.value,
        scope: scope.scope,
        created: secret.created?.toISOString(),
        updated: secret.changed?.toISOString(),
      })
    }
    return true
  }
  const end = unwrap(await readPages(calls, { filters: scopeFilters(scope), maxPages }, take), { region })
  if (end === 'complete') return summaries
  throw new SecretStoreError('failed', `The list of AWS Secrets Manager in ${region} has no end. Check the endpoint.`)
}

/** A secret that is scheduled for deletion, or has no current value, is none for ZenML. */
function isAbsent(read: Result<unknown>): boolean {
  return 'failure' in read && (read.failure.kind === 'not-found' || read.failure.kind === 'state')
}

function unwrap<T>(result: Result<T>, { region }: Pick<AwsPlace, 'region'>, secret?: string): T {
  if ('value' in result) return result.value
  throw errorOf(result.failure, region, secret)
}

function errorOf(failure: AwsFailure, region: string, secret: string | undefined): SecretStoreError {
  return storeError(failureAnswer(failure, { region, identity: undefined, ...(secret !== undefined && { secret }) }))
}

function scheduled(name: string): SecretStoreError {
  return new SecretStoreError(
    'exists',
    `The secret ${quoted(name)} is scheduled for deletion in AWS Secrets Manager, so that its name is not free yet. Restore it there, or delete it here, which ends the wait, and try again.`,
  )
}
