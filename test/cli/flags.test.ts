import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { flagsOf, rawFromFlags } from '../../src/cli/flags.ts'
import { optionsOf } from '../../src/settings/options.ts'

function raw(argv: readonly string[], surface: 'check' | 'references' = 'check') {
  const flags = flagsOf(surface, ['text', 'json'])
  const command = new Command().argument('[PATH...]').exitOverride()
  for (const flag of flags) command.addOption(flag)
  command.parse(argv, { from: 'user' })
  return Object.fromEntries(rawFromFlags(flags, command.opts(), command.args))
}

describe('flags', () => {
  it('are none where none is given', () => {
    expect(raw([])).toEqual({ paths: [] })
  })

  it.each([...optionsOf('check')].filter(([name]) => name !== 'paths'))('hand --%s over', (name, option) => {
    const argv = option.type === 'flag' ? [`--${name}`] : [`--${name}`, ' a=b\n']
    expect(raw(argv)).toEqual({ paths: [], [name]: option.type === 'flag' ? ['true'] : [' a=b\n'] })
  })

  it('keep everything that is repeated, in order', () => {
    expect(raw(['--exclude', 'b', 'x.yaml', '--exclude=a', '--level', 'NONE', '--level', 'NONE', 'y.yaml'])).toEqual({
      paths: ['x.yaml', 'y.yaml'],
      exclude: ['b', 'a'],
      level: ['NONE', 'NONE'],
    })
  })

  it('end at two dashes', () => {
    expect(raw(['--quiet', '--', '--verbose', '-q'])).toEqual({ paths: ['--verbose', '-q'], quiet: ['true'] })
  })

  it('have short forms for those typed most', () => {
    expect(raw(['-qv'])).toEqual({ paths: [], quiet: ['true'], verbose: ['true'] })
  })
})
