import { describe, expect, it } from 'vitest'
import { sourceText } from '../../src/text/source.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

function parse(content: string) {
  const { documents, problems } = parseYaml(sourceText('x.yaml', content))
  return { documents, messages: problems.map(({ message }) => message) }
}

const tooDeep = 'Nested deeper than 64 levels.'
const mebibyte = 1024 * 1024

describe('the bounds of a YAML file', () => {
  it.each([
    ['brackets', '['.repeat(50_000)],
    ['closed brackets', `${'['.repeat(3000)}${']'.repeat(3000)}`],
    ['braces', '{'.repeat(mebibyte)],
    ['maps in braces', '{a: '.repeat(10_000)],
    ['list dashes', '- '.repeat(20_000)],
    ['key marks', '? '.repeat(5000)],
    ['indentation', Array.from({ length: 1400 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['lists in maps', Array.from({ length: 200 }, (_, level) => `${'  '.repeat(level)}- a:`).join('\n')],
    ['a value of a map of 64', `${'{a: '.repeat(64)}[]`],
  ])('refuse nesting by %s, again and again', (_, content) => {
    for (let time = 0; time < 3; time++) expect(parse(content)).toEqual({ documents: [], messages: [tooDeep] })
  })

  it.each([
    ['flow', `${'['.repeat(64)}${']'.repeat(64)}`],
    ['flow around a text', `${'{a: '.repeat(64)}b${'}'.repeat(64)}`],
    ['block', Array.from({ length: 64 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['dashes', '- '.repeat(64)],
  ])('allow 64 levels: %s', (_, content) => {
    const { documents, messages } = parse(content)
    expect({ count: documents.length, messages }).toEqual({ count: 1, messages: [] })
  })

  it('tell where nesting goes too far, and keep the documents before', () => {
    const source = sourceText('x.yaml', `a: 1\n---\nb:\n  ${'['.repeat(70)}`)
    const { documents, problems } = parseYaml(source)
    expect(documents).toHaveLength(1)
    expect(problems.map(({ message, start, end }) => ({ message, ...source.spanOf(start, end) }))).toEqual([
      { message: tooDeep, start: { line: 4, column: 66 }, end: { line: 4, column: 66 } },
    ])
  })

  it('allow 1 MiB and no more', () => {
    const fits = `a: ${'x'.repeat(mebibyte - 3)}`
    expect(parse(fits).messages).toEqual([])
    expect(parse(`${fits}x`)).toEqual({ documents: [], messages: ['Larger than 1 MiB.'] })
  })

  it('allow 100 documents and no more', () => {
    expect(parse('---\na\n'.repeat(100)).documents).toHaveLength(100)
    const { documents, messages } = parse('---\na\n'.repeat(100_000))
    expect({ count: documents.length, messages }).toEqual({ count: 100, messages: ['More than 100 documents.'] })
  })

  it('allow 500,000 tokens and no more', () => {
    expect(parse(`[${'a,'.repeat(50_000)}]`).messages).toEqual([])
    expect(parse(`[${'a,'.repeat(200_000)}]`)).toEqual({ documents: [], messages: ['More than 500,000 YAML tokens.'] })
  })

  it.each([
    ['50,000 keys', Array.from({ length: 50_000 }, (_, index) => `key${index}: v`).join('\n'), 50_000],
    ['50,000 times one key', 'k: v\n'.repeat(50_000), 50_000],
    ['300,000 comment lines', `${'#\n'.repeat(300_000)}a: 1`, 1],
    // The library alone takes half a minute for these comments after blank lines.
    ['blank lines, then comments', `a: |\n   x\n${'\n'.repeat(100_000)}${' #\n'.repeat(100_000)}`, 1],
    ['one line of 1 MiB', `a: "${'x'.repeat(mebibyte - 5)}"`, 1],
    ['a key of 64 KiB', `${'k'.repeat(65_536)}: 1`, 1],
  ])('do not refuse %s', (_, content, entries) => {
    const { documents, messages } = parse(content)
    expect(messages).toEqual([])
    expect(documents[0]).toMatchObject({ kind: 'map' })
    expect(documents[0]?.kind === 'map' && documents[0].entries.length).toBe(entries)
  })

  it('do not refuse 40,000 anchors with an alias each', () => {
    const pairs = Array.from({ length: 40_000 }, (_, index) => `a${index}: &x${index} 1\nb${index}: *x${index}`).join(
      '\n',
    )
    const [root] = parse(pairs.slice(0, 838 * 1024)).documents
    const aliases = root?.kind === 'map' ? root.entries.filter(({ value }) => value?.kind === 'alias') : []
    expect(aliases.length).toBeGreaterThan(20_000)
    expect(aliases.filter(({ value }) => value?.kind === 'alias' && value.target === undefined)).toEqual([])
  })

  it('do not expand aliases', () => {
    const laughs = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`)}]`,
    )
    const [root] = parse(`l0: &l0 x\n${laughs.join('\n')}`).documents
    expect(root?.kind === 'map' && root.entries.length).toBe(10)
  })

  it.each([
    ['closing brackets', ']'.repeat(20_000)],
    ['commas', `[${','.repeat(20_000)}]`],
    ['open quotes', "a: '\n".repeat(10_000)],
    ['unknown escapes', `a: "${'\\q'.repeat(20_000)}"`],
    ['tabs', 'a:\n\tb: 1\n'.repeat(5000)],
    ['directives', '%a\n'.repeat(20_000)],
  ])('hold for a flood of mistakes: %s', (_, content) => {
    expect(parse(content).messages.length).toBeLessThanOrEqual(10)
  })
})
