import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunkNames, isStorable } from '../../src/zenml/name-chunks.ts'

const control = 'control'

describe('a name', () => {
  it.each([
    ['', true],
    ['x'.repeat(255), true],
    ['x'.repeat(256), false],
    ['𝔘'.repeat(255), true],
    ['𝔘'.repeat(256), false],
    ['\ud800', false],
    ['a\udc00b', false],
    ['a\0b', true],
  ])('%j can be stored: %s', (name, storable) => {
    expect(isStorable(name)).toBe(storable)
  })
})

describe('chunks of names', () => {
  it.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [1000, 10],
  ])('for %i short names are %i', (names, chunks) => {
    expect(
      chunkNames(
        Array.from({ length: names }, (_, index) => `secret-${index}`),
        control,
      ).length,
    ).toBe(chunks)
  })

  it('hold every name once, in order, and keep to their limits', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 255 }).filter(isStorable)
    fc.assert(
      fc.property(fc.array(name, { maxLength: 300 }), names => {
        const chunks = chunkNames(names, control)
        expect(chunks.flat()).toEqual(names)
        for (const [index, chunk] of chunks.entries()) {
          expect(chunk.length).toBeLessThanOrEqual(100)
          const asked = index === 0 ? [...chunk, control] : chunk
          expect(asked.length).toBeGreaterThan(0)
          expect(encodeURIComponent(`oneof:${JSON.stringify(asked)}`).length).toBeLessThanOrEqual(6_100)
        }
      }),
      { numRuns: 50 },
    )
  })
})
