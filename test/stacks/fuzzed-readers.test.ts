import fc from 'fast-check'
import { describe, it } from 'vitest'
import { fuzzedReaders } from './fuzzed-readers.ts'

describe('a reader of files', () => {
  it.each(fuzzedReaders)(
    'reads whole and broken files of any kind, and says truly where things stand: $name',
    ({ property }) => {
      fc.assert(
        property(read => read()),
        { numRuns: 300 },
      )
    },
  )
})
