import { describe, expect, it } from 'vitest'
import { tokenize } from '../../../src/stacks/python/tokenize.ts'

function shown(text: string): string {
  return tokenize(text)
    .map(({ kind, text: part, indent }) => `${indent ?? ''}${signs[kind] ?? ''}${JSON.stringify(part).slice(1, -1)}`)
    .join(' ')
}

const signs: Readonly<Record<string, string>> = {
  string: "'",
  newline: '¶',
  'template-start': 'f<',
  'template-text': "'",
  'template-end': '>f',
}

describe('the tokens of Python', () => {
  it.each([
    ['a = 1.5 # c', '0a = 1.5 ¶'],
    ['if x:\n\ty := 0x1F\n  z', '0if x : ¶ 8y := 0x1F ¶ 2z ¶'],
    ['f(a,\n  b)\nc', '0f ( a , b ) ¶ 0c ¶'],
    ['a \\\r\n  + b', '0a + b ¶'],
    ['x = rb"\\d" \'a\\x41\\101\\u0042\\N{DASH}\\q\\\nb\'', "0x = '\\\\d 'aAAB\\\\N{DASH}\\\\qb ¶"],
    ['"""a\n"b""" \'\'', "0'a\\n\\\"b ' ¶"],
    ['f"a{{b}}{c["d"]:>{w}}e"', "0f<f\\\" 'a{b} { c [ 'd ] : > { w } } 'e >f\\\" ¶"],
    ['\uFEFFnaïve\u00A0名', '0naïve 名 ¶'],
  ])('are split: %j', (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  it.each([
    ['an open string ends with its line', 'a = "b\nc', "0a = 'b ¶ 0c ¶"],
    ['three open quotes end with the text', 'a = """b\nc', "0a = 'b\\nc ¶"],
    ['an open bracket ends before a statement', 'f(a, [b\nimport c', '0f ( a , [ b   ¶ 0import c ¶'],
    ['a bracket never opened is none', 'a) ] } b', '0a b ¶'],
    ['the wrong bracket closes those inside', '([a) b', '0( [ a  ) b ¶'],
    ['an open expression of an f-string ends with its line', 'f"a{b\nc', '0f<f\\" \'a { b  >f ¶ 0c ¶'],
    ['or with the quotes', "f'''{x'''\nc", "0f<f''' ' { x  >f ¶ 0c ¶"],
    ['magic of notebooks is no Python', '!ls (\n%time x\na', '0a ¶'],
    ['tags of templates are none either', '{% if x %}\na {# " #} b\n{% endif %}', '0a b ¶'],
    ['Python 2 is read as far as it goes', 'print "a"\nexec b', "0print 'a ¶ 0exec b ¶"],
  ])('recover: %s', (_, text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  it('ignores brackets deeper than Python allows', () => {
    expect(tokenize('('.repeat(100_000)).length).toBe(401)
  })
})
