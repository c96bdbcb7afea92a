// biome-ignore-all lint/suspicious/noTemplateCurlyInString: braces of other programs are what is tested.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatReference,
  type Grammar,
  grammarOf,
  isWhiteSpace,
  parseReference,
  type Reference,
} from '../../src/references/grammar.ts'

interface Vector {
  readonly value: string
  readonly isReference: boolean
  readonly name: string | null
  readonly key: string | null
}

const grammars: readonly Grammar[] = ['unpadded', 'padded']

function vectorsOf(grammar: Grammar): readonly Vector[] {
  const file = join(import.meta.dirname, '../fixtures/references', `reference-vectors-${grammar}.json`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Python's own class: `\s` and `str.strip()`. */
const space = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const notSpace = space.replace('[', '[^')
const patterns: Readonly<Record<Grammar, RegExp>> = {
  unpadded: new RegExp(`^\\{\\{${notSpace}+?\\.${notSpace}+\\}\\}$`),
  padded: new RegExp(`^\\{\\{${space}*${notSpace}+?\\.${notSpace}+${space}*\\}\\}$`),
}
const outerSpace = new RegExp(`^${space}+|${space}+$`, 'g')

/** What ZenML does: its pattern, two characters off both ends, split at the first dot, both halves stripped. */
function byPattern(value: string, grammar: Grammar): Reference | undefined {
  if (!patterns[grammar].test(value)) return undefined
  const inside = value.slice(2, -2)
  const dot = inside.indexOf('.')
  const strip = (text: string) => (grammar === 'padded' ? text.replace(outerSpace, '') : text)
  return { secret: strip(inside.slice(0, dot)), key: strip(inside.slice(dot + 1)) }
}

/** Whether any text can name both halves: with an empty name the key has to hold the inner dot. */
function isReference({ secret, key }: Reference): boolean {
  return key !== '' && (secret !== '' || key.slice(0, -1).includes('.'))
}

describe.each(grammars)('the %s grammar', grammar => {
  it('answers what ZenML’s own functions answered, for every recorded value', () => {
    const vectors = vectorsOf(grammar)
    expect(vectors).toHaveLength(grammar === 'padded' ? 625 : 462)
    for (const { value, isReference, name, key } of vectors) {
      const expected = isReference ? { secret: name, key } : undefined
      expect(parseReference(value, grammar), JSON.stringify(value)).toEqual(expected)
    }
  })

  const blanks = [
    '\t',
    '\n',
    '\v',
    '\f',
    '\r',
    '\x1c',
    '\x1f',
    ' ',
    '\x85',
    '\xa0',
    '\u1680',
    '\u2003',
    '\u2028',
    '\u3000',
  ]
  const texts = fc.string({
    unit: fc.constantFrom('{', '}', '.', 'a', 'é', '\ufeff', '\u200b', ...blanks),
    maxLength: 8,
  })

  it('agrees with the plain pattern on every short text', () => {
    const wrapped = fc.oneof(
      texts,
      texts.map(text => `{{${text}}}`),
      fc.tuple(texts, texts).map(([name, key]) => `{{${name}.${key}}}`),
    )
    fc.assert(
      fc.property(wrapped, value => {
        expect(parseReference(value, grammar)).toEqual(byPattern(value, grammar))
      }),
      { numRuns: 5000 },
    )
  })

  const solid = fc.string({ unit: fc.constantFrom('{', '}', '.', 'a', 'é', '\ufeff'), maxLength: 8 })

  it('finds again what was formatted', () => {
    const references = fc.record({ secret: solid.map(name => name.replaceAll('.', '')), key: solid })
    fc.assert(
      fc.property(references, reference => {
        fc.pre(isReference(reference))
        expect(parseReference(formatReference(reference), grammar)).toEqual(reference)
      }),
    )
  })

  it('names the same after being written anew', () => {
    for (const { value } of vectorsOf(grammar)) {
      const parsed = parseReference(value, grammar)
      if (parsed) expect(parseReference(formatReference(parsed), 'unpadded')).toEqual(parsed)
    }
  })
})

describe('a reference', () => {
  it.each([
    ['{{a.b}}', 'a', 'b'],
    ['{{a.b.c}}', 'a', 'b.c'],
    ['{{a..b}}', 'a', '.b'],
    ['{{a.b.}}', 'a', 'b.'],
    ['{{.a.b}}', '', 'a.b'],
    ['{{...}}', '', '..'],
    ['{{{a.b}}}', '{a', 'b}'],
    ['{{a.b}}{{c.d}}', 'a', 'b}}{{c.d'],
    ['{{a.}}}', 'a', '}'],
    ['{{__proto__.toString}}', '__proto__', 'toString'],
    ['{{a\ufeff.\u200bb}}', 'a\ufeff', '\u200bb'],
  ])('%s names the same in both grammars', (value, secret, key) => {
    for (const grammar of grammars) expect(parseReference(value, grammar)).toEqual({ secret, key })
  })

  it.each([
    ['{{ a.b }}', { secret: 'a', key: 'b' }],
    ['{{\n\ta.b\r\n}}', { secret: 'a', key: 'b' }],
    ['{{\x1ca.b\x85}}', { secret: 'a', key: 'b' }],
    ['{{ .Values.x }}', { secret: '', key: 'Values.x' }],
  ])('%j is one in the padded grammar only', (value, reference) => {
    expect(parseReference(value, 'padded')).toEqual(reference)
    expect(parseReference(value, 'unpadded')).toBeUndefined()
  })

  it.each([
    '',
    '{{}}',
    '{{a}}',
    '{{a.}}',
    '{{.b}}',
    '{{..}}',
    '{{.a.}}',
    '{a.b}',
    '{{a.b}',
    '{{a .b}}',
    '{{a. b}}',
    '{{a.b c}}',
    ' {{a.b}}',
    '{{a.b}}\n',
    '${{a.b}}',
    'x{{a.b}}',
    '{{a.b}} {{c.d}}',
  ])('%j is none in either', value => {
    for (const grammar of grammars) expect(parseReference(value, grammar)).toBeUndefined()
  })

  it('is written without blanks', () => {
    expect(formatReference({ secret: 'a', key: 'b.c' })).toBe('{{a.b.c}}')
  })
})

describe('white space', () => {
  it('is Python’s class, for every UTF-16 unit', () => {
    const pattern = new RegExp(space)
    const wrong: number[] = []
    for (let unit = 0; unit <= 0xffff; unit++) {
      if (isWhiteSpace(unit) !== pattern.test(String.fromCharCode(unit))) wrong.push(unit)
    }
    expect(wrong).toEqual([])
  })
})

describe('the grammar of a version', () => {
  it.each<readonly [string | undefined, Grammar]>([
    ['0.13.2', 'unpadded'],
    ['0.22.0', 'unpadded'],
    ['0.30', 'unpadded'],
    ['0.39.1', 'unpadded'],
    ['0.39.1rc1', 'unpadded'],
    ['0.39.1.dev0', 'unpadded'],
    ['0.40.0', 'padded'],
    ['0.45.6', 'padded'],
    ['0.98.0', 'padded'],
    ['0.100.0', 'padded'],
    ['1.0.0', 'padded'],
    ['1.22.0', 'padded'],
    [undefined, 'padded'],
    ['', 'padded'],
    ['latest', 'padded'],
    ['v0.22.0', 'padded'],
    ['0', 'padded'],
    ['0.22a', 'unpadded'],
    ['0.99999999999', 'padded'],
  ])('%s has the %s one', (version, grammar) => {
    expect(grammarOf(version)).toBe(grammar)
  })
})
