import type { HttpClientOptions } from '../../http/client.ts'
import type { Trouble } from '../../http/trouble.ts'
import { quoted } from '../../text/displayable.ts'
import type { BackendContext } from '../context.ts'
import { type NewSecret, type SecretStore, SecretStoreError, type SecretSummary } from '../secret-store.ts'
import { illegalName } from '../secrets-manager/name-rules.ts'
import { absent, checkSize, existing, overtaken, storeError } from '../secrets-manager/store-errors.ts'
import { keysOfStored } from '../stored-keys.ts'
import { accessOf, type Repository } from './connect.ts'
import { doubtOf } from './failure.ts'
import { listSecrets, type SecretDates } from './list-secrets.ts'
import type { GithubOptions } from './options.ts'
import { variableText } from './payload.ts'
import { type PublicKey, publicKeyOf } from './public-key.ts'
import { seal } from './sealed-box.ts'
import { nameOfVariable, variableName } from './variable-name.ts'

/** GitHub's limit, in bytes. */
const size = { service: 'GitHub', limit: 49_152 } as const

/**
 * The Actions secrets of a GitHub repository as ZenML's `github` secrets manager writes them. GitHub shows no value, so
 * they are registered, listed and deleted, and never read or changed. A list takes one request for 100 secrets; a secret
 * takes two to register or delete, beside one a store for the public key. Names are all in upper case there.
 * @param seams For tests.
 * @throws SecretStoreError where the options do not say which repository, or give no token.
 */
export function openGithubStore(
  options: GithubOptions,
  context: BackendContext,
  seams?: HttpClientOptions['seams'],
): SecretStore {
  const repository = accessOf(options, context, seams)
  if (!repository) throw new SecretStoreError('failed', noAccess)
  if ('problem' in repository) throw new SecretStoreError('failed', repository.problem)
  context.onCredential?.(repository.token)
  let key: Promise<PublicKey> | undefined
  const keyFor = async (signal: AbortSignal): Promise<PublicKey> => {
    key ??= askPublicKey(repository, signal)
    try {
      return await key
    } catch (error) {
      key = undefined
      throw error
    }
  }
  return {
    name: 'github',
    description: `GitHub, ${repository.name}`,
    readsValues: false,
    updates: false,
    refuses,
    list: signal => list(repository, signal),
    read: async () => {
      throw new SecretStoreError('unsupported', unreadable)
    },
    create: async (secret, signal) => {
      checkName(secret.name, signal)
      const text = textOf(secret)
      const recipient = await keyFor(signal)
      if (await exists(repository, secret.name, signal)) throw existing(secret.name)
      try {
        await put(repository, { name: secret.name, text, recipient, signal })
      } catch (error) {
        // The key may be the reason.
        key = undefined
        throw error
      }
    },
    update: async () => {
      throw new SecretStoreError('unsupported', unchangeable)
    },
    delete: async (name, signal) => {
      checkName(name, signal)
      if (await exists(repository, name, signal)) return remove(repository, name, signal)
      // GitHub says the same of a secret and of a repository that are not there or hidden; the key tells them apart.
      await keyFor(signal)
      throw absent(name)
    },
  }
}

const noAccess =
  'GitHub is asked for the secrets of one repository with a token. Set github-repository to one such as acme/app, and give the token of a GitHub App, or a fine-grained one, with the repository permission "Secrets: write", in GITHUB_AUTHENTICATION_TOKEN.'
const unreadable =
  'GitHub shows the values of secrets to nobody but a job that maps them, so that they cannot be read back. Keep them where they came from.'
const unchangeable =
  'A secret on GitHub cannot be changed, since GitHub shows no value that is to be kept. Delete it, and register it again with all of its values.'

function refuses(name: string): string | undefined {
  const answer = illegalName('github', { scope: 'none' }, name)
  return answer && 'reason' in answer ? answer.reason : undefined
}

function checkName(name: string, signal: AbortSignal): void {
  signal.throwIfAborted()
  const problem = refuses(name)
  if (problem !== undefined) throw new SecretStoreError('illegal-name', problem)
}

