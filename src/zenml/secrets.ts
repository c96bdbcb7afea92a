import { randomUUID } from 'node:crypto'
import { isOlderThan, type ZenmlInfo } from './info.ts'
import { fields, layered, text, uuid } from './json.ts'
import { chunkNames } from './name-chunks.ts'
import { type Listing, listAll } from './pages.ts'
import { unverified, type ZenmlResult, type ZenmlTrouble } from './result.ts'
import type { ZenmlServer } from './server.ts'

/** A secret as lists tell of it: they never hold keys or values. */
export interface ListedSecret {
  readonly id: string
  readonly name: string
  /** Visible to its owner alone: `private`, or the scope `user` of servers before 0.80. */
  readonly isPrivate: boolean
  /** Whether the server knows scopes, under which ZenML looked at the own secret before the public one. */
  readonly isScoped: boolean
}

/** What a server said of some of the names asked. */
export interface NamedSecrets extends Listing<ListedSecret> {
  readonly names: readonly string[]
}

/** Most items of a page when names are asked for: a public and an own one for each name, and the control's. */
const pageSize = 200

/**
 * Secrets by name, in as few requests as there are chunks of names. A server that takes `oneof` for plain text, and so
 * finds nothing, is asked for each name on its own. A server that has a secret of a name made up on the spot answers
 * for nothing: then every part has trouble. The server's comparison may find other spellings than those asked for.
 */
export async function listNamed(
  server: ZenmlServer,
  names: readonly string[],
  { info, signal }: { readonly info: ZenmlInfo; readonly signal: AbortSignal },
): Promise<readonly NamedSecrets[]> {
  const control = `zenml-secrets-control-${randomUUID()}`
  const parts = await Promise.all(
    chunkNames(names, control).map(async (chunk, index): Promise<NamedSecrets> => {
      const asked = index === 0 ? [...chunk, control] : chunk
      return { names: chunk, ...(await listSecrets(server, `oneof:${JSON.stringify(asked)}`, signal)) }
    }),
  )
  if (parts.some(({ items }) => items.some(({ name }) => name === control))) {
    return parts.map(part => ({ ...part, items: [], ...answersAnything }))
  }
  const isEmpty = parts.every(({ items, trouble }) => items.length === 0 && !trouble)
  if (!isEmpty || !isOlderThan(info.version, firstSureOfOneof)) return parts
  const knows = await knowsOneof(server, signal)
  if ('trouble' in knows) return parts.map(part => ({ ...part, trouble: knows.trouble }))
  if (knows.value) return parts
  return Promise.all(
    names.map(async name => ({ names: [name], ...(await listSecrets(server, `equals:${name}`, signal)) })),
  )
}

/** Minor version from which every server is known to understand `oneof`. */
const firstSureOfOneof = 98

const answersAnything = unverified(
  'The ZenML server claims to hold a secret of a name made up on the spot, so that nothing it says about names can be trusted.',
)

/** Names of all secrets the identity sees, each once; an empty list where they cannot be listed. */
export async function listNames(server: ZenmlServer, signal: AbortSignal): Promise<readonly string[]> {
  const { items, trouble } = await listAll(server, { path: ['secrets'], size: 1000, item: readSecret, signal })
  return trouble ? [] : [...new Set(items.map(({ name }) => name))]
}

/** Whether the identity sees any secret at all. */
export async function seesAnySecret(server: ZenmlServer, signal: AbortSignal): Promise<ZenmlResult<boolean>> {
  const answer = await server.read({ path: ['secrets'], query: [['size', '1']], signal })
  if ('trouble' in answer) return answer
  const total = fields(answer.value)?.get('total')
  return typeof total === 'number'
    ? { value: total > 0 }
    : unverified('The ZenML server answered with no count of secrets.')
}

/** Names of a secret's keys. Values are dropped while the answer is parsed; a key whose value is hidden is there all the same. */
export async function readKeys(
  server: ZenmlServer,
  { id }: ListedSecret,
  signal: AbortSignal,
): Promise<ZenmlResult<ReadonlySet<string>>> {
  const answer = await server.read({ path: ['secrets', id], revive: keysForValues, signal })
  if ('trouble' in answer) return answer
  const keys = layered(fields(answer.value) ?? new Map(), 'values')
  if (isTexts(keys)) return { value: new Set(keys) }
  return unverified('The ZenML server answered with a secret of an unknown shape. Its version may be unknown here.')
}

/** `JSON.parse` visits what is inside first, so that a key called `values` is still a plain key here. */
function keysForValues(name: string, value: unknown): unknown {
  if (name !== 'values') return value
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : null
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(entry => typeof entry === 'string')
}

function listSecrets(server: ZenmlServer, name: string, signal: AbortSignal): Promise<Listing<ListedSecret>> {
  return listAll(server, { path: ['secrets'], query: [['name', name]], size: pageSize, item: readSecret, signal })
}

/** A server that knows the operator refuses what is no list of names. */
async function knowsOneof(server: ZenmlServer, signal: AbortSignal): Promise<ZenmlResult<boolean>> {
  const answer = await server.read({ path: ['secrets'], query: [['name', 'oneof:x']], signal })
  if (!('trouble' in answer)) return { value: false }
  const { trouble }: { trouble: ZenmlTrouble } = answer
  return trouble.status === 422 ? { value: true } : answer
}

/** One item of a list; `undefined` for anything else. */
export function readSecret(item: ReadonlyMap<string, unknown>): ListedSecret | undefined {
  const id = uuid(item.get('id'))
  const name = text(item.get('name'))
  if (id === undefined || name === undefined) return undefined
  const scope = layered(item, 'scope')
  const isPrivate = layered(item, 'private')
  if (typeof isPrivate === 'boolean') return { id, name, isPrivate, isScoped: false }
  return scope === 'user' || scope === 'workspace'
    ? { id, name, isPrivate: scope === 'user', isScoped: true }
    : undefined
}
