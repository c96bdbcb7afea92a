import fc from 'fast-check'
import { describe, it } from 'vitest'
import { dockerfile } from '../../../src/stacks/dockerfile.ts'
import { assertFinds, assertSound } from '../host.ts'
import { brokenDockerfile, soundDockerfile } from './generate.ts'

const numRuns = 2000

describe('Dockerfiles of any kind', () => {
  it('are read without a crash, with places inside the text', () => {
    fc.assert(
      fc.property(brokenDockerfile, text => assertSound(dockerfile, 'Dockerfile', text)),
      { numRuns },
    )
  })

  it('give every reference in a command at its place', () => {
    fc.assert(
      fc.property(soundDockerfile, sound => assertFinds(dockerfile, 'Dockerfile', sound)),
      { numRuns },
    )
  })
})
