import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageLink, placeLink } from '../../src/reports/markdown-place.ts'
import { hostileText } from './hostile.ts'
import { nodesOf, parseMarkdown } from './parse-markdown.ts'

describe('a link to a page of a server', () => {
  it.each([
    ['https://zenml.example.com/stacks/1', 'https://zenml.example.com/stacks/1'],
    ['http://127.0.0.1:8237/stacks/1', 'http://127.0.0.1:8237/stacks/1'],
    ['https://z.test/projects/my%20project/x', 'https://z.test/projects/my%20project/x'],
    ['https://z.test/a)b(c|d_e~f[g]', 'https://z.test/a%29b%28c%7Cd%5Fe%7Ef%5Bg%5D'],
    ['https://z.test/a?b=c#d', 'https://z.test/a'],
  ])('leads from %s to %s', (url, expected) => {
    expect(pageLink('`x`', url)).toBe(`[\`x\`](${expected})`)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '/stacks/1', '', 'https://', 'https://a:b@z.test/x'])(
    'is none for %j',
    url => {
      expect(pageLink('`x`', url)).toBe('`x`')
    },
  )

  it('is a link or text and nothing else, whatever the address', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom('', 'https://z.test/', 'http://z.test'), (text, base) => {
        const types = [...nodesOf(parseMarkdown(placeLink({ url: base + text }, {})))].map(({ type }) => type)
        const expected = types.includes('link') ? ['link', 'inlineCode'] : ['inlineCode']
        const isEmpty = base + text === ''
        expect(types).toEqual(['root', 'paragraph', ...(isEmpty ? ['text'] : expected)])
      }),
      { numRuns: 300 },
    )
  })
})
