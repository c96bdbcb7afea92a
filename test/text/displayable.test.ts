import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayable, quoted } from '../../src/text/displayable.ts'
import { commandsIn } from '../runner.ts'

describe('displayable text', () => {
  it.each([
    ['plain text', 'stacks/prod.yaml', 'stacks/prod.yaml'],
    ['letters, marks and signs of any script', 'prüf né ключ 鍵 🔑', 'prüf né ключ 鍵 🔑'],
    ['an emoji with its selector', '❤\uFE0F', '❤\uFE0F'],
    ['a single colon and a single number sign', 'a:b #c', 'a:b #c'],
    ['a backslash', 'C:\\x', 'C:\\x'],
    ['nothing', '', ''],
  ])('leaves %s as it is', (_, text, shown) => {
    expect(displayable(text)).toBe(shown)
  })

  it.each([
    ['NUL', '\0', '\\x00'],
    ['a tab', 'a\tb', 'a\\tb'],
    ['LF', 'a\nb', 'a\\nb'],
    ['CRLF', 'a\r\nb', 'a\\r\\nb'],
    ['a bell', '\x07', '\\x07'],
    ['an ANSI colour', '\x1b[31mred', '\\e[31mred'],
    ['an OSC link', '\x1b]8;;https://x\x07', '\\e]8;;https://x\\x07'],
    ['DEL', '\x7f', '\\x7f'],
    ['C1, which some terminals obey', '\x9b31m', '\\x9b31m'],
    ['NEL', '\x85', '\\x85'],
    ['a line separator', '\u2028', '\\u2028'],
    ['a paragraph separator', '\u2029', '\\u2029'],
    ['a no-break space', 'a\u00a0b', 'a\\xa0b'],
    ['an em space', '\u2003', '\\u2003'],
    ['an ideographic space', '\u3000', '\\u3000'],
    ['a soft hyphen', '\u00ad', '\\xad'],
    ['a bidirectional override', '\u202e', '\\u202e'],
    ['a bidirectional isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['a right-to-left mark', '\u200f', '\\u200f'],
    ['an Arabic letter mark', '\u061c', '\\u061c'],
    ['a zero-width space', 'a\u200bb', 'a\\u200bb'],
    ['a zero-width joiner', '\u200d', '\\u200d'],
    ['a word joiner', '\u2060', '\\u2060'],
    ['a byte-order mark', '\ufeff', '\\ufeff'],
    ['a combining grapheme joiner', '\u034f', '\\u034f'],
    ['a Hangul filler', '\u3164', '\\u3164'],
    ['a blank Braille cell', '\u2800', '\\u2800'],
    ['a variation selector', 'a\ufe00', 'a\\ufe00'],
    ['a Mongolian variation selector', '\u180b', '\\u180b'],
    ['a variation selector beyond the first plane', '\u{e0100}', '\\u{e0100}'],
    ['a tag', '\u{e0061}', '\\u{e0061}'],
    ['private use', '\ue000', '\\ue000'],
    ['a code that is nothing', '\uffff', '\\uffff'],
    ['a lone high surrogate', '\ud83d', '\\ud83d'],
    ['a lone low surrogate', '\udd11', '\\udd11'],
    ['a command of the runner', '::error::x', ':\\x3aerror:\\x3ax'],
    ['three colons', ':::', ':\\x3a\\x3a'],
    ['an old command of the runner', 'a##[add-mask]b', 'a#\\x23[add-mask]b'],
    ['three number signs', '###[debug]', '#\\x23\\x23[debug]'],
    ['a command on the next line', 'x\n::stop-commands::y', 'x\\n:\\x3astop-commands:\\x3ay'],
  ])('escapes %s', (_, text, shown) => {
    expect(displayable(text)).toBe(shown)
  })

  it('cuts what is longer than its limit, in UTF-16 units of the text, and says so', () => {
    expect(displayable('x'.repeat(200))).toBe('x'.repeat(200))
    expect(displayable('x'.repeat(201))).toBe(`${'x'.repeat(200)}…`)
    expect(displayable('abc\n', 4)).toBe('abc\\n')
    expect(displayable('abcd', 3)).toBe('abc…')
    expect(displayable('a🔑b', 2)).toBe('a\\ud83d…')
  })

  it('takes a text of any length', () => {
    expect(displayable('::'.repeat(500_000), 3)).toBe(':\\x3a\\x3a…')
  })

  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        '::',
        ':',
        '##[',
        '#',
        '[',
        ']',
        'error',
        'add-mask',
        ' ',
        '\n',
        '\r',
        '\x1b[',
        '\u2028',
        '\u202e',
      ),
      fc.string({ unit: 'binary', maxLength: 2 }),
      fc.nat(0xffff).map(unit => String.fromCharCode(unit)),
    ),
    maxLength: 60,
  })

  it('never holds a control, a line break, a blank but the plain one, or a mark of a command', () => {
    fc.assert(
      fc.property(hostile, text => {
        const shown = displayable(text)
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}|::|##/u)
        expect(shown.split(/\r\n|[\n\r\u2028\u2029\x85]/)).toHaveLength(1)
      }),
      { numRuns: 1000 },
    )
  })

  it('is never a command to the runner, wherever it stands in a line', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('', ' ', '\t', 'The secret "'), (text, before) => {
        expect(commandsIn(`${before}${displayable(text)}`)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('stays within nine times its limit, and shown again is the same', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 0, max: 80 }), (text, limit) => {
        const shown = displayable(text, limit)
        expect(shown.length).toBeLessThanOrEqual(9 * limit + 1)
        expect(displayable(shown, shown.length)).toBe(shown)
      }),
    )
  })

  it('is put between double quotes where a message quotes it', () => {
    expect(quoted('a\nb')).toBe('"a\\nb"')
    expect(quoted('abc', 2)).toBe('"ab…"')
  })
})
