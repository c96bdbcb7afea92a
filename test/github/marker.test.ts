import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carriesMarker, commentMarker } from '../../src/github/marker.ts'

describe('commentMarker', () => {
  it.each([
    ['', '<!-- zenml-secrets comment  -->'],
    ['staging', '<!-- zenml-secrets comment staging -->'],
    ['["ci","a-b"]', '<!-- zenml-secrets comment %5B%22ci%22%2C%22a%2Db%22%5D -->'],
    ['--> @team <!--', '<!-- zenml-secrets comment %2D%2D%3E%20%40team%20%3C%21%2D%2D -->'],
    ['\ud800', '<!-- zenml-secrets comment %EF%BF%BD -->'],
  ])('holds the key %j', (key, marker) => {
    expect(commentMarker(key)).toBe(marker)
  })

  it('is one HTML comment on one line, another one for another key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (key, other) => {
        expect(commentMarker(key)).toMatch(/^<!-- zenml-secrets comment [\w.%]* -->$/)
        expect(carriesMarker(commentMarker(other), commentMarker(key))).toBe(key === other)
      }),
    )
  })
})

describe('carriesMarker', () => {
  const marker = commentMarker('a')
  it.each([
    [`${marker}\ntext`, true],
    [marker, true],
    [`> ${marker}\n> text`, false],
    [`text\n${marker}`, false],
    [` ${marker}`, false],
    [`${commentMarker('ab')}\ntext`, false],
    ['', false],
  ])('%j: %s', (body, expected) => {
    expect(carriesMarker(body, marker)).toBe(expected)
  })
})