function textOf({ name, schema, values }: NewSecret): string {
  const keys = keysOfStored(schema, new Set(values.keys()))
  if (typeof keys === 'string') {
    throw new SecretStoreError(
      'illegal-values',
      `The secret ${quoted(name)} would not fit the schema ${quoted(schema)}: ${keys}. Correct its keys.`,
    )
  }
  const text = variableText(schema, values)
  checkSize(name, text, size)
  return text
}

async function list(repository: Repository, signal: AbortSignal): Promise<readonly SecretSummary[]> {
  signal.throwIfAborted()
  const { secrets, doubt } = await listSecrets(repository, signal)
  if (doubt) throw storeError(doubt)
  const summaries = [...secrets].flatMap(([variable, dates]) => {
    const name = nameOfVariable(variable)
    return name === undefined ? [] : [summary(name, dates)]
  })
  return summaries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function summary(name: string, { created, updated }: SecretDates): SecretSummary {
  return { name, keys: undefined, scope: 'none', created: instant(created), updated: instant(updated) }
}

function instant(text: string | undefined): string | undefined {
  const date = new Date(text ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

async function askPublicKey({ client, name, path }: Repository, signal: AbortSignal): Promise<PublicKey> {
  const result = await client.request({ method: 'GET', path: [...path, 'public-key'], signal })
  if ('trouble' in result) throw errorOf(result.trouble, name)
  const key = publicKeyOf(result.json)
  if (key) return key
  throw new SecretStoreError('unreachable', 'GitHub answered with something other than a key. Check GITHUB_API_URL.')
}

/** Whether there is such a secret in a repository that the token sees. */
async function exists({ client, name: repository, path }: Repository, name: string, signal: AbortSignal) {
  const result = await client.request({ method: 'GET', path: [...path, variableName(name)], signal })
  if (!('trouble' in result)) return true
  const { trouble } = result
  if (trouble.kind === 'status' && trouble.status === 404) return false
  throw errorOf(trouble, repository)
}

interface Put {
  readonly name: string
  readonly text: string
  readonly recipient: PublicKey
  readonly signal: AbortSignal
}

async function put({ client, name: repository, path }: Repository, { name, text, recipient, signal }: Put) {
  const box = seal(text, recipient.key)
  if (!box)
    throw new SecretStoreError('unreachable', 'GitHub gave a key with which nothing can be encrypted. Try again.')
  const json = { encrypted_value: Buffer.from(box).toString('base64'), key_id: recipient.id }
  const result = await client.request({ method: 'PUT', path: [...path, variableName(name)], json, signal })
  const status = statusOf(result)
  if (status === 201) return
  // GitHub takes no precondition; sent once, this answer means that the secret was there by now.
  if (status === 204) throw overtaken(name)
  if ('trouble' in result) throw putError(result.trouble, { name, repository })
}

function putError(trouble: Trouble, { name, repository }: { readonly name: string; readonly repository: string }) {
  if (trouble.kind === 'status' && trouble.status === 422) {
    return new SecretStoreError(
      'failed',
      `GitHub does not take the secret ${quoted(name)} (HTTP 422). Its key may have changed meanwhile, or the repository holds 100 secrets already, which is the most there can be. Try again.`,
    )
  }
  const error = errorOf(trouble, repository)
  const isRefused = trouble.kind === 'status' && trouble.status < 500
  if (error.trouble !== 'unreachable' || isRefused) return error
  const doubt = 'Whether the secret was registered is not known: look at the list before you try again.'
  return new SecretStoreError('unreachable', `${error.message} ${doubt}`)
}

async function remove({ client, name: repository, path }: Repository, name: string, signal: AbortSignal) {
  const request = { method: 'DELETE', path: [...path, variableName(name)], signal, idempotent: true } as const
  const result = await client.request(request)
  const status = statusOf(result)
  // It was there a moment ago, so a first try may have been heard.
  if (status === 204 || status === 404) return
  if ('trouble' in result) throw errorOf(result.trouble, repository)
}

/** An answer without a body is none that the client reads. */
function statusOf(result: { readonly status: number } | { readonly trouble: Trouble }): number | undefined {
  if (!('trouble' in result)) return result.status
  return 'status' in result.trouble ? result.trouble.status : undefined
}

function errorOf(trouble: Trouble, repository: string): SecretStoreError {
  return storeError(doubtOf(trouble, repository, 'change').doubt)
}
