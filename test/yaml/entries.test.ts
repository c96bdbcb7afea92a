import { describe, expect, it } from 'vitest'
import { sourceText } from '../../src/text/source.ts'
import { keyText, mapsOf, mergedEntries } from '../../src/yaml/entries.ts'
import type { YamlMap } from '../../src/yaml/node.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { resolve } from '../../src/yaml/resolve.ts'

/** The value at a key of the map at the top. */
function valueAt(content: string, name: string) {
  const [root] = parseYaml(sourceText('x.yaml', content)).documents
  const entries = root?.kind === 'map' ? root.entries : []
  return entries.find(entry => keyText(entry) === name)?.value
}

function mapAt(content: string, name: string): YamlMap {
  const value = resolve(valueAt(content, name))
  if (value?.kind !== 'map') throw new Error('not a map')
  return value
}

function merged(content: string, visit = (): boolean => true): readonly unknown[] {
  return [...mergedEntries(mapAt(content, 'x'), visit)].map(entry => {
    const value = resolve(entry.value)
    return [keyText(entry), value?.kind === 'scalar' ? value.value : value?.kind]
  })
}

const bases = 'a: &a {p: 1, q: 1}\nb: &b {q: 2, r: 2}\nc: &c [*a, *b]\nd: &d {<<: *a, q: 3}\n'

describe('mergedEntries', () => {
  // Each row is what PyYAML 6.0.3 makes of it, as to which values win.
  it.each([
    [
      'a map without merges',
      'x: {p: 1, q: 2}',
      [
        ['p', 1],
        ['q', 2],
      ],
    ],
    [
      'own entries win, wherever they stand',
      'x: {<<: *a, q: 9}',
      [
        ['q', 9],
        ['p', 1],
      ],
    ],
    [
      'own duplicates all stay',
      'x: {p: 7, <<: *a, p: 8}',
      [
        ['p', 7],
        ['p', 8],
        ['q', 1],
      ],
    ],
    [
      'the first of a list wins',
      'x: {<<: [*b, *a]}',
      [
        ['q', 2],
        ['r', 2],
        ['p', 1],
      ],
    ],
    [
      'the later of two merges wins',
      'x: {<<: *a, <<: *b}',
      [
        ['q', 2],
        ['r', 2],
        ['p', 1],
      ],
    ],
    [
      'a list behind an alias',
      'x: {<<: *c}',
      [
        ['p', 1],
        ['q', 1],
        ['r', 2],
      ],
    ],
    [
      'a merge in what is merged',
      'x: {<<: *d}',
      [
        ['q', 3],
        ['p', 1],
      ],
    ],
    [
      'a merge in what is merged comes before the next of a list',
      'x: {<<: [*d, *b]}',
      [
        ['q', 3],
        ['p', 1],
        ['r', 2],
      ],
    ],
    ['a map written in place', 'x: {<<: {s: 5}}', [['s', 5]]],
    ['a quoted << is a key', 'x: {"<<": *a}', [['<<', 'map']]],
    ['a << with a text is a key', 'x: {<<: s}', [['<<', 's']]],
    [
      'a map merged twice counts once',
      'x: {<<: [*a, *a], <<: *a}',
      [
        ['p', 1],
        ['q', 1],
      ],
    ],
    ['a map that merges itself ends', 'x: &x {<<: *x, p: 1}', [['p', 1]]],
    [
      'names that JavaScript objects have',
      'x: {<<: {__proto__: 1}, constructor: 2}',
      [
        ['constructor', 2],
        ['__proto__', 1],
      ],
    ],
    [
      'keys that are no scalars',
      'x: {<<: {[p]: 1}, [p]: 2}',
      [
        [undefined, 2],
        [undefined, 1],
      ],
    ],
  ])('%s', (_, last, expected) => {
    expect(merged(bases + last)).toEqual(expected)
  })

  it('merges a chain of thousands of maps without recursion', () => {
    const chain = Array.from(
      { length: 5000 },
      (_, index) => `m${index + 1}: &m${index + 1} {<<: *m${index}, k${index}: 1}`,
    )
    expect(merged(`m0: &m0 {k: 1}\n${chain.join('\n')}\nx: *m5000`)).toHaveLength(5001)
  })

  it('takes time linear in the maps where each merges the one before twice', () => {
    const chain = Array.from(
      { length: 60 },
      (_, index) => `m${index + 1}: &m${index + 1} {<<: [*m${index}, *m${index}]}`,
    )
    let visits = 0
    const visit = (): boolean => ++visits > 0
    expect(merged(`m0: &m0 {k: 1}\n${chain.join('\n')}\nx: *m60`, visit)).toEqual([['k', 1]])
    expect(visits).toBeLessThan(200)
  })

  it('ends when its visitor says so, having asked for what it leaves out too', () => {
    let visits = 0
    expect(merged(`${bases}x: {p: 7, q: 8, <<: *a}`, () => ++visits <= 4)).toEqual([
      ['p', 7],
      ['q', 8],
    ])
    expect(visits).toBe(5)
  })
})

describe('mapsOf', () => {
  it.each([
    ['a map', 'x: {p: 1}', 1],
    ['an alias of a map', 'y: &y {p: 1}\nx: *y', 1],
    ['a list with other things in it', 'x: [{p: 1}, 2, [{q: 1}], null, {r: 1}]', 2],
    ['a list that holds itself', 'x: &x [*x, {p: 1}]', 1],
    ['a text', 'x: y', 0],
    ['nothing', 'x:', 0],
    ['an alias of nothing', 'x: *y', 0],
  ])('finds the maps in %s', (_, content, count) => {
    expect([...mapsOf(valueAt(content, 'x'), () => true)]).toHaveLength(count)
  })
})
