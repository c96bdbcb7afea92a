import type { HttpResult } from '../../http/client.ts'
import { quoted } from '../../text/displayable.ts'
import type { Answer, Depth } from '../backend.ts'
import type { Allows } from './capabilities.ts'
import { denied, doubtOf, unverified } from './doubt.ts'
import { apiPath, type Engine, segmentsOf, type Way } from './engine.ts'
import { codeOf } from './error-code.ts'
import { entriesOf } from './json.ts'
import type { Listing } from './list-folder.ts'
import { dropValues, entriesRead, keysOfEntries, keysOfSubkeys, subkeysRead } from './stored-entries.ts'

/** Reads one secret at a path; the listing is that of its folder. */
export type ReadSecret = (path: string, listing: Listing['kind']) => Promise<Answer>

export interface Reading {
  readonly depth: Depth
  readonly allows: Allows
  /** A path of which more may be known than of others: what holds for it is tried on them first. */
  readonly example: string
  readonly signal: AbortSignal
  /** What was asked before. */
  readonly early?: ReadonlyMap<string, EarlyRead>
}

export interface EarlyRead {
  readonly way: Way
  readonly result: Promise<HttpResult>
}

const maxBytes = 2 ** 22

/**
 * Goes the way that shows no value, unless the token may go another one alone. What one secret teaches about the server
 * counts for those that follow.
 */
export function secretReader(engine: Engine, { depth, allows, signal, early }: Reading): ReadSecret {
  let ways = waysOf(engine, depth)
  return async (path, listing) => {
    const open = ways.filter(way => allows(way, path) !== false)
    let refusal: Answer | undefined
    for (const way of open) {
      const known = early?.get(path)
      const result = await (known?.way === way ? known.result : get(engine, { way, path, signal }))
      if (!isRefusal(result)) {
        if (refusal && way !== ways[0]) ways = [way, ...ways.filter(other => other !== way)]
        const isProven = allows(way, path) === true
        return answerOf(result, { engine, depth, way, path, isListed: listing === 'listed', isProven })
      }
      // The first way asks for least.
      if (refusal?.kind === 'denied') continue
      refusal = doubtOf(result.trouble, { capability: 'read', path: apiPath(engine, way, path) })
    }
    if (refusal) return refusal
    const isUnsure = listing === 'nothing' && allows('list', folderOf(path)) === undefined
    return isUnsure ? unverified(notProven) : deniedFor(engine, { depth, path })
  }
}

/** Begins to read what is certain to be allowed, before lists tell what there is. */
export function readEarly(engine: Engine, reading: Reading, paths: readonly string[]): ReadonlyMap<string, EarlyRead> {
  const reads = new Map<string, EarlyRead>()
  for (const path of paths) {
    const way = certainWay(engine, reading, path)
    if (way) reads.set(path, { way, result: get(engine, { way, path, signal: reading.signal }) })
  }
  return reads
}

/** The way a secret is going to be read, if the server knows it and the token may go it, there or at the example. */
export function certainWay(
  engine: Engine,
  { depth, allows, example }: Pick<Reading, 'depth' | 'allows' | 'example'>,
  path: string,
): Way | undefined {
  const isAllowed = (way: Way) => allows(way, path) ?? allows(way, example)
  const way = waysOf(engine, depth).find(way => isAllowed(way) !== false)
  return way && isAllowed(way) === true && (way !== 'subkeys' || engine.hasSubkeys) ? way : undefined
}

function waysOf({ version }: Engine, depth: Depth): readonly Way[] {
  if (version === 1) return depth === 'keys' ? ['data'] : []
  return depth === 'keys' ? ['subkeys', 'data'] : ['metadata', 'subkeys']
}

function deniedFor(engine: Engine, { depth, path }: { readonly depth: Depth; readonly path: string }): Answer {
  if (depth === 'names') return denied({ capability: 'list', path: apiPath(engine, 'list', folderOf(path)) })
  return denied({ capability: 'read', path: apiPath(engine, engine.version === 2 ? 'subkeys' : 'data', path) })
}

