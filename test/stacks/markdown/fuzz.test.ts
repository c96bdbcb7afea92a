import fc from 'fast-check'
import { describe, it } from 'vitest'
import { markdown } from '../../../src/stacks/markdown.ts'
import { assertFinds, assertSound } from '../host.ts'
import { brokenMarkdown, soundMarkdown } from './generate.ts'

const numRuns = 2000

describe('pages of documentation of any kind', () => {
  it('are read without a crash, with places inside the text', () => {
    fc.assert(
      fc.property(brokenMarkdown, text => assertSound(markdown, 'README.md', text)),
      { numRuns },
    )
  })

  it('give every reference in a command at its place', () => {
    fc.assert(
      fc.property(soundMarkdown, sound => assertFinds(markdown, 'README.md', sound)),
      { numRuns },
    )
  })
})
