import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileParts } from '../../../src/stacks/file-parts.ts'
import { brokenScript, type GeneratedScript, generatedScript } from './generate.ts'
import { readShell, textAt, writtenAt } from './read.ts'

describe('a shell text of any kind', () => {
  it('shows every attribute and every secret it creates, where they are written', () => {
    fc.assert(
      fc.property(generatedScript, script => {
        const parts = readShell(script.content)
        expect(attributesIn(parts, script)).toEqual(script.attributes)
        expect(definitionsIn(parts)).toEqual(script.definitions)
      }),
      { numRuns: 2000 },
    )
  })

  it('is read without a crash, with places inside the text', () => {
    fc.assert(
      fc.property(brokenScript, content => {
        const { components, secrets, definitions } = readShell(content)
        for (const { attributes } of components) for (const attribute of attributes) writtenAt(content, attribute)
        for (const { place } of [...components, ...secrets, ...definitions]) textAt(content, place)
        for (const { range } of components.flatMap(({ attributes }) => attributes)) {
          expect(range!.start).toBeLessThanOrEqual(range!.end)
          expect(range!.end).toBeLessThanOrEqual(content.length)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is read to its end, whatever follows a whole command', () => {
    fc.assert(
      fc.property(brokenScript, content => {
        const { components } = readShell(`zenml alerter register first --a={{a.b}}\n\n${content}`)
        expect(components[0]?.attributes.map(({ value }) => value)).toEqual(['{{a.b}}'])
      }),
      { numRuns: 500 },
    )
  })
})

function attributesIn({ components }: FileParts, { content }: GeneratedScript) {
  return components.flatMap(({ name, attributes }) =>
    attributes.map(attribute => {
      writtenAt(content, attribute)
      const { path, value, range } = attribute
      return { component: name, key: path.join('.'), value, start: range?.start, end: range?.end }
    }),
  )
}

function definitionsIn({ definitions }: FileParts): readonly string[] {
  return definitions.map(({ name, keys }) => `${name}: ${keys === 'unknown' ? keys : [...keys].join(', ')}`)
}
