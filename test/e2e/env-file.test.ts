import { describe, expect, it } from 'vitest'
import { parseEnvFile } from './env-file.ts'

describe('the port of the runner’s reading of environment files', () => {
  it.each([
    ['a=b\n', [['a', 'b']]],
    ['a=b=c<<d\n', [['a', 'b=c<<d']]],
    [
      'a<<EOF\nb\n\nc=d\nEOF\ne=f\n',
      [
        ['a', 'b\n\nc=d'],
        ['e', 'f'],
      ],
    ],
    ['a<<EOF\nEOF\n', [['a', '']]],
    ['a<<x=y\nb\nx=y\n', [['a', 'b']]],
    ['a=1\na=2\n', [['a', '2']]],
    ['', []],
  ])('reads %j', (content, pairs) => {
    expect([...parseEnvFile(content)]).toEqual(pairs)
  })

  it.each(['a\n', 'a<<EOF\nb\n', 'a<<\n\n'])('refuses %j', content => {
    expect(() => parseEnvFile(content)).toThrow()
  })
})
