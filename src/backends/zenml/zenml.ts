import { displayable, quoted } from '../../text/displayable.ts'
import type { ZenmlInfo } from '../../zenml/info.ts'
import { isStorable } from '../../zenml/name-chunks.ts'
import type { ZenmlTrouble } from '../../zenml/result.ts'
import {
  type ListedSecret,
  listNamed,
  listNames,
  type NamedSecrets,
  readKeys,
  seesAnySecret,
} from '../../zenml/secrets.ts'
import type { ZenmlServer } from '../../zenml/server.ts'
import type { Answer, Backend, Depth } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { type Connection, connectionOf } from './connect.ts'
import type { ZenmlOptions } from './options.ts'
import { hasUnplaced, type Resolved, resolveName } from './resolve-name.ts'

/** The store of a ZenML server, 0.34 or later. */
export function createZenmlBackend(options: ZenmlOptions, context: BackendContext): Backend {
  return zenmlBackendOver(connectionOf(options, context))
}

/**
 * Answers as ZenML resolves references while it runs. For U names, F of them found, it sends 2 + ceil(U / 100) + F
 * requests, without F where only names are asked; more where the server's limit of a page, its age or long names make
 * it, and one where an identity that may be kept from secrets sees none.
 */
export function zenmlBackendOver(connection: Connection): Backend {
  const name = 'zenml'
  if ('reason' in connection) {
    const answer: Answer = { kind: 'unverified', reason: connection.reason }
    return {
      name,
      description: 'ZenML server',
      lookUp: async names => new Map(names.map(asked => [asked, answer])),
      names: async () => [],
    }
  }
  return {
    name,
    description: `ZenML server ${connection.url}`,
    lookUp: (names, depth, signal) => lookUp(connection, [...new Set(names)], { depth, signal }),
    names: async signal => {
      const info = await connection.info(signal)
      return 'value' in info && info.value.hasSecretsStore ? listNames(connection, signal) : []
    },
  }
}

interface LookUp {
  readonly depth: Depth
  readonly signal: AbortSignal
}

async function lookUp(
  server: ZenmlServer,
  names: readonly string[],
  { depth, signal }: LookUp,
): Promise<ReadonlyMap<string, Answer>> {
  if (names.length === 0) return new Map()
  const info = await server.info(signal)
  if ('trouble' in info) return all(names, answerFor(info.trouble))
  if (!info.value.hasSecretsStore) return all(names, switchedOff)
  const resolved = await resolveAll(server, names, { info: info.value, signal })
  const read = new Map<string, Promise<Answer>>()
  const answers = [...resolved].map(async ([name, result]): Promise<readonly [string, Answer]> => {
    if ('answer' in result) return [name, result.answer]
    const { secret } = result
    const answer = read.get(secret.id) ?? answerOf(server, secret, { depth, signal })
    read.set(secret.id, answer)
    return [name, spelt(await answer, secret, name)]
  })
  return new Map(await Promise.all(answers))
}

const switchedOff: Answer = {
  kind: 'unverified',
  reason: 'The secrets store of the ZenML server is switched off, so that it holds no secrets. Ask whoever runs it.',
}

async function resolveAll(
  server: ZenmlServer,
  names: readonly string[],
  { info, signal }: { readonly info: ZenmlInfo; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, Resolved>> {
  const storable = names.filter(isStorable)
  const parts = await listNamed(server, storable, { info, signal })
  const absent = await absentAnswer(server, parts, { info, signal })
  const trouble = parts.find(part => part.trouble)?.trouble
  const resolved = new Map<string, Resolved>()
  // No server can hold such a name, but that is known only where one answered.
  for (const name of names) resolved.set(name, { answer: trouble ? answerFor(trouble) : absent })
  for (const part of parts) {
    const comparison = { isMysql: info.isMysql, absent: info.isMysql && hasUnplaced(part) ? unplaced : absent }
    for (const name of part.names) resolved.set(name, resolveName(name, part, comparison))
  }
  return resolved
}

const unplaced: Answer = {
  kind: 'unverified',
  reason: 'The database of the ZenML server found a secret under another spelling that matches no name for certain.',
}

/** What to say of a name that a complete list lacks: nothing, to an identity that may be kept from every secret. */
async function absentAnswer(
  server: ZenmlServer,
  parts: readonly NamedSecrets[],
  { info, signal }: { readonly info: ZenmlInfo; readonly signal: AbortSignal },
): Promise<Answer> {
  if (!info.mayHideSecrets) return { kind: 'missing' }
  const maybeHidden: Answer = { kind: 'missing', mayBeHidden: true }
  if (parts.some(({ items }) => items.length > 0)) return maybeHidden
  if (parts.some(({ trouble }) => trouble)) return seesNothing
  const sees = await seesAnySecret(server, signal)
  if ('trouble' in sees) return answerFor(sees.trouble)
  return sees.value ? maybeHidden : seesNothing
}

const seesNothing: Answer = {
  kind: 'unverified',
  reason:
    'The identity sees no secret at all on the ZenML server, which looks the same as one that may see none. Give it a role with read on secrets; reading their values is not needed.',
}

async function answerOf(server: ZenmlServer, secret: ListedSecret, { depth, signal }: LookUp): Promise<Answer> {
  if (depth === 'names') return { kind: 'found', keys: 'not-read' }
  const keys = await readKeys(server, secret, signal)
  if (!('trouble' in keys)) return { kind: 'found', keys: keys.value }
  if (keys.trouble.kind !== 'absent') return answerFor(keys.trouble)
  const reason = `The ZenML server lists the secret ${quoted(secret.name)} but cannot read it: its values are gone from the store behind the server. Make it again.`
  return { kind: 'unusable', reason }
}

function spelt(answer: Answer, secret: ListedSecret, name: string): Answer {
  return answer.kind === 'found' && secret.name !== name ? { ...answer, spelling: secret.name } : answer
}

function answerFor({ kind, reason }: ZenmlTrouble): Answer {
  return { kind: kind === 'denied' ? 'denied' : 'unverified', reason: displayable(reason, 2_000) }
}

function all(names: readonly string[], answer: Answer): ReadonlyMap<string, Answer> {
  return new Map(names.map(name => [name, answer]))
}
