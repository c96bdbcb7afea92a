import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPython } from '../../../src/stacks/python/read-python.ts'
import type { Place } from '../../../src/stacks/stack.ts'
import { embeddedPieces } from '../../../src/text/embedded.ts'
import { sourceText } from '../../../src/text/source.ts'
import { anyText, noise, use } from './generate.ts'
import { parts, secrets } from './read.ts'

const head = 'import zenml, zenml.client as zc\nfrom zenml.client import Client\nclient = Client()\n'

function textAt(content: string, place: Place): string {
  const { span } = place as Extract<Place, { span: unknown }>
  const source = sourceText('x', content)
  let [start, end] = [0, 0]
  for (let offset = 0; offset <= source.content.length; offset++) {
    const { line, column } = source.positionAt(offset)
    if (line === span.start.line && column === span.start.column) start = offset
    if (line === span.end.line && column === span.end.column) end = offset
  }
  return source.content.slice(start, end)
}

describe('Python of any kind', () => {
  it('shows each generated use as it is written, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(noise, use), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        (uses, end) => {
          const content = head + uses.map(([line, { code }]) => `${line}${end}${code}${end}`).join('')
          const found = parts(content).secrets
          const expected = new Set(uses.map(([, { secret, key }]) => JSON.stringify([secret, key])))
          expect(new Set(found.map(({ secret, key }) => JSON.stringify([secret, key])))).toEqual(expected)
          expect(found.map(({ place }) => textAt(content, place))).toEqual(found.map(({ secret }) => secret))
          expect(found.every(({ via }) => via === 'python')).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is read without a crash, with places inside the text', () => {
    fc.assert(
      fc.property(anyText, text => {
        const content = `${head}# get_secret\n${text}`
        const source = sourceText('run.py', content)
        const found = parts(content)
        for (const { place, secret, via } of found.secrets) {
          expect(source.lineAt(place.span.end.line).length + 2).toBeGreaterThan(place.span.end.column - 1)
          if (via === 'templated') expect(textAt(content, place).startsWith(secret)).toBe(true)
        }
        for (const { range } of found.components.flatMap(({ attributes }) => attributes)) {
          expect(range!.start).toBeLessThanOrEqual(range!.end)
          expect(range!.end).toBeLessThanOrEqual(content.length)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('knows where a decoded text came from', () => {
    const file = sourceText('a.ipynb', '["Client().get_secret(\\"d\\u0062\\")\\n"]')
    const pieces = [
      { text: 'Client().get_secret(', start: 2, end: 22 },
      { text: '"', start: 22, end: 24 },
      { text: 'd', start: 24, end: 25 },
      { text: 'b', start: 25, end: 31 },
      { text: '"', start: 31, end: 33 },
      { text: ').secret_values', start: 33, end: 34 },
    ]
    expect(readPython(embeddedPieces(file, pieces)).secrets).toEqual([
      { secret: 'db', key: null, via: 'python', place: { file: 'a.ipynb', span: file.spanOf(24, 31) } },
    ])
  })

  it.each([
    ['open brackets', '('.repeat(100_000)],
    ['brackets that do not match', `${'([{'.repeat(30_000)}${')'.repeat(90_000)}`],
    ['open f-strings', 'f"{'.repeat(50_000)],
    ['one line of 1 MiB', `x = "${'a'.repeat(1 << 20)}"`],
    ['attributes', `a${'.a'.repeat(200_000)}`],
    ['calls of calls', `a${'(1)'.repeat(100_000)}`],
    ['functions on one line', 'def f():'.repeat(30_000)],
    ['loops on one line', 'for x:'.repeat(30_000)],
    ['assignments', 'a+='.repeat(100_000)],
    ['sums of lists', 'x='.concat('["a"]+'.repeat(50_000))],
    ['texts that double', `a="x"\n${'a=a+a\n'.repeat(10_000)}b="x"\n${'b=f"{b}{b}"\n'.repeat(10_000)}`],
    ['unpaired surrogates', '\ud800'.repeat(200_000)],
    ['mixed blanks', `if x:\n${'\t y\n \tz\n'.repeat(20_000)}`],
    ['branches', `${'if x:\n s=client.get_secret("a")\n'.repeat(5_000)}s.secret_values["k"]`],
  ])('is read in linear time, and what follows too: %s', (_, text) => {
    const start = performance.now()
    const found = secrets(`${head}${text}\ndef last():\n  Client().get_secret("last")\n`)
    expect(found.at(-1)).toMatch(/^python last /)
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('bounds what constants in constants unfold to', () => {
    const nested = `d={"a":1,"b":2}\n${'d={"a":d,"b":d,"c":d}\n'.repeat(40)}`
    const call = 'client.create_stack_component("n","f","alerter",d)\n'
    const { components } = parts(head + nested + call.repeat(100))
    expect(components).toHaveLength(100)
    expect(components.reduce((sum, { attributes }) => sum + attributes.length, 0)).toBeLessThanOrEqual(100_000)
  })

  it('never pollutes a prototype', () => {
    expect(
      secrets(`${head}__proto__ = "constructor"\nclient.get_secret(__proto__).secret_values["__proto__"]`),
    ).toEqual(['python constructor __proto__ 4:14-4:25'])
    expect(({} as Record<string, unknown>).secret).toBeUndefined()
  })
})
