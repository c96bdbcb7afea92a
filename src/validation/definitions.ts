import type { SecretDefinition } from '../stacks/stack.ts'
import type { Creation, DefinitionMismatch } from './finding.ts'
import { isPlaceholderName } from './placeholder.ts'
import { nearest } from './suggest.ts'
import type { JudgedUse } from './use.ts'

export interface ReadDefinition extends SecretDefinition {
  /** It stands in documentation or in a test, so nobody need ever run it. */
  readonly isListedOnly: boolean
}

/** What the repository itself creates. Names left for the reader to fill in are nobody's. */
export interface Definitions {
  /** Names that are created outside of documentation and tests, in the order they were read. */
  readonly names: readonly string[]
  /** The first place that creates a secret, outside of documentation and tests. */
  creationOf(secret: string): Creation | undefined
  /**
   * `undefined` unless the secret is created, the keys of all its definitions are known, and none has the key. Where the
   * backend has answered about the key, what the repository says no longer matters.
   */
  mismatchOf(use: JudgedUse): DefinitionMismatch | undefined
}

export function collectDefinitions(read: readonly ReadDefinition[]): Definitions {
  const byName = new Map<string, ReadDefinition[]>()
  for (const definition of read) {
    if (isPlaceholderName(definition.name)) continue
    const known = byName.get(definition.name)
    if (known) known.push(definition)
    else byName.set(definition.name, [definition])
  }
  const firstOf = (secret: string) => byName.get(secret)?.find(({ isListedOnly }) => !isListedOnly)
  return {
    names: [...byName.keys()].filter(firstOf),
    creationOf: secret => creationOf(firstOf(secret)),
    mismatchOf: use =>
      isAnswered(use) ? undefined : mismatchOf(use, firstOf(use.secret), byName.get(use.secret) ?? []),
  }
}

function creationOf(definition: ReadDefinition | undefined): Creation | undefined {
  return definition && { file: definition.place.file, line: definition.place.span.start.line }
}

function isAnswered({ verdict, via }: JudgedUse): boolean {
  return verdict === 'found' || verdict === 'key_missing' || via === 'templated'
}

function mismatchOf(
  { secret, key, place, excerpt, stack, component, attribute }: JudgedUse,
  first: ReadDefinition | undefined,
  all: readonly ReadDefinition[],
): DefinitionMismatch | undefined {
  const createdIn = creationOf(first)
  if (key === null || !createdIn || !first || first.keys === 'unknown') return undefined
  if (all.some(({ keys }) => keys === 'unknown' || keys.has(key))) return undefined
  const keys = [...first.keys].sort()
  const owner = { place, excerpt, stack, component, attribute }
  return { kind: 'definition-mismatch', secret, key, createdIn, keys, suggestions: nearest(key, keys), ...owner }
}
