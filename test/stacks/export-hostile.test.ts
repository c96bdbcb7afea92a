import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseReference } from '../../src/references/grammar.ts'
import type { Stack } from '../../src/stacks/stack.ts'
import { sourceText } from '../../src/text/source.ts'
import { read, row } from './read.ts'

const head = 'stack_name: s\n'
const tooMany = 'More than 100,000 entries; aliases count where they are used.'

function attributesOf(stack: Stack | undefined) {
  return stack?.components.flatMap(({ attributes }) => attributes) ?? []
}

describe('a hostile stack file', () => {
  it('shows a reference below nine levels of aliases once a list', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`)}]`,
    )
    const file = read(`l0: &l0 "{{a.b}}"\n${levels.join('\n')}\n${head}components: {alerter: {flavor: f, tok: *l9}}\n`)
    expect(file?.problems).toEqual([])
    expect(attributesOf(file?.stacks[0]).map(row)).toEqual(['tok/0/0/0/0/0/0/0/0/0="{{a.b}}" 1:10-1:17'])
  })

  it('ends with a collection that holds itself', () => {
    const file = read(
      `${head}components: {alerter: &a {flavor: f, tok: &b [*b, *a, '{{a.b}}'], me: *a}, annotator: &c [*c, {flavor: g}]}`,
    )
    expect(file?.stacks[0]?.components.map(({ type }) => type)).toEqual(['alerter', 'annotator'])
    expect(
      attributesOf(file?.stacks[0])
        .map(row)
        .filter(text => text.includes('{{a.b}}')),
    ).toHaveLength(1)
  })

  it('says so when thousands of components share a large configuration, and keeps what it has', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `k${index}: v`)
    const file = read(
      `x: &x {${keys}}\n${head}components:\n  alerter:\n${'  - {flavor: f, configuration: {<<: *x}}\n'.repeat(2000)}`,
    )
    expect(file?.problems.map(({ message, span }) => [message, span.start.line])).toEqual([[tooMany, 1]])
    expect(attributesOf(file?.stacks[0]).length).toBeGreaterThan(90_000)
    expect(attributesOf(file?.stacks[0]).length).toBeLessThanOrEqual(100_000)
  })

  it.each([
    ['empty lists', `x: &x [${'[],'.repeat(5000)}]`, 'tok: *x'],
    [
      'overridden merges',
      `x: &x {${Array.from({ length: 2000 }, (_, index) => `k${index}: v`)}}`,
      '<<: [*x, *x, *x], k0: w',
    ],
  ])('bounds the work for what leaves no attributes: %s', (_, anchor, entry) => {
    const file = read(`${anchor}\n${head}components:\n  alerter:\n${`  - {flavor: f, ${entry}}\n`.repeat(2000)}`)
    expect(file?.problems).toEqual([{ message: tooMany, span: expect.anything() }])
  })

  it('does not follow aliases deeper than 64 levels', () => {
    const levels = Array.from({ length: 5000 }, (_, level) => `l${level + 1}: &l${level + 1} [*l${level}]`)
    const file = read(`l0: &l0 x\n${levels.join('\n')}\n${head}components: {alerter: {flavor: f, tok: *l5000}}\n`)
    expect(file?.problems.map(({ message }) => message)).toEqual(['Nested deeper than 64 levels through aliases.'])
    expect(file?.stacks).toHaveLength(1)
  })

  it('never pollutes a prototype', () => {
    read(
      `${head}components: {alerter: {flavor: f, __proto__: {polluted: 1}, constructor: {prototype: {polluted: 1}}, <<: {__proto__: {polluted: 1}}}}`,
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('of any kind is read without a crash, with places inside the text', () => {
    const piece = fc.constantFrom(
      'components:',
      'stack_name: s',
      'alerter:',
      'flavor: f',
      'configuration:',
      '\n',
      '\n  ',
      '\n    ',
      '\n- ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      ': ',
      '? ',
      "'",
      '"',
      '{{a.b}}',
      "'{{a.b}}'",
      '&x ',
      '*x',
      '<<: *x',
      '|',
      '>-',
      ' # c',
      '---\n',
      '\t',
      '\r',
      '\0',
      '!t ',
      '\\',
      'é😀',
      '\u2028',
    )
    const text = fc.array(piece, { maxLength: 60 }).map(pieces => pieces.join(''))
    const rooted = text.map(tail => `zenml_version: 1\ncomponents: {alerter: {flavor: f}, ${tail}`)
    const blocks = text.map(tail => `zenml_version: 1\ncomponents:\n  alerter:\n    flavor: f\n    ${tail}`)
    fc.assert(
      fc.property(fc.oneof(text, rooted, blocks), content => {
        const source = sourceText('x', content)
        const file = read(content)
        for (const { range, place } of attributesOf(file?.stacks[0])) {
          expect(range!.start).toBeGreaterThanOrEqual(0)
          expect(range!.start).toBeLessThanOrEqual(range!.end)
          expect(range!.end).toBeLessThanOrEqual(content.length)
          expect(place).toEqual({ file: 'stack.yaml', span: source.spanOf(range!.start, range!.end) })
        }
        for (const { message } of file?.problems ?? []) expect(message).toMatch(/^[A-Z][^\n]*\.$/)
      }),
      { numRuns: 1500 },
    )
  })

  it('shows each generated reference as it is written', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'Z', '_', '-', '0', 'é', '名', '😀'),
      minLength: 1,
      maxLength: 8,
    })
    const reference = fc.tuple(name, name).map(([secret, key]) => `{{${secret}.${key}}}`)
    const styles = ["'", '"', '|-\n        ', '>-\n        ', '']
    const entry = fc.tuple(reference, fc.constantFrom(...styles))
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        (entries, lineEnd) => {
          const lines = entries.map(
            ([text, quote], index) => `      k${index}: ${quote}${text}${quote.length === 1 ? quote : ''}`,
          )
          const content =
            `components:\n  alerter:\n    flavor: f\n    configuration:\n${lines.join('\n')}\n${head}`.replaceAll(
              '\n',
              lineEnd,
            )
          const attributes = attributesOf(read(content)?.stacks[0])
          expect(attributes.map(({ value }) => value)).toEqual(entries.map(([text]) => text))
          expect(attributes.map(({ range }) => content.slice(range!.start, range!.end))).toEqual(
            entries.map(([text]) => text),
          )
          expect(attributes.every(({ value }) => parseReference(String(value), 'padded'))).toBe(true)
          expect(attributes.map(({ unquoted }) => unquoted ?? false)).toEqual(entries.map(([, quote]) => quote === ''))
        },
      ),
      { numRuns: 300 },
    )
  })
})
