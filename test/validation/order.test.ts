import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Place } from '../../src/stacks/stack.ts'
import { compareBy } from '../../src/validation/order.ts'
import type { Owner } from '../../src/validation/use.ts'

interface Item extends Owner {
  readonly place: Place | undefined
  readonly kind?: string | null
}

function place(file: string, line: number, column: number, endColumn = column + 1): Place {
  return { file, span: { start: { line, column }, end: { line, column: endColumn } } }
}

const component = (type: string, name?: string) => ({ type, name, flavor: undefined })
const compare = compareBy<Item>(({ kind }) => [kind])

const sorted: readonly Item[] = [
  { place: place('B.yaml', 9, 9) },
  { place: place('a.yaml', 1, 1) },
  { place: { file: 'a.yaml', span: { start: { line: 1, column: 1 }, end: { line: 5, column: 1 } } } },
  { place: place('a.yaml', 1, 2, 3) },
  { place: place('a.yaml', 1, 2, 4) },
  { place: place('a.yaml', 2, 1), kind: null },
  { place: place('a.yaml', 2, 1), kind: 'a', stack: 'z' },
  { place: place('a.yaml', 2, 1), kind: 'b' },
  { place: place('a.yaml', 2, 1), kind: 'b', stack: 's' },
  { place: place('a.yaml', 2, 1), kind: 'b', stack: 's', component: component('a', 'z') },
  { place: place('a.yaml', 2, 1), kind: 'b', stack: 's', component: component('b') },
  { place: place('a.yaml', 2, 1), kind: 'b', stack: 's', component: component('b', 'a') },
  { place: place('a.yaml', 10, 1) },
  { place: place('a/a.yaml', 1, 1) },
  { place: place('é.yaml', 1, 1) },
  { place: { url: 'https://a' }, kind: 'z' },
  { place: { url: 'https://b' }, kind: 'a' },
  { place: undefined, kind: 'a' },
  { place: undefined, kind: 'b' },
]

describe('the order of a report', () => {
  it('is file, line, column, end, what the list says, stack, component; then servers; then nowhere', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...sorted]), some => {
        expect(some.toSorted(compare)).toEqual(sorted.filter(item => some.includes(item)))
      }),
    )
  })

  it('finds each item equal to itself', () => {
    for (const item of sorted) expect(compare(item, { ...item })).toBe(0)
  })
})
