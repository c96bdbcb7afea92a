import { displayable, quoted } from '../../text/displayable.ts'
import type { ZenmlInfo } from '../../zenml/info.ts'
import type { ZenmlTrouble } from '../../zenml/result.ts'
import { listAllSecrets, readSecretValues } from '../../zenml/secret-values.ts'
import { type ListedSecret, listNamed } from '../../zenml/secrets.ts'
import type { ZenmlServer, ZenmlServerOptions } from '../../zenml/server.ts'
import type { BackendContext } from '../context.ts'
import { type SecretStore, SecretStoreError, type SecretSummary, type StoredValues } from '../secret-store.ts'
import { connectionOf } from './connect.ts'
import type { ZenmlOptions } from './options.ts'
import { absentSecret, existingSecret, mayBeDone, readError, writeError } from './store-errors.ts'
import { asksChange, nameProblem, patchOf, textProblem } from './store-requests.ts'

/**
 * The secrets store of a ZenML server, by exact name: the public secret before the own private one, as ZenML resolves
 * names; the other way round on servers that know scopes. Beside the login and one look at the server, a secret takes
 * one request to register and two for anything else; a list takes one for 5,000. Servers before 0.80 are read only.
 * @param http For tests.
 * @throws SecretStoreError where the options do not say which server.
 */
export function openZenmlStore(
  options: ZenmlOptions,
  context: BackendContext,
  http?: ZenmlServerOptions['http'],
): SecretStore {
  const server = connectionOf(options, context, http)
  if ('reason' in server) throw new SecretStoreError('failed', server.reason)
  return {
    name: 'zenml',
    description: `ZenML server ${server.url}`,
    readsValues: true,
    updates: true,
    refuses: nameProblem,
    list: signal => list(server, signal),
    read: (name, signal) => read(server, name, signal),
    create: async ({ name, values, isPrivate }, signal) => {
      await writable(server, signal, name)
      const problem = textProblem(name, values)
      if (problem !== undefined) throw new SecretStoreError('illegal-values', problem)
      const json = { name, values: Object.fromEntries(values), private: isPrivate }
      const written = await server.write({ method: 'POST', path: ['secrets'], json, signal, idempotent: false })
      if ('trouble' in written) throw mayBeDone(writeError(written.trouble, name), written.trouble)
    },
    update: async (name, change, signal) => {
      const info = await writable(server, signal, name)
      const problem = textProblem(name, change.set)
      if (problem !== undefined) throw new SecretStoreError('illegal-values', problem)
      const secret = await existing(server, name, { info, signal })
      const json = patchOf(change, secret)
      if (asksChange(json)) await put(server, secret, { json, taken: name, signal })
    },
    delete: async (name, signal) => {
      const info = await writable(server, signal, name)
      const { id } = await existing(server, name, { info, signal })
      const path = ['secrets', id]
      const written = await server.write({ method: 'DELETE', path, signal, idempotent: true })
      // It was there a moment ago, so a first try may have been heard.
      if (!('trouble' in written) || written.trouble.kind === 'absent') return
      throw mayBeDone(readError(written.trouble), written.trouble)
    },
    rename: async (name, newName, signal) => {
      const info = await writable(server, signal, newName)
      const secret = await existing(server, name, { info, signal })
      if (newName === name) throw existingSecret(newName)
      await put(server, secret, { json: { name: newName }, taken: newName, signal })
    },
  }
}

interface Asking {
  readonly info: ZenmlInfo
  readonly signal: AbortSignal
}

/** Scopes gave way to private secrets in 0.80; how a server before that is written to is not known for certain. */
const firstWritable = 80

async function open(server: ZenmlServer, signal: AbortSignal): Promise<ZenmlInfo> {
  signal.throwIfAborted()
  const info = unwrap(await server.info(signal))
  if (info.hasSecretsStore) return info
  throw new SecretStoreError(
    'unsupported',
    'The secrets store of the ZenML server is switched off, so that it holds no secrets. Ask whoever runs it.',
  )
}

