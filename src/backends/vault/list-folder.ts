import type { Answer } from '../backend.ts'
import { doubtOf, unverified } from './doubt.ts'
import { apiPath, type Engine, segmentsOf } from './engine.ts'
import { codeOf } from './error-code.ts'
import { entriesOf } from './json.ts'

/**
 * What a folder holds. `nothing`: Vault finds no such folder, which may also mean that it hides it. `refused`: the
 * token may not list it.
 */
export type Listing =
  | { readonly kind: 'listed'; readonly names: ReadonlySet<string> }
  | { readonly kind: 'nothing' | 'refused' }
  | { readonly kind: 'doubt'; readonly answer: Answer }

/** Enough for a hundred thousand names. */
const maxBytes = 2 ** 24

/** One list; names of folders, which end in a slash, are left out. */
export async function listFolder(engine: Engine, folder: string, signal: AbortSignal): Promise<Listing> {
  const path = segmentsOf(apiPath(engine, 'list', folder))
  const result = await engine.send({ method: 'GET', path, query: [['list', 'true']], signal, maxBytes })
  if ('trouble' in result) {
    const { trouble } = result
    const code = codeOf(trouble)
    if (code === 'denied') return { kind: 'refused' }
    if (code === 'absent') return { kind: 'nothing' }
    return { kind: 'doubt', answer: doubtOf(trouble) }
  }
  const keys = entriesOf(entriesOf(result.json).get('data')).get('keys')
  if (!Array.isArray(keys) || !keys.every(key => typeof key === 'string')) {
    return { kind: 'doubt', answer: unverified('Vault answered with something other than a list. Check vault-url.') }
  }
  return { kind: 'listed', names: new Set(keys.filter(key => !key.endsWith('/'))) }
}
