import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertSound, attributesOf, brokenTerraform, readTerraformText, soundTerraform, writtenAt } from './generate.ts'

describe('Terraform of any kind', () => {
  it('is read without a crash, with places inside the text that say what is written there', () => {
    fc.assert(
      fc.property(brokenTerraform, fc.constantFrom('main.tf', 'main.tf.json'), (text, path) => assertSound(text, path)),
      { numRuns: 2000 },
    )
  })

  it('gives every generated attribute its value, its place and whether it is known', () => {
    fc.assert(
      fc.property(soundTerraform, ({ text, expected }) => {
        const found = attributesOf(readTerraformText(text)).map(
          attribute => [attribute.value, writtenAt(text, attribute), attribute.templated ?? false] as const,
        )
        expect(found).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('is read as far as it goes, whatever follows a component', () => {
    const whole = 'resource "zenml_stack_component" "x" {\n  configuration = {\n    token = "{{a.b}}"\n  }\n}\n'
    fc.assert(
      fc.property(brokenTerraform, text => {
        const first = attributesOf(readTerraformText(`${whole}${text}`)).find(
          ({ range }) => (range?.end ?? 0) < whole.length,
        )
        expect(first?.value).toBe('{{a.b}}')
      }),
      { numRuns: 1000 },
    )
  })
})
