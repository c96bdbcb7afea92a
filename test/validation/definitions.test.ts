import { describe, expect, it } from 'vitest'
import { collectDefinitions, type ReadDefinition } from '../../src/validation/definitions.ts'
import type { JudgedUse } from '../../src/validation/use.ts'
import { use, where } from './uses.ts'

function created(
  keys: readonly string[] | 'unknown',
  parts: Partial<ReadDefinition> & { readonly line?: number } = {},
) {
  const { line = 1, ...rest } = parts
  const span = { start: { line, column: 22 }, end: { line, column: 24 } }
  return {
    name: 'db',
    keys: keys === 'unknown' ? keys : new Set(keys),
    place: { file: 'setup.sh', span },
    isListedOnly: false,
    ...rest,
  } satisfies ReadDefinition
}

const judged = (parts: Partial<JudgedUse> = {}): JudgedUse => ({
  ...use(),
  verdict: 'skipped',
  backend: undefined,
  ...parts,
})

describe('what the repository creates', () => {
  it('lacks the key of a use that none of its definitions has', () => {
    const definitions = collectDefinitions([created(['user', 'pasword'], { line: 3 }), created(['host'], { line: 9 })])
    expect(definitions.mismatchOf(judged())).toEqual({
      kind: 'definition-mismatch',
      secret: 'db',
      key: 'password',
      createdIn: { file: 'setup.sh', line: 3 },
      keys: ['pasword', 'user'],
      suggestions: ['pasword'],
      ...where,
    })
  })

  it.each([
    ['a definition has the key', [created(['user']), created(['password'])]],
    ['the keys of one are unknown', [created(['user']), created('unknown')]],
    ['a test or documentation has the key', [created(['user']), created(['password'], { isListedOnly: true })]],
    ['only a test or documentation creates it', [created(['user'], { isListedOnly: true })]],
    ['nothing creates it', [created(['user'], { name: 'other' })]],
  ])('says nothing where %s', (_, read) => {
    expect(collectDefinitions(read).mismatchOf(judged())).toBeUndefined()
  })

  it.each<readonly [string, Partial<JudgedUse>]>([
    ['has been found', { verdict: 'found' }],
    ['is known to lack its key', { verdict: 'key_missing' }],
    ['names no key', { key: null }],
    ['is filled in by a program', { via: 'templated' }],
  ])('says nothing of a use that %s', (_, parts) => {
    expect(collectDefinitions([created(['user'])]).mismatchOf(judged(parts))).toBeUndefined()
  })

  it.each(['missing', 'unverified', 'denied', 'skipped'] as const)('says so of a use judged %s', verdict => {
    expect(collectDefinitions([created(['user'])]).mismatchOf(judged({ verdict }))).toMatchObject({ key: 'password' })
  })

  it('tells where a secret is created, and which there are, but for those of tests and placeholders', () => {
    const definitions = collectDefinitions([
      created(['a'], { isListedOnly: true }),
      created('unknown', { line: 4 }),
      created(['a'], { line: 5 }),
      created(['a'], { name: '<NAME>' }),
      created(['a'], { name: 'aws', line: 6 }),
      created(['a'], { name: 'of-a-test', isListedOnly: true }),
      created(['a'], { name: '__proto__', line: 7 }),
    ])
    expect(definitions.names).toEqual(['db', 'aws', '__proto__'])
    expect(['db', 'aws', '__proto__', 'of-a-test', '<NAME>', 'constructor'].map(definitions.creationOf)).toEqual([
      { file: 'setup.sh', line: 4 },
      { file: 'setup.sh', line: 6 },
      { file: 'setup.sh', line: 7 },
      undefined,
      undefined,
      undefined,
    ])
  })
})
