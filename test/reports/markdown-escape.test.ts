import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inlineCode, plainText } from '../../src/reports/markdown-escape.ts'
import { displayable } from '../../src/text/displayable.ts'
import { hostileText } from './hostile.ts'
import { htmlOf, parseMarkdown, textsThatWouldAct } from './parse-markdown.ts'

describe('a code span', () => {
  it.each([
    ['name', '`name`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a```', '```` a``` ````'],
    [' a ', '`  a  `'],
    ['a|b', '`a\\x7cb`'],
    ['a\\', '`a\\`'],
    ['a\nb', '`a\\nb`'],
    ['', '(empty)'],
    ['::x', '`:\\x3ax`'],
  ])('of %j is %j', (text, span) => {
    expect(inlineCode(text)).toBe(span)
  })

  it('shows no more than its limit', () => {
    expect(inlineCode('abcdef', 3)).toBe('`abc…`')
  })

  it('shows the displayable text and nothing else, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const shown = displayable(text).replaceAll('|', '\\x7c')
        fc.pre(shown.trim() !== '')
        const html = shown
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;')
          .replaceAll('"', '&quot;')
        expect(htmlOf(inlineCode(text))).toBe(`<p><code>${html}</code></p>`)
      }),
      { numRuns: 500 },
    )
  })

  it('is one code span in a cell of its own, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (a, b) => {
        const tree = parseMarkdown(`| ${inlineCode(a)} | ${inlineCode(b)} |\n| - | - |\n| ${inlineCode(b)} | x |`)
        const [table, ...more] = tree.children
        expect(more).toEqual([])
        const rows = table?.type === 'table' ? table.children : []
        const cells = rows.map(row => row.children.map(cell => cell.children.map(({ type }) => type)))
        const kind = (text: string) => [text === '' ? 'text' : 'inlineCode']
        expect(cells).toEqual([
          [kind(a), kind(b)],
          [kind(b), ['text']],
        ])
      }),
    )
  })
})

describe('a sentence', () => {
  it.each([
    ['The secret "mlflow" is missing.', 'The secret `mlflow` is missing.'],
    ["ZenML's stores (two, or more): yes; no…", "ZenML's stores (two, or more): yes; no…"],
    ['It is in (.zenml/secrets.yaml).', 'It is in (`.zenml/secrets.yaml`).'],
    ['Write {{a.b}} or "{{ a.b }}".', 'Write `{{a.b}}` or `{{ a.b }}`.'],
    ['Ask @me, #1, GH-1 or deadbeef!', 'Ask `@me`, `#1`, `GH-1` or `deadbeef!`'],
    ['"a""b"', '`a` `b`'],
    ['an "unclosed @x', 'an "unclosed `@x`'],
    ['a`b', '``a`b``'],
    ['1. one', '1\\. one'],
    ['2) two', '2\\) two'],
    ['    four blanks', 'four blanks'],
    ['', ''],
  ])('%j becomes %j', (text, markdown) => {
    expect(plainText(text)).toBe(markdown)
  })

  it('becomes no tag but those of code, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const tags = htmlOf(plainText(text)).match(/<[^>]*>/g) ?? []
        expect(tags.filter(tag => !['<p>', '</p>', '<code>', '</code>'].includes(tag))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('is one paragraph of text and code that does nothing, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const { children } = parseMarkdown(plainText(text))
        expect(children.length).toBeLessThanOrEqual(1)
        const [paragraph] = children
        const parts = paragraph?.type === 'paragraph' ? paragraph.children : children
        expect(parts.filter(({ type }) => type !== 'text' && type !== 'inlineCode')).toEqual([])
        expect(textsThatWouldAct(paragraph)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
