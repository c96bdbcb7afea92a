import type { Answer, Backend, Depth } from '../backends/backend.ts'
import type { Level } from './level.ts'
import type { SecretUse } from './use.ts'

/** A use and the backend that has to answer for it; none at level NONE and where none could be chosen. */
export interface AssignedUse {
  readonly use: SecretUse
  readonly backend: Backend | undefined
}

/** What one backend said: an answer for every name asked, and all names there are, where suggestions may show them. */
export interface Answers {
  readonly backend: Backend
  readonly byName: ReadonlyMap<string, Answer>
  /** `undefined` where messages may name nothing that the repository does not name; empty where nothing is missing. */
  readonly names: readonly string[] | undefined
}

export interface LookUpOptions {
  readonly level: Level
  /** Whether existing names may be suggested, which costs a listing where something is missing. */
  readonly suggest: boolean
  readonly signal: AbortSignal
}

/** Asks every backend at once, each about each distinct name once. At level NONE nobody is asked. */
export async function lookUp(
  uses: readonly AssignedUse[],
  options: LookUpOptions,
): Promise<ReadonlyMap<Backend, Answers>> {
  if (options.level === 'NONE') return new Map()
  const answers = await Promise.all([...plan(uses)].map(([backend, names]) => ask(backend, names, options)))
  return new Map(answers.map(answer => [answer.backend, answer]))
}

/** Distinct names by backend, in the order of the uses. A templated name is nobody's to answer. */
export function plan(uses: readonly AssignedUse[]): ReadonlyMap<Backend, readonly string[]> {
  const names = new Map<Backend, Set<string>>()
  for (const { use, backend } of uses) {
    if (!backend || use.via === 'templated') continue
    const known = names.get(backend)
    if (known) known.add(use.secret)
    else names.set(backend, new Set([use.secret]))
  }
  return new Map([...names].map(([backend, set]) => [backend, [...set]]))
}

async function ask(backend: Backend, names: readonly string[], options: LookUpOptions): Promise<Answers> {
  const depth: Depth = options.level === 'SECRET_EXISTS' ? 'names' : 'keys'
  const byName = await backend.lookUp(names, depth, options.signal)
  if (!options.suggest) return { backend, byName, names: undefined }
  const someMissing = [...byName.values()].some(({ kind }) => kind === 'missing')
  return { backend, byName, names: (someMissing ? await backend.names?.(options.signal) : undefined) ?? [] }
}
