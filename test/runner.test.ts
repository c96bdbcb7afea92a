import { describe, expect, it } from 'vitest'
import { commandsIn, parseCommands } from './runner.ts'

describe('the port of the runner’s parsers', () => {
  it.each([
    ['::error::x', { command: 'error', properties: {}, data: 'x' }],
    ['::error ::x', { command: 'error', properties: {}, data: 'x' }],
    [' \t\u00a0\u2003\u0085::WARNING::x', { command: 'WARNING', properties: {}, data: 'x' }],
    [
      '::error file=a%3Ab%2Cc,line=1::50%25%0A%250A',
      { command: 'error', properties: { file: 'a:b,c', line: '1' }, data: '50%\n%0A' },
    ],
    ['::error file=,line=1::x', { command: 'error', properties: { line: '1' }, data: 'x' }],
    ['::error title=a=b::x::y', { command: 'error', properties: { title: 'a=b' }, data: 'x::y' }],
    ['text ##[error file=a%5D;line=2]x%3By', { command: 'error', properties: { file: 'a]', line: '2' }, data: 'x;y' }],
    ['::unknown::##[add-mask]x', { command: 'add-mask', properties: {}, data: 'x' }],
  ])('reads %j', (line, command) => {
    expect(parseCommands(line)).toEqual(command)
  })

  it.each([
    '',
    'x ::error::y',
    ':: error::x',
    '::error',
    '::unknown::x',
    '\ufeff::error::x',
    '##[x]y',
    '##[error',
    '# #[error]x',
  ])('takes %j for text', line => {
    expect(parseCommands(line)).toBeUndefined()
  })

  it('reads an output line by line', () => {
    expect(commandsIn('a\r\n::debug::b\rc\n::notice::d').map(({ data }) => data)).toEqual(['b', 'd'])
  })
})
