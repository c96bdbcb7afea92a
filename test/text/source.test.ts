import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePositions } from '../../src/text/position.ts'
import { sourceText } from '../../src/text/source.ts'

const source = (text: string) => sourceText('stack.yaml', text)

describe('a source text', () => {
  it.each([
    ['LF', 'ab\ncd\n', 3, 2, 1],
    ['CRLF, whose two characters end one line', 'ab\r\ncd', 4, 2, 1],
    ['the LF of a CRLF', 'ab\r\ncd', 3, 1, 4],
    ['a lone CR', 'ab\rcd', 4, 2, 2],
    ['CR CR LF, two line ends', 'ab\r\r\ncd', 5, 3, 1],
    ['LF CR, two line ends', 'a\n\rb', 3, 3, 1],
    ['U+2028, which ends no line', 'a\u2028b', 2, 1, 3],
    ['non-ASCII text, in UTF-16 units', 'é🔑x', 3, 1, 4],
    ['a byte-order mark, which is no part of it', '\uFEFFab', 0, 1, 1],
    ['a second byte-order mark, which is', '\uFEFF\uFEFFab', 1, 1, 2],
    ['the end of the text', 'ab\ncd', 5, 2, 3],
    ['the end behind a line end', 'ab\n', 3, 2, 1],
    ['an empty text', '', 0, 1, 1],
    ['an offset before the text', 'ab', -1, 1, 1],
    ['an offset behind the text', 'ab\nc', 99, 2, 2],
  ])('counts %s', (_, text, offset, line, column) => {
    expect(source(text).positionAt(offset)).toEqual({ line, column })
  })

  it('gives spans over line ends', () => {
    expect(source('ab\r\ncd').spanOf(1, 5)).toEqual({ start: { line: 1, column: 2 }, end: { line: 2, column: 2 } })
  })

  it.each([
    ['LF', 'ab\ncd\n', ['ab', 'cd', '']],
    ['CRLF', 'ab\r\ncd\r\n', ['ab', 'cd', '']],
    ['lone CR', 'ab\r\rcd', ['ab', '', 'cd']],
    ['no line end', 'ab', ['ab']],
  ])('gives lines without their ends: %s', (_, text, lines) => {
    const found = source(text)
    expect(lines.map((_line, index) => found.lineAt(index + 1))).toEqual(lines)
    expect([found.lineAt(0), found.lineAt(-1), found.lineAt(lines.length + 1)]).toEqual(['', '', ''])
  })

  it('keeps its path as it is, unsafe or not', () => {
    expect(sourceText('a\n::error::.yaml', '').path).toBe('a\n::error::.yaml')
  })

  const texts = fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é', '🔑', '\uFEFF') })

  it('finds every offset again from its position', () => {
    fc.assert(
      fc.property(texts, text => {
        const { content, positionAt, lineAt } = source(text)
        const starts = lineStarts(content)
        for (let offset = 0; offset <= content.length; offset++) {
          const { line, column } = positionAt(offset)
          expect((starts[line - 1] ?? Number.NaN) + column - 1).toBe(offset)
          expect(lineAt(line)).toBe(content.slice(starts[line - 1], starts[line]).replace(/[\r\n]+$/, ''))
        }
      }),
    )
  })

  it('orders positions as it orders offsets', () => {
    fc.assert(
      fc.property(texts, fc.nat(40), fc.nat(40), (text, a, b) => {
        const { content, positionAt } = source(text)
        const [first, second] = [Math.min(a, content.length), Math.min(b, content.length)]
        expect(Math.sign(comparePositions(positionAt(first), positionAt(second)))).toBe(Math.sign(first - second))
      }),
    )
  })
})

/** By splitting, as against counting. */
function lineStarts(content: string): readonly number[] {
  const starts = [0]
  for (const { index, 0: end } of content.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length)
  return starts
}
