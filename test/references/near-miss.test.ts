// biome-ignore-all lint/suspicious/noTemplateCurlyInString: braces of other programs are what is tested.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Grammar, parseReference } from '../../src/references/grammar.ts'
import { type NearMiss, nearMiss } from '../../src/references/near-miss.ts'

const grammars: readonly Grammar[] = ['unpadded', 'padded']

/** The whole of `value`. */
function whole(value: string, rest: Omit<NearMiss, 'start' | 'end'>): NearMiss {
  return { ...rest, start: 0, end: value.length }
}

describe('a near miss', () => {
  const besideDot = 'It has a blank beside the dot.'
  const insideName = 'It has a blank inside a name, which a reference cannot hold.'
  const noDot = 'It has no dot between the name of the secret and the key.'
  const noSecret = 'It names no secret before the dot.'
  const noKey = 'It names no key after the dot.'
  const nothing = 'It names neither a secret nor a key.'
  const oneBrace = 'One brace is missing.'
  const twoBraces = 'Two braces are missing.'

  it.each<readonly [string, string, string | undefined]>([
    ['{{a .b}}', besideDot, '{{a.b}}'],
    ['{{a. b}}', besideDot, '{{a.b}}'],
    ['{{ a . b }}', besideDot, '{{a.b}}'],
    ['{{a.\u00a0b.c}}', besideDot, '{{a.b.c}}'],
    ['{{a\n.b}}', besideDot, '{{a.b}}'],
    ['{{my secret.key}}', insideName, undefined],
    ['{{a.b c}}', insideName, undefined],
    ['{{a}}', noDot, undefined],
    ['{{ slack_token }}', noDot, undefined],
    ['{{a b}}', noDot, undefined],
    ['{{.b}}', noSecret, undefined],
    ['{{ . b}}', noSecret, undefined],
    ['{{..}}', noSecret, undefined],
    ['{{a.}}', noKey, undefined],
    ['{{ a. }}', noKey, undefined],
    ['{{}}', nothing, undefined],
    ['{{ }}', nothing, undefined],
    ['{{.}}', nothing, undefined],
    ['{{a.b}', oneBrace, '{{a.b}}'],
    ['{a.b}}', oneBrace, '{{a.b}}'],
    ['{{a.b', twoBraces, '{{a.b}}'],
    ['{{ a.b.c }', oneBrace, '{{a.b.c}}'],
  ])('%j is malformed', (value, problem, meant) => {
    const expected = whole(value, { kind: 'malformed-reference', problem, meant })
    for (const grammar of grammars) expect(nearMiss(value, grammar)).toEqual(expected)
  })

  it.each([
    ['{{ a.b }}', '{{a.b}}'],
    ['{{a.b\t}}', '{{a.b}}'],
    ['{{\x1ca.b.c}}', '{{a.b.c}}'],
  ])('%j is padded, before ZenML 0.40', (value, meant) => {
    const problem = 'ZenML before 0.40 takes blanks inside the braces for plain text.'
    expect(nearMiss(value, 'unpadded')).toEqual(whole(value, { kind: 'padded-reference', problem, meant }))
    expect(nearMiss(value, 'padded')).toBeUndefined()
  })

  const around = 'There is other text around the reference.'
  const blanks = 'There are blanks outside the braces.'
  const several = 'One value holds more than one reference.'
  const lineBreak = 'The block keeps its final line break, which makes the value longer than the reference.'

  it.each<readonly [string, string, string, string | undefined]>([
    ['https://{{a.b}}/x', '{{a.b}}', around, undefined],
    ['x{{a.b}}', '{{a.b}}', around, undefined],
    ['{{a.b}}x', '{{a.b}}', around, undefined],
    ['Bearer {{ a.b }}', '{{ a.b }}', around, undefined],
    ['{ {{a.b}} }', '{{a.b}}', around, undefined],
    ['{{x {{a.b}} }}', '{{a.b}}', around, undefined],
    ['{{a.b}} {{c.d}}', '{{a.b}}', several, undefined],
    ['{{ a.b }}-{{ c.d }}', '{{ a.b }}', several, undefined],
    ['postgres://{{db.user}}:{{db.password}}@host', '{{db.user}}', several, undefined],
    ['{{ not one }} {{a.b}}', '{{a.b}}', around, undefined],
    ['${{ github.sha }} {{a.b}}', '{{a.b}}', around, undefined],
    [' {{a.b}}', '{{a.b}}', blanks, '{{a.b}}'],
    ['{{ a.b }} ', '{{ a.b }}', blanks, '{{a.b}}'],
    ['\n{{a.b}}\n', '{{a.b}}', blanks, '{{a.b}}'],
    ['{{a.b}}\n', '{{a.b}}', lineBreak, '{{a.b}}'],
    ['{{a.b}}\r\n', '{{a.b}}', lineBreak, '{{a.b}}'],
    ['{{a.b}}\n\n', '{{a.b}}', lineBreak, '{{a.b}}'],
  ])('%j is embedded, and the braces alone are its place', (value, text, problem, meant) => {
    const start = value.indexOf(text)
    const expected = { kind: 'embedded-reference', start, end: start + text.length, problem, meant }
    for (const grammar of grammars) expect(nearMiss(value, grammar)).toEqual(expected)
  })

  it.each([
    ['no braces', 'plain'],
    ['nothing', ''],
    ['one brace', '{a.b}'],
    ['single braces around a name', '{a}'],
    ['an expression of a GitHub workflow', '${{ secrets.TOKEN }}'],
    ['the same inside a text', 'Bearer ${{secrets.TOKEN}}'],
    ['a shell’s variable', '${NAME}'],
    ['JSON, which may end in two braces', '{"a": {"b": 1.5}}'],
    ['JSON without blanks', '{"a":{"b.c":1}}'],
    ['flow YAML', '{a: {b: c.d}}'],
    ['a filter', '{{ name | upper }}'],
    ['a filter without blanks, inside a text', 'x{{a.b|f}}'],
    ['a call', '{{ env("NAME") }}'],
    ['a quoted text', "{{ 'a b' }}"],
    ['a comment of a template', '{{# a b }}'],
    ['a block of a template', '{{- if .x }}'],
    ['a trimmed expression', '{{- a.b -}}'],
    ['a variable of a template', '{{ $x y }}'],
    ['an expression without a name, inside a text', 'http://{{ .Values.host }}:80'],
    ['a statement', '{% if a.b %}'],
    ['closing braces alone', 'a.b}}'],
    ['opening braces somewhere', 'a {{ b'],
    ['closing before opening', '}}{{'],
    ['braces in braces', '{{{{}}}}'],
  ])('is not seen in %s', (_, value) => {
    for (const grammar of grammars) expect(nearMiss(value, grammar)).toBeUndefined()
  })

  it('is not seen in what is a reference', () => {
    for (const value of ['{{a.b}}', '{{a.b}}{{c.d}}', '{{{a.b}}}', '{{a.b|f}}']) {
      for (const grammar of grammars) expect(nearMiss(value, grammar)).toBeUndefined()
    }
  })

  const values = fc.string({
    unit: fc.constantFrom('{', '}', '{{', '}}', '.', 'a', ' ', '\n', '$', '|', '"', '\x85', '{{a.b}}', '🔑'),
    maxLength: 12,
  })

  it('lies inside the value, says why, and what was meant is a reference', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...grammars), (value, grammar) => {
        const miss = nearMiss(value, grammar)
        if (parseReference(value, grammar) || !/\{\{|\}\}/.test(value)) expect(miss).toBeUndefined()
        if (!miss) return
        expect(miss.start).toBeGreaterThanOrEqual(0)
        expect(miss.end).toBeGreaterThan(miss.start)
        expect(miss.end).toBeLessThanOrEqual(value.length)
        expect(miss.problem).toMatch(/^[A-Z][\w ,]+0?\.?[\w ,]*\.$/)
        if (miss.meant !== undefined) expect(parseReference(miss.meant, 'unpadded')).toBeDefined()
        if (miss.kind !== 'embedded-reference') expect([miss.start, miss.end]).toEqual([0, value.length])
        else expect(parseReference(value.slice(miss.start, miss.end), 'padded')).toBeDefined()
      }),
      { numRuns: 3000 },
    )
  })
})
