import { describe, expect, it } from 'vitest'
import type { Option } from '../../src/settings/option.ts'
import { parseValue } from '../../src/settings/value.ts'

const row = {
  description: '',
  group: 'output',
  placeholder: '',
  list: false,
  default: undefined,
  environment: [],
  surfaces: [],
} as const

function option(type: Exclude<Option['type'], 'choice'>): Option {
  return { ...row, type }
}

const word: Option = { ...row, type: 'choice', choices: ['on-failure', 'always', 'never'] }
const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6'

describe('parseValue', () => {
  it.each([
    [word, 'always', 'always'],
    [option('text'), ' any text ', ' any text '],
    [option('path'), 'line\nbreak', 'line\nbreak'],
    [option('file'), 'a b.json', 'a b.json'],
    [option('boolean'), 'true', true],
    [option('boolean'), 'false', false],
    [option('flag'), 'true', true],
    [option('seconds'), '1', 1],
    [option('seconds'), '3600', 3600],
    [option('uuid'), id, id],
    [option('uuid'), id.toUpperCase(), id],
    [option('version'), '0.22.0', '0.22.0'],
    [option('version'), '0.98', '0.98'],
    [option('version'), '0.80.0rc1', '0.80.0rc1'],
    [option('version'), '0.80.0.dev3', '0.80.0.dev3'],
    [option('token'), ' ghs_0123\n', 'ghs_0123'],
  ] as const)('reads %o %j', (row, text, value) => {
    expect(parseValue(row, text)).toEqual({ value })
  })

  const boolean = 'Use true or false.'
  const seconds = 'Give whole seconds, from 1 to 3600.'
  const uuid = `Give a UUID, such as ${id}.`
  const version = 'Give a version of ZenML, such as 0.22.0.'
  const line = 'Give a single line without NUL characters.'
  const token = 'Copy it again: it holds a blank, a line break or a character no token has, or is too long.'
  it.each([
    [word, 'yes', 'Use on-failure, always or never.'],
    [word, 'Always', 'Use on-failure, always or never. Did you mean always?'],
    [word, 'always\n', 'Use on-failure, always or never. Did you mean always?'],
    [word, 'on_failure', 'Use on-failure, always or never. Did you mean on-failure?'],
    [option('boolean'), 'TRUE', boolean],
    [option('boolean'), 'yes', boolean],
    [option('boolean'), ' true', boolean],
    [option('boolean'), '1', boolean],
    [option('seconds'), '0', seconds],
    [option('seconds'), '3601', seconds],
    [option('seconds'), '-1', seconds],
    [option('seconds'), '1.5', seconds],
    [option('seconds'), '1e3', seconds],
    [option('seconds'), ' 1 ', seconds],
    [option('seconds'), '0x10', seconds],
    [option('uuid'), '../../etc', uuid],
    [option('uuid'), `${id}\n`, uuid],
    [option('uuid'), id.replaceAll('-', ''), uuid],
    [option('version'), 'v0.22.0', version],
    [option('version'), '0', version],
    [option('version'), '0.22.0.1', version],
    [option('version'), 'latest', version],
    [option('text'), 'a\nb', line],
    [option('text'), 'a\rb', line],
    [option('file'), 'a\0b', line],
    [option('output'), 'json\n::error::', line],
    [option('text'), 'x'.repeat(1001), 'Give at most 1000 characters.'],
    [option('path'), 'a\0b', 'Remove the NUL character.'],
    [option('token'), 'two words', token],
    [option('token'), 'naïve', token],
    [option('token'), 'x'.repeat(1001), token],
  ])('refuses %o %j', (row, text, advice) => {
    expect(parseValue(row, text)).toEqual({ advice })
  })
})
