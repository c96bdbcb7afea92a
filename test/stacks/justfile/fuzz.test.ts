import fc from 'fast-check'
import { describe, it } from 'vitest'
import { justfile } from '../../../src/stacks/justfile.ts'
import { assertFinds, assertSound } from '../host.ts'
import { brokenJustfile, soundJustfile } from './generate.ts'

const numRuns = 2000

describe('justfiles of any kind', () => {
  it('are read without a crash, with places inside the text', () => {
    fc.assert(
      fc.property(brokenJustfile, text => assertSound(justfile, 'justfile', text)),
      { numRuns },
    )
  })

  it('give every reference in a command at its place', () => {
    fc.assert(
      fc.property(soundJustfile, sound => assertFinds(justfile, 'justfile', sound)),
      { numRuns },
    )
  })
})
