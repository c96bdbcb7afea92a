import { describe, expect, it } from 'vitest'
import { at, collectOne, onlyFinding, stackName as stack, tracker } from './stack-file.ts'

const attribute = 'tracking_password'
const owner = { stack, component: tracker, attribute }

describe('a malformed reference', () => {
  it('is a finding over the whole value', () => {
    expect(onlyFinding({ text: "tracking_password: '«{{a. b}}»'" })).toEqual({
      kind: 'malformed-reference',
      text: '{{a. b}}',
      problem: 'It has a blank beside the dot.',
      meant: '{{a.b}}',
      place: at(1, 21, 29),
      excerpt: { before: "tracking_password: '", marked: '{{a. b}}', after: "'" },
      ...owner,
    })
  })

  it('is one in any attribute, for what is sensitive cannot be told', () => {
    expect(onlyFinding({ text: "x: '«{{a.b}»'", path: ['x'] })).toMatchObject({
      kind: 'malformed-reference',
      problem: 'One brace is missing.',
      attribute: 'x',
    })
  })
})

describe('a padded reference', () => {
  const text = "tracking_password: '«{{ a.b }}»'"

  it('is a finding before ZenML 0.40', () => {
    expect(onlyFinding({ text }, { stack: { zenmlVersion: '0.39.1' } })).toEqual({
      kind: 'padded-reference',
      text: '{{ a.b }}',
      problem: 'ZenML before 0.40 takes blanks inside the braces for plain text.',
      meant: '{{a.b}}',
      place: at(1, 21, 30),
      excerpt: { before: "tracking_password: '", marked: '{{ a.b }}', after: "'" },
      ...owner,
    })
  })

  it('is judged by the version given to the run, which overrides the file’s', () => {
    const old = { stack: { zenmlVersion: '0.22.0' } }
    expect(collectOne({ text }, { ...old, zenmlVersion: '0.98.0' }).findings).toEqual([])
    expect(collectOne({ text }, { zenmlVersion: '0.22.0' }).findings).toHaveLength(1)
    expect(collectOne({ text }, { stack: { zenmlVersion: undefined } }).findings).toEqual([])
  })
})

describe('an embedded reference', () => {
  const around = 'There is other text around the reference.'
  const lineBreak = 'The block keeps its final line break, which makes the value longer than the reference.'

  it('has the braces alone for its place, and shows nothing of the text around them', () => {
    expect(onlyFinding({ text: "tracking_password: '«hunter2-{{a.b}}-hunter2»'" })).toEqual({
      kind: 'embedded-reference',
      text: '{{a.b}}',
      problem: around,
      meant: undefined,
      place: at(1, 29, 36),
      excerpt: { before: 'tracking_password: … ', marked: '{{a.b}}', after: ' …' },
      ...owner,
    })
  })

  it.each([
    ['a single-quoted text with an escaped quote', "x: '«it''s {{a.b}}»'", "it's {{a.b}}", at(1, 11, 18)],
    ['a double-quoted text with an escape', 'x: "«\\x41 {{a.b}}»"', 'A {{a.b}}', at(1, 10, 17)],
    ['a literal block', 'x: |\n  «line\n  y={{a.b}}\n»', 'line\ny={{a.b}}\n', at(3, 5, 12)],
    ['a block that keeps its line break', 'x: |\n  «{{a.b}}\n»', '{{a.b}}\n', at(2, 3, 10)],
    ['a plain text over two lines', 'x: «one\n  {{a.b}} two»', 'one {{a.b}} two', at(2, 3, 10)],
    ['the first of two', 'x: «{{a.b}} {{c.d}}»', '{{a.b}} {{c.d}}', at(1, 4, 11)],
    ['one that occurs twice', 'x: «y{{a.b}}, {{a.b}}»', 'y{{a.b}}, {{a.b}}', at(1, 5, 12)],
  ])('is found in %s', (_, text, value, place) => {
    expect(onlyFinding({ text, value })).toMatchObject({
      kind: 'embedded-reference',
      text: '{{a.b}}',
      place,
      excerpt: { marked: '{{a.b}}' },
    })
  })

  it.each([
    ['an escape inside the braces', 'x: "«hunter2 {{a\\x2eb}}»"', 'hunter2 {{a.b}}', at(1, 5, 23)],
    ['an escaped brace', 'x: "«hunter2 \\x7b{a.b}}»"', 'hunter2 {{a.b}}', at(1, 5, 23)],
    ['another one, escaped', 'x: "«hunter2 {{a.b}} {{a\\x2eb}}»"', 'hunter2 {{a.b}} {{a.b}}', at(1, 5, 31)],
    ['braces over two lines', 'x: "«hunter2 {{\n  a.b}}»"', 'hunter2 {{ a.b}}', at(1, 5, 8, 2)],
  ])('that cannot be found for %s has the whole value for its place, which is not shown', (_, text, value, place) => {
    expect(onlyFinding({ text, value })).toMatchObject({
      kind: 'embedded-reference',
      place,
      excerpt: { marked: '***' },
    })
  })

  it('says what the final line break of a block does', () => {
    expect(onlyFinding({ text: 'x: |\n  «{{a.b}}\n»', value: '{{a.b}}\n' })).toMatchObject({
      problem: lineBreak,
      meant: '{{a.b}}',
    })
  })

  it('of a registered stack has that stack’s place', () => {
    const place = { url: 'https://zenml.example/stacks/1' }
    const { findings } = collectOne({ text: 'x: «y{{a.b}}»', ...{ place, range: undefined } } as never)
    expect(findings).toMatchObject([{ kind: 'embedded-reference', place, excerpt: undefined }])
  })
})
