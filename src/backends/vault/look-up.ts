import type { Answer, Depth } from '../backend.ts'
import { capabilitiesOf, type Question, questionsPerRequest } from './capabilities.ts'
import type { Engine } from './engine.ts'
import { type Listing, listFolder } from './list-folder.ts'
import { certainWay, folderOf, type Reading, readEarly, secretReader } from './read-secret.ts'
import type { VaultSession } from './session.ts'

interface Looking {
  /** Below the mount. */
  readonly paths: readonly string[]
  /** Folder of the scope. */
  readonly folder: string
  readonly depth: Depth
  readonly signal: AbortSignal
}

/** Requests that may be under way at once; what lists leave free is used for secrets, so that they need not wait. */
const inFlight = 8

/** The answer for every path, or one for all. Nothing is asked twice, and nothing that the token is known not to do. */
export async function lookUpPaths(
  session: VaultSession,
  { paths, folder, depth, signal }: Looking,
): Promise<ReadonlyMap<string, Answer> | { readonly answer: Answer }> {
  const capabilities = capabilitiesOf(session)
  const folders = [...new Set(paths.map(folderOf))]
  const questions = [...folders.flatMap(listsOf), ...paths.flatMap(path => readsOf(path, depth))]
  const [engine] = await Promise.all([
    session.engine(folder, signal),
    capabilities.ask(questions.slice(0, questionsPerRequest), signal),
  ])
  if ('answer' in engine) return engine
  const reading: Reading = { depth, allows: capabilities.allowedIn(engine), example: paths[0] ?? '', signal }
  const lists = folders.map(async folder => [folder, await listFolder(engine, folder, signal)] as const)
  const early = readEarly(engine, reading, paths.slice(0, Math.max(0, inFlight - folders.length)))
  const listings = new Map(await Promise.all(lists))
  const answers = new Map<string, Answer>()
  const open: Open[] = []
  const settle = async (path: string) => {
    const listing = listings.get(folderOf(path)) ?? { kind: 'refused' }
    const answer = await answerByList(path, listing, { engine, reading, early })
    if (answer) answers.set(path, answer)
    else open.push([path, listing.kind])
  }
  await Promise.all(paths.map(settle))
  // Without a list nothing is missing of which Vault was not asked whether the token may look.
  const unlisted = open.filter(([, listing]) => listing !== 'listed')
  await capabilities.ask(
    unlisted.flatMap(([path]) => readsOf(path, depth)),
    signal,
  )
  const read = secretReader(engine, { ...reading, early })
  const readOne = async ([path, listing]: Open) => {
    const answer = await read(path, listing)
    const isListed = depth === 'names' && listing === 'listed'
    answers.set(path, isListed && answer.kind === 'denied' ? existing : answer)
  }
  // What the server cannot do shows on one secret before it is tried on all.
  const alone = open[0] && !certainWay(engine, reading, open[0][0]) ? 1 : 0
  await Promise.all(open.slice(0, alone).map(readOne))
  await Promise.all(open.slice(alone).map(readOne))
  return answers
}

const existing: Answer = { kind: 'found', keys: 'not-read' }

type Open = readonly [path: string, listing: Listing['kind']]

/** Of engines of both versions, so that it can be asked before the version is known; so are those that follow. */
function listsOf(folder: string): readonly Question[] {
  return [
    [1, 'list', folder],
    [2, 'list', folder],
  ]
}

function readsOf(path: string, depth: Depth): readonly Question[] {
  if (depth === 'keys') {
    return [
      [2, 'subkeys', path],
      [2, 'data', path],
      [1, 'data', path],
    ]
  }
  return [
    [2, 'metadata', path],
    [2, 'subkeys', path],
  ]
}

interface Judging {
  readonly engine: Engine
  readonly reading: Reading
  readonly early: ReturnType<typeof readEarly>
}

/** `undefined` where the list does not settle it. */
async function answerByList(
  path: string,
  listing: Listing,
  { engine, reading, early }: Judging,
): Promise<Answer | undefined> {
  if (listing.kind === 'doubt') return listing.answer
  const isListed = listing.kind === 'listed' && listing.names.has(path.slice(path.lastIndexOf('/') + 1))
  // Nothing where a list is allowed is nothing indeed.
  const isNothing = listing.kind === 'nothing' && reading.allows('list', folderOf(path)) === true
  if (isNothing || (listing.kind === 'listed' && !isListed)) {
    const result = await early.get(path)?.result
    // What was read is there, whatever a list says that was made a moment before.
    return result && !('trouble' in result) ? undefined : { kind: 'missing' }
  }
  // A list does not tell whether the current version is deleted.
  const isEnough = isListed && reading.depth === 'names' && !certainWay(engine, reading, path)
  return isEnough ? existing : undefined
}
