import fc from 'fast-check'
import { describe, it } from 'vitest'
import { notebook } from '../../../src/stacks/notebook.ts'
import { assertFinds, assertSound } from '../host.ts'
import { brokenNotebook, soundNotebook } from './generate.ts'

const numRuns = 2000

describe('notebooks of any kind', () => {
  it('are read without a crash, with places inside the text', () => {
    fc.assert(
      fc.property(brokenNotebook, text => assertSound(notebook, 'a.ipynb', text)),
      { numRuns },
    )
  })

  it('give every reference in a command at its place', () => {
    fc.assert(
      fc.property(soundNotebook, sound => assertFinds(notebook, 'a.ipynb', sound)),
      { numRuns },
    )
  })
})
