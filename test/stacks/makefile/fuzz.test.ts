import fc from 'fast-check'
import { describe, it } from 'vitest'
import { makefile } from '../../../src/stacks/makefile.ts'
import { assertFinds, assertSound } from '../host.ts'
import { brokenMakefile, soundMakefile } from './generate.ts'

const numRuns = 2000

describe('Makefiles of any kind', () => {
  it('are read without a crash, with places inside the text', () => {
    fc.assert(
      fc.property(brokenMakefile, text => assertSound(makefile, 'Makefile', text)),
      { numRuns },
    )
  })

  it('give every reference in a command at its place', () => {
    fc.assert(
      fc.property(soundMakefile, sound => assertFinds(makefile, 'Makefile', sound)),
      { numRuns },
    )
  })
})