async function writable(server: ZenmlServer, signal: AbortSignal, name: string): Promise<ZenmlInfo> {
  signal.throwIfAborted()
  const problem = nameProblem(name)
  if (problem !== undefined) throw new SecretStoreError('illegal-name', problem)
  const info = await open(server, signal)
  const [, minor = Number.NaN] = info.version.split('.').map(Number)
  if (!info.version.startsWith('0.') || minor >= firstWritable) return info
  throw new SecretStoreError(
    'unsupported',
    `The ZenML server is of version ${displayable(info.version)}, and secrets are written to servers from 0.80 on. Use the secret commands of ZenML ${displayable(info.version)}, or upgrade the server.`,
  )
}

async function list(server: ZenmlServer, signal: AbortSignal): Promise<readonly SecretSummary[]> {
  await open(server, signal)
  const { items, trouble } = await listAllSecrets(server, signal)
  if (trouble) throw readError(trouble)
  const summaries = items.map(({ name, isPrivate, created, updated }) => {
    return { name, keys: undefined, scope: isPrivate ? 'private' : 'public', created, updated }
  })
  return summaries.sort((a, b) => order(a.name, b.name) || -order(a.scope, b.scope))
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

async function read(server: ZenmlServer, name: string, signal: AbortSignal): Promise<StoredValues | undefined> {
  const info = await open(server, signal)
  const secret = await find(server, name, { info, signal })
  if (!secret) return undefined
  const result = await readSecretValues(server, secret, signal)
  if ('trouble' in result && result.trouble.kind === 'absent') throw gone(name)
  const values = new Map<string, string>()
  for (const [key, value] of unwrap(result)) {
    if (value === null) throw hidden(name)
    values.set(key, value)
  }
  return { name, values, schema: undefined, isPrivate: secret.isPrivate }
}

/** Other spellings, which a server on MySQL finds too, are other secrets here. */
async function find(server: ZenmlServer, name: string, asking: Asking): Promise<ListedSecret | undefined> {
  if (nameProblem(name) !== undefined) return undefined
  const parts = await listNamed(server, [name], asking)
  const trouble = parts.find(part => part.trouble)?.trouble
  if (trouble) throw readError(trouble)
  const matches = parts.flatMap(({ items }) => items).filter(item => item.name === name)
  return matches.find(item => item.isPrivate === item.isScoped) ?? matches[0]
}

async function existing(server: ZenmlServer, name: string, asking: Asking): Promise<ListedSecret> {
  const secret = await find(server, name, asking)
  if (secret) return secret
  throw absentSecret(name, asking.info)
}

interface Put {
  readonly json: Readonly<Record<string, unknown>>
  /** The name that is taken if the server says that one is. */
  readonly taken: string
  readonly signal: AbortSignal
}

async function put(server: ZenmlServer, { id, name }: ListedSecret, { json, taken, signal }: Put): Promise<void> {
  const query = [['patch_values', 'true']] as const
  const written = await server.write({ method: 'PUT', path: ['secrets', id], query, json, signal, idempotent: true })
  if (!('trouble' in written)) return
  if (written.trouble.kind === 'absent') throw gone(name)
  throw mayBeDone(writeError(written.trouble, taken), written.trouble)
}

function unwrap<T>(result: { readonly value: T } | { readonly trouble: ZenmlTrouble }): T {
  if ('value' in result) return result.value
  throw readError(result.trouble)
}

function hidden(name: string): SecretStoreError {
  return new SecretStoreError(
    'denied',
    `The identity may see the secret ${quoted(name)} on the ZenML server, but not its values. Give it a role that may read the values of secrets, or use another identity.`,
  )
}

function gone(name: string): SecretStoreError {
  return new SecretStoreError(
    'failed',
    `The ZenML server lists the secret ${quoted(name)} but cannot read it: it was deleted meanwhile, or its values are gone from the store behind the server. Delete it and register it again.`,
  )
}