/** The path up to its last slash, without it. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

interface Asked {
  readonly way: Way
  readonly path: string
}

function get(engine: Engine, { way, path, signal }: Asked & { readonly signal: AbortSignal }): Promise<HttpResult> {
  return engine.send({
    method: 'GET',
    path: segmentsOf(apiPath(engine, way, path)),
    ...(way === 'subkeys' ? { query: [['depth', '1']] } : {}),
    ...(way === 'metadata' ? {} : { revive: way === 'subkeys' ? dropSubkeys : dropValues }),
    signal,
    maxBytes,
  })
}

/** Nothing of such an answer but names and what is null is of use. */
function dropSubkeys(_key: string, value: unknown): unknown {
  return typeof value === 'string' || typeof value === 'number' ? '' : value
}

type Refused = Extract<HttpResult, { readonly trouble: unknown }>

/** Another way may be open: this one is not allowed, or this server does not have it. */
function isRefusal(result: HttpResult): result is Refused {
  if (!('trouble' in result) || result.trouble.kind !== 'status') return false
  const code = codeOf(result.trouble)
  return code === 'other-engine' || (result.trouble.status === 403 && code !== 'bad-token')
}

interface Judging extends Asked {
  readonly engine: Engine
  readonly depth: Depth
  readonly isListed: boolean
  /** Whether Vault says that the token may go this way, so that what it does not find is not there. */
  readonly isProven: boolean
}

function answerOf(result: HttpResult, { engine, depth, way, path, isListed, isProven }: Judging): Answer {
  if ('trouble' in result) {
    const { trouble } = result
    const code = codeOf(trouble)
    if (code === 'deleted' || code === 'destroyed') return unusable(path, code)
    if (code !== 'absent') return doubtOf(trouble, { capability: 'read', path: apiPath(engine, way, path) })
    if (isListed) return unusable(path, 'empty')
    return isProven ? { kind: 'missing' } : unverified(notProven)
  }
  if (way === 'metadata') return currentVersion(result.json, path)
  const entries = way === 'subkeys' ? subkeysRead(result.json) : entriesRead(result.json, engine.version)
  if (!entries && entriesOf(entriesOf(result.json).get('data')).has('metadata')) return unusable(path, 'deleted')
  if (!entries) return unverified('Vault answered with something other than a secret. Check vault-url.')
  if (depth === 'names') return { kind: 'found', keys: 'not-read' }
  const keys = way === 'subkeys' ? keysOfSubkeys(entries) : keysOfEntries(entries)
  if (typeof keys !== 'string') return { kind: 'found', keys }
  const reason = `ZenML cannot read ${quoted(path, 700)}: ${keys}. Update or register it again with ZenML.`
  return { kind: 'unusable', reason }
}

const notProven =
  'Vault finds no such secret, which may also mean that it hides it: it does not say what the token may do. Allow the token to list the folder, or to update "sys/capabilities-self".'

/** Of a secret's metadata: a version may carry the time of a deletion that is still to come. */
function currentVersion(json: unknown, path: string): Answer {
  const data = entriesOf(entriesOf(json).get('data'))
  const version = entriesOf(entriesOf(data.get('versions')).get(String(data.get('current_version'))))
  if (version.size === 0) return unusable(path, 'empty')
  if (version.get('destroyed') === true) return unusable(path, 'destroyed')
  const deletion = version.get('deletion_time')
  if (typeof deletion === 'string' && deletion !== '' && !(Date.parse(deletion) > Date.now())) {
    return unusable(path, 'deleted')
  }
  return { kind: 'found', keys: 'not-read' }
}

function unusable(path: string, state: 'deleted' | 'destroyed' | 'empty'): Answer {
  const what = {
    deleted: 'its current version is deleted. Undelete it or register it again.',
    destroyed: 'its current version is destroyed. Register it again.',
    empty: 'it holds no version. Register it again.',
  }
  return { kind: 'unusable', reason: `${quoted(path, 700)} exists in Vault, but ${what[state]}` }
}
