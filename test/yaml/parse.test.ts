import { describe, expect, it } from 'vitest'
import { sourceText } from '../../src/text/source.ts'
import type { YamlNode, YamlScalar } from '../../src/yaml/node.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { outline, textAt } from './outline.ts'

function parse(content: string) {
  return parseYaml(sourceText('x.yaml', content))
}

function only(content: string): YamlNode {
  const { documents, problems } = parse(content)
  expect(problems).toEqual([])
  expect(documents).toHaveLength(1)
  return documents[0]!
}

/** The value of the last entry of a map at the top. */
function lastScalar(content: string): YamlScalar {
  const root = only(content)
  const value = root.kind === 'map' ? root.entries.at(-1)?.value : undefined
  if (value?.kind !== 'scalar') throw new Error('The text does not end in a scalar.')
  return value
}

describe('parseYaml', () => {
  it('reads maps, lists and scalars', () => {
    expect(outline(only('a: 1\nb:\n- x\n- {c: true, d}\n'))).toEqual({
      map: [
        ['a', 1],
        ['b', { list: ['x', { map: [['c', true], ['d']] }] }],
      ],
    })
  })

  it.each([
    ['JSON', '{"a": "b", "c": [1, null]}'],
    ['JSON indented with tabs', '{\n\t"a": "b",\n\t"c": [\n\t\t1,\n\t\tnull\n\t]\n}\n'],
    ['block style', 'a: b\nc:\n  - 1\n  -\n'],
    ['lines ending in CRLF', 'a: b\r\nc:\r\n  - 1\r\n  - null\r\n'],
    ['lines ending in CR', 'a: b\rc:\r  - 1\r  - null\r'],
    ['lines ending in NEL, LS and PS', 'a: b\u0085c:\u2028  - 1\u2029  - null'],
    ['comments and blank lines everywhere', '# x\n\na: b # y\n  \n  # z\nc:\n\n\n  # w\n  - 1\n # v\n\n  - ~\n\n#'],
    ['a byte-order mark', '\uFEFFa: b\nc: [1, null]'],
    ['a directive of an unknown version', '%YAML 9.9\n---\na: b\nc: [1, ~]'],
    ['an unknown directive', '%FOO bar\n---\na: b\nc: [1, ~]\n...\n'],
    ['unknown and known tags', '!foo\na: !!js/function b\nc: !!python/tuple [!!int "1", !!null ""]'],
    ['a closing brace at the indentation of its key', '{\na: b,\nc: [\n1, ~\n]\n}'],
  ])('reads the same from %s', (_, content) => {
    expect(outline(only(content))).toEqual({
      map: [
        ['a', 'b'],
        ['c', { list: [1, null] }],
      ],
    })
  })

  const styles: readonly [string, string, string, string, YamlScalar['style']][] = [
    ['plain', 'k: a b # c', 'a b', 'a b', 'plain'],
    ['plain over lines', 'k: a\n  b\n\n  c # d\n', 'a b\nc', 'a\n  b\n\n  c', 'plain'],
    ['plain in a flow map', '{k: a b }', 'a b', 'a b', 'plain'],
    ['single quotes', "k: 'it''s' # c", "it's", "it''s", 'single'],
    ['single quotes over lines', "k: 'a\n\n  b'", 'a\nb', 'a\n\n  b', 'single'],
    ['nothing in single quotes', "k: ''", '', '', 'single'],
    ['double quotes', 'k: "\\x7b\\u007ba.b}}\\t" # c', '{{a.b}}\t', '\\x7b\\u007ba.b}}\\t', 'double'],
    ['double quotes with a continued line', 'k: "{{a.\\\n   b}}"', '{{a.b}}', '{{a.\\\n   b}}', 'double'],
    ['nothing in double quotes', 'k: ""', '', '', 'double'],
    ['a literal', 'k: |\n  a\n   b\n\nj: |-\n  c\n', 'c', 'c', 'literal'],
    ['a literal with a final line end', 'k: |\n  {{a.b}}\n', '{{a.b}}\n', '{{a.b}}', 'literal'],
    ['a literal that keeps its line ends', 'k: |+\n  a\n\n\n', 'a\n\n\n', 'a', 'literal'],
    [
      'a literal with a comment in its header',
      'k: |- # {{c.d}}\n\n  a\n  b  \n\n# e\n',
      '\na\nb  ',
      'a\n  b  ',
      'literal',
    ],
    ['a literal with its indentation given', 'k: |2\n    a\n   b\n', '  a\n b\n', 'a\n   b', 'literal'],
    ['a literal with CRLF', 'k: |\r\n  a\r\n  b\r\n', 'a\nb\n', 'a\r\n  b', 'literal'],
    ['a literal without lines', 'k: |\n\n', '', '', 'literal'],
    ['a folded text', 'k: >\n  a\n  b\n', 'a b\n', 'a\n  b', 'folded'],
    ['a stripped folded text', 'k: >-\n\n  {{a.b}}\n', '\n{{a.b}}', '{{a.b}}', 'folded'],
    ['a text after an anchor and a tag', 'k: !x &y  "a"', 'a', 'a', 'double'],
    [
      'a text with a blank that YAML does not know',
      'k: |\n  \u00a0a\u00a0\n',
      '\u00a0a\u00a0\n',
      '\u00a0a\u00a0',
      'literal',
    ],
  ]

  it.each(styles)('gives the value and the exact content of %s', (_, content, value, written, style) => {
    const scalar = lastScalar(content)
    expect({ value: scalar.value, written: textAt(content, scalar.content), style: scalar.style }).toEqual({
      value,
      written,
      style,
    })
  })

  it.each([
    ['!!str 5', '5'],
    ['!!str', ''],
    ['! 5', '5'],
    ['!x 5', '5'],
    ['!!int "5"', 5],
    ['!!binary aGk=', 'aGk='],
    ['!!timestamp 2020-01-01', '2020-01-01'],
    ['2020-01-01', '2020-01-01'],
    ['"yes"', 'yes'],
    ['yes', true],
    ['|-\n  yes', 'yes'],
    ['', null],
  ])('types %j as PyYAML does, and keeps the text of tags it does not know', (written, value) => {
    expect(lastScalar(`k: ${written}`).value).toBe(value)
  })

  it('covers nodes from their first character to the end of their content', () => {
    const content = 'a: &x\n  b: [1]\n\n  c: |\n    d\n\n# e\n- '.slice(0, -2)
    const root = only(content)
    expect(textAt(content, root)).toBe('a: &x\n  b: [1]\n\n  c: |\n    d')
    const inner = root.kind === 'map' ? root.entries[0]?.value : undefined
    expect(textAt(content, inner!)).toBe('b: [1]\n\n  c: |\n    d')
  })

  it('keeps places right after comments and blank lines', () => {
    const content = '# é😀\n\n  # x\na: # y\n  # z\n   \n\t\n  - b # w\n# v\n  - |- # u\n    c\n   # t\n  - d\n'
    const root = only(content)
    const list = root.kind === 'map' ? root.entries[0]?.value : undefined
    expect(list?.kind === 'list' && list.items.map(item => textAt(content, item))).toEqual(['b', '|- # u\n    c', 'd'])
  })

  it('keeps all duplicate keys, and `<<` as a key like any other', () => {
    expect(outline(only('a: 1\n<<: {b: 2}\na: 3\n'))).toEqual({
      map: [
        ['a', 1],
        ['<<', { map: [['b', 2]] }],
        ['a', 3],
      ],
    })
  })

  it('keeps names that JavaScript objects have', () => {
    const content = '__proto__: {polluted: 1}\nconstructor: {prototype: {x: 1}}\n<<: {__proto__: 1}\n'
    expect(outline(only(content))).toEqual({
      map: [
        ['__proto__', { map: [['polluted', 1]] }],
        ['constructor', { map: [['prototype', { map: [['x', 1]] }]] }],
        ['<<', { map: [['__proto__', 1]] }],
      ],
    })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('gives an alias the last anchor of its name before it', () => {
    const content = 'a: *x\nb: &x 1\nc: *x\nd: &x 2\ne: *x\nf: *y'
    const root = only(content)
    if (root.kind !== 'map') throw new Error('not a map')
    const targets = root.entries.map(({ value }) =>
      value?.kind === 'alias' ? (value.target ?? 'nothing') : 'no alias',
    )
    expect(targets.map(target => (typeof target === 'string' ? target : textAt(content, target)))).toEqual([
      'nothing',
      'no alias',
      '1',
      'no alias',
      '2',
      'nothing',
    ])
  })

  it('does not carry anchors into the next document', () => {
    expect(parse('a: &x 1\n---\nb: *x').documents.map(outline)).toEqual([
      { map: [['a', 1]] },
      { map: [['b', '*undefined*']] },
    ])
  })

  it('ties an alias of a collection inside itself to that very collection', () => {
    const root = only('x: &a [*a]')
    const list = root.kind === 'map' ? root.entries[0]?.value : undefined
    if (list?.kind !== 'list') throw new Error('not a list')
    expect(list.items[0]).toMatchObject({ kind: 'alias', start: 7, end: 9 })
    expect(list.items[0]?.kind === 'alias' && list.items[0].target).toBe(list)
  })

  it.each([
    ['as a value', 'k: {{x.y}}', '{{x.y}}'],
    ['with blanks inside', 'k: {{ x.y }}', '{{ x.y }}'],
    ['in a list', 'k: [{{x.y}}, 1]', '{{x.y}}'],
    ['in a flow map', '{k: {{x.y}}}', '{{x.y}}'],
  ])(
    'keeps unquoted braces %s recognisable: a flow map without value as the only key of a flow map',
    (_, content, written) => {
      const root = only(content)
      const value = root.kind === 'map' ? root.entries[0]?.value : undefined
      const node = value?.kind === 'list' ? value.items[0] : value
      if (node?.kind !== 'map') throw new Error('not a map')
      expect(textAt(content, node)).toBe(written)
      expect(node).toMatchObject({
        flow: true,
        entries: [
          {
            key: { kind: 'map', flow: true, entries: [{ key: { value: 'x.y' }, value: undefined }] },
            value: undefined,
          },
        ],
      })
    },
  )

  it.each([
    ['an empty text', '', []],
    ['comments alone', '# a\n\n  # b\n', []],
    ['a marker alone', '---', [null]],
    ['null', 'null', [null]],
    ['two documents', 'a\n---\nb\n...\n', ['a', 'b']],
    ['a byte-order mark between documents', 'a\n...\n\uFEFF---\nb\n', ['a', 'b']],
    ['a pointer file of Git LFS', 'version https://x\noid sha256:0\n', ['version https://x oid sha256:0']],
    ['a NUL', 'a\0b', ['a\0b']],
  ])('reads %s', (_, content, expected) => {
    const { documents, problems } = parse(content)
    expect({ documents: documents.map(outline), problems }).toEqual({ documents: expected, problems: [] })
  })
})
