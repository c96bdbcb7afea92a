import { keyOf } from '../../../backend-pool.ts'
import type { BackendName } from '../../../backends/backend.ts'
import type { BackendOptions } from '../../../backends/options.ts'
import type { Choice } from '../../../choose-backend.ts'
import type { JudgedUse } from '../../../validation/use.ts'

/** What the check collected together, and who answered for it. */
export interface Judged {
  readonly uses: readonly JudgedUse[]
  readonly choice: Choice | undefined
}

/** A choice that there is somewhere to write for. */
export type Place = Extract<Choice, { readonly kind: 'backend' | 'store-first' }>

/** One secret of one place that the stacks need. */
export interface Need {
  readonly place: Place
  readonly secret: string
  /**
   * `unknown`: the local secrets file could not be read. Where it is just not there yet, its store knows that it holds
   * nothing.
   */
  readonly state: 'there' | 'missing' | 'unknown'
  /** Sorted by key; never empty lists. */
  readonly keys: ReadonlyMap<string, readonly JudgedUse[]>
  /** What needs the secret and says no key. */
  readonly whole: readonly JudgedUse[]
}

/**
 * The secrets that are to be looked at, sorted by name and each once for a place. A use that the backend would not or
 * could not judge is none of them: nothing is asked or written for it.
 */
export function planNeeds(groups: readonly Judged[]): readonly Need[] {
  const needs = new Map<string, Draft>()
  for (const { uses, choice } of groups) {
    if (choice?.kind !== 'backend' && choice?.kind !== 'store-first') continue
    for (const use of uses) {
      if (!isRegistrable(use, choice)) continue
      const id = JSON.stringify([use.secret, placeKey(choice)])
      const draft = needs.get(id) ?? { place: choice, secret: use.secret, uses: [] }
      draft.uses.push(use)
      needs.set(id, draft)
    }
  }
  return [...needs].sort(([a], [b]) => compare(a, b)).map(([, draft]) => needOf(draft))
}

interface Draft {
  readonly place: Place
  readonly secret: string
  readonly uses: JudgedUse[]
}

function isRegistrable({ verdict }: JudgedUse, { kind, name }: Place): boolean {
  if (verdict === 'unverified') return kind === 'backend' && name === 'local'
  return verdict === 'found' || verdict === 'missing' || verdict === 'key_missing'
}

function stateOf(uses: readonly JudgedUse[]): Need['state'] {
  if (uses.some(({ verdict }) => verdict === 'missing')) return 'missing'
  return uses.some(({ verdict }) => verdict === 'unverified') ? 'unknown' : 'there'
}

function needOf({ place, secret, uses }: Draft): Need {
  const keys = new Map<string, JudgedUse[]>()
  for (const use of uses) {
    if (use.key === null) continue
    const users = keys.get(use.key) ?? []
    users.push(use)
    keys.set(use.key, users)
  }
  return {
    place,
    secret,
    state: stateOf(uses),
    keys: new Map([...keys].sort(([a], [b]) => compare(a, b))),
    whole: uses.filter(({ key }) => key === null),
  }
}

/** Two choices with one key are one place. */
export function placeKey({ kind, name, options }: Place): string {
  const names: readonly BackendName[] = kind === 'store-first' ? ['zenml', name] : [name]
  return JSON.stringify(names.map(each => keyOf(each, options satisfies BackendOptions)))
}

/** By UTF-16 units: the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
