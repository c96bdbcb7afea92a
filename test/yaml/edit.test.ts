import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { editEntry } from '../../src/yaml/edit.ts'
import { writeScalar } from '../../src/yaml/write-scalar.ts'

const file = `# header
aws:
  id: QUtJ # c
  marker: aws
# about b
b: {x: 'y', q: z}   # tail

zed:
  a: ''
`

describe('an edit of one entry', () => {
  it.each([
    ['a text in place of another', ['aws'], 'id', 'new', ['  id: QUtJ # c', '  id: new # c']],
    ['a text in quotes', ['zed'], 'a', 'QQ==', ["  a: ''", '  a: QQ==']],
    ['a new key where it sorts', ['aws'], 'k', '1', ['  marker', "  k: '1'\n  marker"]],
    ['a new key in braces', ['b'], 'n', 'no', ['q: z}', "q: z, 'n': 'no'}"]],
    ['the last key in braces taken away', ['b'], 'q', undefined, [', q: z', '']],
    ['the first key in braces taken away', ['b'], 'x', undefined, ["x: 'y', ", '']],
    ['a key taken away', ['aws'], 'id', undefined, ['  id: QUtJ # c\n', '']],
    ['an entry taken away', [], 'aws', undefined, ['aws:\n  id: QUtJ # c\n  marker: aws\n', '']],
    ['an entry in braces taken away', [], 'b', undefined, ["b: {x: 'y', q: z}   # tail\n", '']],
  ] as const)('changes nothing else: %s', (_, path, key, value, [before, after]) => {
    expect(editEntry(file, path, { key, value })).toBe(file.replace(before, after))
  })

  it.each([
    ['before all others, below the header', 'a', ['aws:', "a:\n  k: 'on'\naws:"]],
    ['between others', 'b1', ['# tail\n', "# tail\nb1:\n  k: 'on'\n"]],
    ['after all others', 'ключ', ["a: ''\n", `a: ''\n"\\u043A\\u043B\\u044E\\u0447":\n  k: 'on'\n`]],
  ] as const)('puts a new entry %s', (_, key, [before, after]) => {
    expect(editEntry(file, [], { key, value: new Map([['k', 'on']]) })).toBe(file.replace(before, after))
  })

  it.each([
    ['an empty text', '', 'x:\n  a: b\n'],
    ['a comment', '# c', '# c\nx:\n  a: b\n'],
    ['empty braces', '{}', '{x: {a: b}}'],
    ['a line end that is missing', 'w: v', 'w: v\nx:\n  a: b\n'],
    ['Windows line ends', 'w: v\r\n', 'w: v\r\nx:\r\n  a: b\r\n'],
    ['an explicit key', "? ''\n: k: v\n", "? ''\n: k: v\nx:\n  a: b\n"],
  ])('starts from %s', (_, content, expected) => {
    expect(editEntry(content, [], { key: 'x', value: new Map([['a', 'b']]) })).toBe(expected)
  })

  it.each([
    ['a list', '- a', []],
    ['a mapping that another entry shares', 'a: &x {b: c}\nd: *x\n', ['d']],
    ['a path that is not there', 'a: {b: c}\n', ['d']],
    ['a path to a text', 'a: b\n', ['a']],
  ])('is refused in %s', (_, content, path) => {
    expect(editEntry(content, path, { key: 'x', value: 'y' })).toBeUndefined()
  })

  it('does what it says, whatever the names and values', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      fc.constantFrom('yes', '1e3', '- a', '#', '? x', '~'),
    )
    const secret = fc
      .dictionary(text, text, { minKeys: 1, maxKeys: 4 })
      .map(entries => new Map(Object.entries(entries)))
    const change = fc.record({ name: text, values: fc.option(secret, { nil: undefined }) })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), changes => {
        const expected = new Map<string, ReadonlyMap<string, string>>()
        let content: string | undefined = '# header\n'
        for (const { name, values } of changes) {
          if (values && expected.has(name)) continue
          content = editEntry(content ?? '', [], { key: name, value: values })
          if (values) expected.set(name, values)
          else expected.delete(name)
        }
        expect(content?.startsWith('# header\n')).toBe(true)
        const read = parse(content ?? '', { mapAsMap: true, version: '1.1' }) ?? new Map()
        expect(new Map([...read].sort())).toEqual(new Map([...expected].sort()))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a written text', () => {
  it.each([
    'E0',
    'e+10',
    'e-1_0',
    'yes',
    'No',
    'null',
    '1',
    '1e3',
    '0x1',
    '.5',
    '-',
    '',
    '1:30',
    '2020-01-01',
    '<<',
    '=',
  ])('stands in quotes where it could be taken for something else: %j', text =>
    expect(writeScalar(text)).toBe(`'${text}'`),
  )

  it('is read back as that very text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), text => {
        for (const version of ['1.1', '1.2'] as const)
          expect(parse(`a: ${writeScalar(text)}`, { version })).toEqual({ a: text })
      }),
      { numRuns: 2_000 },
    )
  })
})
