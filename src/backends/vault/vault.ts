import type { HttpClientOptions } from '../../http/client.ts'
import { displayable } from '../../text/displayable.ts'
import type { Answer, Backend, Depth } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { illegalName } from '../secrets-manager/name-rules.ts'
import { readScope } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { scopePrefix, storedName } from '../secrets-manager/stored-name.ts'
import { askCapabilities, type Question } from './capabilities.ts'
import { connectVault, type VaultConnection } from './connect.ts'
import type { Engine } from './engine.ts'
import { type Listing, listFolder } from './list-folder.ts'
import type { VaultOptions } from './options.ts'
import { folderOf, secretReader } from './read-secret.ts'

/**
 * A KV engine of Vault or OpenBao as ZenML's `vault` secrets manager uses it: one secret of Vault for each of ZenML's.
 * For U secrets in F folders it sends at most F + 3 requests, a login included, and U more where keys are asked; up to U
 * where folders may not be listed. Values are asked for only where the server cannot tell keys without them.
 * @param seams For tests.
 */
export function createVaultBackend(
  options: VaultOptions,
  context: BackendContext,
  seams?: HttpClientOptions['seams'],
): Backend {
  const place = placeOf(options, { context, seams })
  const problem = 'problem' in place ? place.problem : undefined
  return {
    name: 'vault',
    description: 'problem' in place ? 'Vault' : `Vault ${place.connection.url}, ${place.connection.mount}`,
    lookUp: async (names, depth, signal) => {
      const distinct = [...new Set(names)]
      if ('problem' in place) return sameForAll(distinct, { kind: 'unverified', reason: problem ?? '' })
      const illegal = new Map(distinct.map(name => [name, illegalName('vault', place.scope, name)] as const))
      const legal = distinct.filter(name => illegal.get(name) === undefined)
      const answers = legal.length === 0 ? new Map<string, Answer>() : await ask(place, { names: legal, depth, signal })
      return new Map(distinct.map(name => [name, illegal.get(name) ?? answers.get(name) ?? unanswered]))
    },
    names: async signal => ('problem' in place ? [] : listNames(place, signal)),
  }
}

interface Place {
  readonly connection: VaultConnection
  readonly scope: SecretsScope
}

function placeOf(
  options: VaultOptions,
  surroundings: Parameters<typeof connectVault>[1],
): Place | { readonly problem: string } {
  const scope = readScope('vault', options)
  if ('problem' in scope) return scope
  const connection = connectVault(options, surroundings)
  if (!('problem' in connection)) return { connection, scope }
  return { problem: displayable(connection.problem, 2_000) }
}

const unanswered: Answer = { kind: 'unverified', reason: 'Vault did not answer.' }

function sameForAll(names: readonly string[], answer: Answer): ReadonlyMap<string, Answer> {
  return new Map(names.map(name => [name, answer]))
}

/** The folder of every secret of the scope; empty for scope `none`. */
function scopeFolder(scope: SecretsScope): string {
  return folderOf(scopePrefix(scope, '/'))
}

interface Asked {
  readonly names: readonly string[]
  readonly depth: Depth
  readonly signal: AbortSignal
}

async function ask({ connection, scope }: Place, { names, depth, signal }: Asked) {
  const engine = await connection.open(scopeFolder(scope), signal)
  if ('answer' in engine) return sameForAll(names, engine.answer)
  const paths = new Map(names.map(name => [name, storedName(scope, name, '/')] as const))
  const known = await answersByLists(engine, { paths: [...paths.values()], depth, signal })
  return new Map([...paths].map(([name, path]) => [name, known.get(path) ?? unanswered]))
}

interface Looking extends Omit<Asked, 'names'> {
  readonly paths: readonly string[]
}

/** Lists each folder once, then asks about single secrets where lists leave something open. */
async function answersByLists(engine: Engine, { paths, depth, signal }: Looking): Promise<ReadonlyMap<string, Answer>> {
  const folders = [...new Set(paths.map(folderOf))]
  const ask = (some: readonly string[]) => askCapabilities(engine, questionsFor(engine, some, depth), signal)
  const [lists, early] = await Promise.all([
    Promise.all(folders.map(async folder => [folder, await listFolder(engine, folder, signal)] as const)),
    // Reading keys takes it almost always, so that it need not wait for the lists.
    depth === 'keys' ? ask(paths) : undefined,
  ])
  const listings = new Map(lists)
  const answers = new Map<string, Answer>()
  const open = new Map<string, Listing>()
  for (const path of paths) {
    const listing = listings.get(folderOf(path)) ?? { kind: 'refused' }
    const answer = answerByList(path, listing, depth)
    if (answer) answers.set(path, answer)
    else open.set(path, listing)
  }
  if (open.size === 0) return answers
  const allows = early ?? (await ask([...open.keys()]))
  const read = secretReader(engine, { depth, allows, signal })
  const readOne = async ([path, { kind }]: readonly [string, Listing]) => {
    // Nothing where a list is allowed is nothing indeed.
    const isMissing = kind === 'nothing' && allows('list', folderOf(path)) === true
    answers.set(path, isMissing ? { kind: 'missing' } : await read(path, kind))
  }
  const [first, ...rest] = open
  // What the server cannot do shows on one secret before it is tried on all.
  if (!first) return answers
  if (engine.hasSubkeys && allows('subkeys', first[0]) !== undefined) await Promise.all([...open].map(readOne))
  else {
    await readOne(first)
    await Promise.all(rest.map(readOne))
  }
  return answers
}

/** `undefined` where the list does not settle it. */
function answerByList(path: string, listing: Listing, depth: Depth): Answer | undefined {
  if (listing.kind === 'doubt') return listing.answer
  if (listing.kind !== 'listed') return undefined
  if (!listing.names.has(path.slice(path.lastIndexOf('/') + 1))) return { kind: 'missing' }
  return depth === 'names' ? { kind: 'found', keys: 'not-read' } : undefined
}

function questionsFor({ version }: Engine, paths: readonly string[], depth: Depth): readonly Question[] {
  return paths.flatMap((path): readonly Question[] => {
    const folder: Question = ['list', folderOf(path)]
    if (version === 1) return [folder, ['data', path]]
    return [folder, ['subkeys', path], [depth === 'names' ? 'metadata' : 'data', path]]
  })
}

async function listNames({ connection, scope }: Place, signal: AbortSignal): Promise<readonly string[]> {
  const folder = scopeFolder(scope)
  const engine = await connection.open(folder, signal)
  if ('answer' in engine) return []
  const listing = await listFolder(engine, folder, signal)
  return listing.kind === 'listed' ? [...listing.names] : []
}
