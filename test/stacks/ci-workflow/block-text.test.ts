import { describe, expect, it } from 'vitest'
import { scalarPieces } from '../../../src/stacks/ci-workflow/block-text.ts'
import { embeddedPieces } from '../../../src/text/embedded.ts'
import { sourceText } from '../../../src/text/source.ts'
import { parseYaml } from '../../../src/yaml/parse.ts'
import { resolve } from '../../../src/yaml/resolve.ts'
import { writtenAs } from '../written.ts'

/** The text of `a:` in a YAML text, with the places of its characters. */
function decoded(content: string) {
  const source = sourceText('a.yml', content)
  const [map] = parseYaml(source).documents
  const value = map?.kind === 'map' ? resolve(map.entries[0]?.value) : undefined
  const pieces = value?.kind === 'scalar' ? scalarPieces(content, value) : undefined
  if (!pieces) throw new Error('no text')
  return embeddedPieces(source, pieces)
}

describe('the text of a YAML scalar', () => {
  it.each([
    ['plain', 'a: one two {{a.b}}\n', 'one two {{a.b}}'],
    ['plain over lines', 'a: one two\n  three\n\n  {{a.b}}\n', 'one two three\n{{a.b}}'],
    ['single quotes', "a: 'it''s {{a.b}} '''\n", "it's {{a.b}} '"],
    ['single quotes over lines', "a: 'it''s\n   {{a.b}}'\n", "it's {{a.b}}"],
    ['double quotes', 'a: "x\\n\\"{{a.b}}\\" \\u00e9\\x41\\/"\n', 'x\n"{{a.b}}" éA/'],
    ['double quotes over lines', 'a: "x \\\n   y\n\n  {{a.b}}"\n', 'x y\n{{a.b}}'],
    ['a character outside the first plane', 'a: "\\U0001F600 {{a.b}}"\n', '😀 {{a.b}}'],
    ['a literal block', 'a: |\n    x \\\n      {{a.b}}\n\n    y\n', 'x \\\n  {{a.b}}\n\ny\n'],
    ['a literal block that starts further in', 'a: |2\n    x\n  {{a.b}}\n', '  x\n{{a.b}}\n'],
    ['a literal block without its last line end', 'a: |-\n  x\n  {{a.b}}\n', 'x\n{{a.b}}'],
    ['a literal block with all of them', 'a: |+\n  {{a.b}}\n\n\nb: c\n', '{{a.b}}\n\n\n'],
    ['a folded block', 'a: >-\n  x\n  {{a.b}}\n\n  y\n    z\n', 'x {{a.b}}\ny\n  z'],
    ['lines that end in CRLF', 'a: |\r\n  x\r\n  {{a.b}}\r\n', 'x\n{{a.b}}\n'],
  ])('is mapped to the file: %s', (_, content, text) => {
    const found = decoded(content)
    expect([found.content, writtenAs(found, '{{a.b}}')]).toEqual([text, '{{a.b}}'])
  })

  it.each(['a: 1\n', 'a: yes\n', 'a:\n', 'a: [x]\n'])('is none where the value is no text: %j', content => {
    expect(() => decoded(content)).toThrow('no text')
  })

  it('shows an escape as it is written', () => {
    expect(writtenAs(decoded('a: "{{a\\u002eb}}"\n'), '{{a.b}}')).toBe('{{a\\u002eb}}')
  })
})
