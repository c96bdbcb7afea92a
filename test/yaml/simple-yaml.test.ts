import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWithLibrary } from '../../src/yaml/parse-with-library.ts'
import { readSimpleYaml } from '../../src/yaml/simple-yaml.ts'

const root = join(import.meta.dirname, '..', '..')
const exports = globSync(['test/fixtures/exports/**/*.yaml', 'examples/quickstart/*.yaml'], { cwd: root })
const texts = exports.map(path => readFileSync(join(root, path), 'utf8'))

/** Holds where the reader gives up; where it answers, all of the tree, the offsets included, and no problem. */
function agrees(text: string): boolean {
  const simple = readSimpleYaml(text)
  if (simple) expect({ documents: [simple], problems: [] }, JSON.stringify(text)).toEqual(parseWithLibrary(text))
  return simple !== undefined
}

const leaves = [
  ...['', 'x', "'it''s'", "''", '"q"', '""', '{}', '[]', 'a b ', '1:30', 'x # c', 'x#c', "'x' # c", "'x'#c", '# c'],
  ...['-1', '- z', 'a: b', '*a', '&a x', '~', 'null', '"a\\n"', '{a: b}', "'", '"', 'x"y', "x'y", 'é', '😀', '{{a.b}}'],
  ...["'{{a.b}}'", ':x', '?x', '-', 'a:', "'a: b'", '%a', '@a', 'x\u00a0', '=', '!t x', '|', '>', '.5', 'yes', '...'],
  ...['\u0001', '\u007f', '\u0085', '\u2028', '\uFEFF', 'x\t', '\tx', 'x\r', '0x1f', '__proto__', ' ', '`', ',', ']'],
]
const keys = [
  ...['', 'a: ', 'a: ', 'b: ', "'k': ", '"k": ', 'a b:  ', 'yes: ', '-x: ', '1: ', 'a:b: ', '#: ', '<<: ', '?: ', '? '],
  ...['{}: ', 'a :', ' x: ', '::: ', "a'b: ", "'a' : ", '"a":', '\u00a0: ', '__proto__: ', '&x a: ', '!t a: '],
]
const lines = fc
  .tuple(
    fc.constantFrom('', '', '  ', '  ', '    ', ' ', '   '),
    fc.constantFrom('', '', '', '- ', '- ', '-  ', '- - ', '-', '---', '--- ', '... '),
    fc.constantFrom(...keys),
    fc.constantFrom(...leaves),
    fc.constantFrom('\n', '\n', '\n', '\n\n', '\n  \n', '\n# c\n', '\n   # c\n', ' \n', '\r\n', ''),
  )
  .map(parts => parts.join(''))

describe('readSimpleYaml', () => {
  it.each(exports)('reads what ZenML wrote, as the library does: %s', path => {
    expect(agrees(readFileSync(join(root, path), 'utf8'))).toBe(true)
  })

  it.each([
    ['maps in maps', 'a:\n  b: 1\n  c:\n    d: x\ne: y'],
    ['a list in the column of its key', 'a:\n- x\n- b: 1\n  c: 2\n- - y\n  - z\nd: 1\n'],
    ['a list below its key', 'a:\n  - x\n  -   b: 1\n      c: 2\n'],
    ['comments and blank lines', '# a\n\na: 1 # b\n  # c\n\n\nb:   # d\n# e\n  c: 2\n   \n#'],
    ['every kind of leaf', `a: x y\nb: 'it''s: #'\nc: "q: #"\nd: {}\ne: []\nf: 1:30\ng: yes\nh: a#b:c\n`],
    ['a leaf on a line of its own', "a:\n  x\nb:\n    'y'\n"],
    ['keys of every kind', `'a b': 1\n"c": 2\n1: 3\nyes: 4\n<<: {}\n-x: 5\na: 6\na: 7\n__proto__: 8\n`],
    ['a key of 2,000 characters', `${'k'.repeat(2000)}: 1`],
    ['braces in quotes', "a: '{{a.b}}'\n"],
    ['a single text', 'x'],
    ['32 levels', `${'- '.repeat(31)}x`],
  ])('reads %s as the library does', (_, text) => {
    expect(agrees(text)).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['comments alone', '# a\n'],
    ['an anchor and an alias', 'a: &x 1\nb: *x\n'],
    ['a tag', 'a: !t 1\n'],
    ['a directive', '%YAML 1.1\n---\na: 1\n'],
    ['a mark between documents', 'a: 1\n---\nb: 2\n'],
    ['the mark of an end', 'a: 1\n...\n'],
    ['text over lines', 'a: b\n  c\n'],
    ['quotes over lines', "a: 'b\n  c'\n"],
    ['a literal', 'a: |\n  b\n'],
    ['a flow map', 'a: {b: 1}\n'],
    ['an unquoted reference', 'a: {{b.c}}\n'],
    ['a complex key', '? a\n: 1\n'],
    ['a key without value', 'a:\nb: 1\n'],
    ['an item without value', '-\n- 1\n'],
    ['an escape', 'a: "\\x41"\n'],
    ['a tab', 'a:\tb\n'],
    ['CRLF', 'a: 1\r\n'],
    ['a byte-order mark', '\uFEFFa: 1\n'],
    ['an indentation that fits nothing', 'a:\n    b: 1\n  c: 2\n'],
    ['a list after a value', 'a: 1\n- b\n'],
    ['a quote that is not closed', "a: 'b\nc: 1\n"],
    ['text after a quote', "a: 'b'c\n"],
    ['33 levels', `${'- '.repeat(32)}x`],
    ['texts in which the bound of tokens may be exceeded', `a: ${'x'.repeat(250_000)}`],
  ])('leaves %s to the library', (_, text) => {
    expect(readSimpleYaml(text)).toBeUndefined()
  })

  it('gives the tree of the library, or none, for any lines', () => {
    let answers = 0
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 6 }), parts => {
        if (agrees(parts.join(''))) answers++
      }),
      { numRuns: 10_000 },
    )
    expect(answers).toBeGreaterThan(200)
  })

  it('gives the tree of the library, or none, for exports changed anywhere', () => {
    let answers = 0
    const change = fc.record({
      at: fc.nat(4000),
      cut: fc.nat(3),
      text: fc.constantFrom(...leaves, ...keys, '\n', '\n  '),
    })
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 3 }), (original, changes) => {
        const changed = changes.reduce((text, { at, cut, text: added }) => {
          const place = at % text.length
          return text.slice(0, place) + added + text.slice(place + cut)
        }, original)
        if (agrees(changed)) answers++
      }),
      { numRuns: 1500 },
    )
    expect(answers).toBeGreaterThan(200)
  })

  it.each([
    ['lines', (size: number) => 'key: value\n'.repeat(size / 11)],
    ['blanks', (size: number) => `a: b${' '.repeat(size - 4)}`],
    ['quotes', (size: number) => `a: '${"''".repeat(size / 2 - 4)}`],
    ['lines with an open quote at the end', (size: number) => `${'a: "b"\n'.repeat(size / 7 - 1)}a: "b`],
    ['comments', (size: number) => `${'#\n'.repeat(size / 2 - 4)}a: b`],
    ['colons', (size: number) => `a${':'.repeat(size - 4)}`],
  ])('takes no time to speak of at its greatest length: %s', (_, text) => {
    const start = performance.now()
    readSimpleYaml(text(249_000))
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
