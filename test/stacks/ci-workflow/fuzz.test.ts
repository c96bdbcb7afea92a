import fc from 'fast-check'
import { describe, it } from 'vitest'
import { ciWorkflow } from '../../../src/stacks/ci-workflow.ts'
import { assertFinds, assertSound } from '../host.ts'
import { brokenWorkflow, soundWorkflow } from './generate.ts'

const numRuns = 2000

describe('workflows of any kind', () => {
  it('are read without a crash, with places inside the text', () => {
    fc.assert(
      fc.property(brokenWorkflow, text => assertSound(ciWorkflow, 'ci.yml', text)),
      { numRuns },
    )
  })

  it('give every reference in a command at its place', () => {
    fc.assert(
      fc.property(soundWorkflow, sound => assertFinds(ciWorkflow, 'ci.yml', sound)),
      { numRuns },
    )
  })
})
