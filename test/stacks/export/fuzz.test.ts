import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stackExport } from '../../../src/stacks/export.ts'
import { assertPlaces } from '../places.ts'
import { readAs } from '../written.ts'
import { brokenExport, soundExport } from './generate.ts'

const numRuns = 2000

describe('stack exports of any kind', () => {
  it('are read without a crash, with places inside the text', () => {
    fc.assert(
      fc.property(brokenExport, text => assertPlaces(readAs(stackExport, 'stack.yaml', text))),
      { numRuns },
    )
  })

  it('give every reference at its place, in any layout', () => {
    fc.assert(
      fc.property(soundExport, ({ text, references }) => {
        const file = readAs(stackExport, 'stack.yaml', text)
        assertPlaces(file)
        const attributes = file?.stacks.flatMap(({ components }) => components.flatMap(each => each.attributes)) ?? []
        expect(attributes.map(({ value }) => value)).toEqual(references)
      }),
      { numRuns },
    )
  })
})
