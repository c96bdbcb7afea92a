import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ExcerptOptions, excerptOf } from '../../src/text/excerpt.ts'
import { sourceText } from '../../src/text/source.ts'

/** Excerpt of what stands between `«` and `»`. */
function excerpt(marked: string, options?: ExcerptOptions) {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  const source = sourceText('stack.yaml', marked.replace('«', '').replace('»', ''))
  return excerptOf(source, source.spanOf(start, end), options)
}

const attribute = 'token'

describe('an excerpt', () => {
  it.each([
    ["  token: '«{{a.b}}»'", "  token: '", '{{a.b}}', "'"],
    ['  token: «{{a.b»', '  token: ', '{{a.b', ''],
    ['{"token": "«{{a.b}}»"}', '… "token": "', '{{a.b}}', '" …'],
    ['{"token":"«{{a.b}}»"}', '… "token":"', '{{a.b}}', '" …'],
    ["  'token'  :  '«{{a.b}}»'", "  'token'  :  '", '{{a.b}}', "'"],
    ["- token: '«{{a.b}}»'", "- token: '", '{{a.b}}', "'"],
    ["  - - token: '«{{a.b}}»'", "  - - token: '", '{{a.b}}', "'"],
    ["zenml register x --token='«{{a.b}}»' --other=y", "… --token='", '{{a.b}}', "' …"],
    ['get_secret(token="«{{a.b}}»")', '… "', '{{a.b}}', '" …'],
    ["  '«{{a.b}}»'", "  '", '{{a.b}}', "'"],
    ['«{{a.b}}»', '', '{{a.b}}', ''],
  ])('of %s keeps the indentation, the attribute and the quotes', (text, before, marked, after) => {
    expect(excerpt(text, { attribute })).toEqual({ before, marked, after })
  })

  it.each([
    ['text before the braces', "  token: 'hunter2«{{a.b}}»'", '  token: … ', "'"],
    ['text behind them', "  token: '«{{a.b}}»hunter2'", "  token: '", ' …'],
    ['a comment', "  token: '«{{a.b}}»' # hunter2", "  token: '", "' …"],
    ['a neighbour in a flow mapping', "  {password: hunter2, token: '«{{a.b}}»', x: hunter2}", "  … token: '", "' …"],
    ['a quoted neighbour', `  {"password":"hunter2","token":"«{{a.b}}»"}`, '  … "token":"', '" …'],
    ['a neighbour in a list', "  token: [hunter2, '«{{a.b}}»', hunter2]", "  token: … '", "' …"],
    ['an anchor or tag', "  token: !hunter2 &hunter2 '«{{a.b}}»'", "  token: … '", "'"],
    ['a word before an equals sign', '  token: hunter2=«{{a.b}}»', '  token: … ', ''],
    ['a word before a colon', '  token: hunter2:«{{a.b}}»', '  token: … ', ''],
    ['a word before a colon and a blank', "  token: 'hunter2: «{{a.b}}»'", '  token: … ', "'"],
    ['a longer name that ends alike', '  hunter2token: «{{a.b}}»', '  … ', ''],
    ['a longer name that begins alike', '  token-hunter2: «{{a.b}}»', '  … ', ''],
  ])('does not show %s', (_, text, before, after) => {
    expect(excerpt(text, { attribute })).toEqual({ before, marked: '{{a.b}}', after })
  })

  it('shows no word where it is told no attribute', () => {
    expect(excerpt("  token: '«{{a.b}}»'").before).toBe("  … '")
    expect(excerpt("  token: '«{{a.b}}»'", { attribute: '' }).before).toBe("  … '")
  })

  it('masks a credential, and shows its place all the same', () => {
    expect(excerpt("  token: '«hunter2»'", { attribute, masked: true })).toEqual({
      before: "  token: '",
      marked: '***',
      after: "'",
    })
    expect(excerpt('  token: |\n    «line1\n    line2»\n', { attribute, masked: true })).toEqual({
      before: '    ',
      marked: '***',
      after: '',
    })
  })

  it('shows the first line of a text over several lines', () => {
    const shown = excerpt('  token: "«{{a.b\n    }}»" # x', { attribute })
    expect(shown).toEqual({ before: '  token: "', marked: '{{a.b…', after: '' })
    expect(excerpt('«{{a.b  \r\n}}»').marked).toBe('{{a.b…')
  })

  it('shows tabs as single blanks, so that an underline stands under what it means', () => {
    expect(excerpt("\t\ttoken:\t'«{{a.b}}»'", { attribute })).toEqual({
      before: "  token: '",
      marked: '{{a.b}}',
      after: "'",
    })
  })

  it('cuts deep indentation, long names and long marked text', () => {
    expect(excerpt(`${' '.repeat(100)}«x»`).before).toBe(`${' '.repeat(40)}… `)
    expect(excerpt(`${'k'.repeat(300)}: «x»`, { attribute: 'k'.repeat(300) }).before).toBe(`${'k'.repeat(200)}…`)
    expect(excerpt(`«${'m'.repeat(121)}»`).marked).toBe(`${'m'.repeat(120)}…`)
  })

  it('takes a line of a million characters', () => {
    const long = '- '.repeat(500_000)
    expect(excerpt(`${long}token: '«{{a.b}}»' ${long}`, { attribute })).toEqual({
      before: "- - - - … token: '",
      marked: '{{a.b}}',
      after: "' …",
    })
  })

  it('is safe to print', () => {
    expect(excerpt('\u202e\x1b[1m «\u2066::error::» ##[x]')).toEqual({
      before: '… ',
      marked: '\\u2066:\\x3aerror:\\x3a',
      after: ' …',
    })
  })

  it('never shows what stands beside the marked text', () => {
    const beside = fc.string({ unit: fc.constantFrom('Q', ' ', ':', '=', '"', "'", '{', ',', '-', '\t', 'token') })
    fc.assert(
      fc.property(beside, beside, (before, after) => {
        const shown = excerpt(`${before}«{{a.b}}»${after}`, { attribute })
        expect(shown.before + shown.after).not.toContain('Q')
      }),
      { numRuns: 500 },
    )
  })
})
