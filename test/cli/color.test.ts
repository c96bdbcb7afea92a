import { describe, expect, it } from 'vitest'
import { wantsColor } from '../../src/cli/color.ts'

describe('wantsColor', () => {
  const terminal = true
  const pipe = false
  it.each([
    [true, terminal, {}],
    [false, pipe, {}],
    [false, terminal, { NO_COLOR: '1' }],
    [false, terminal, { NO_COLOR: '0' }],
    [true, terminal, { NO_COLOR: '' }],
    [true, pipe, { FORCE_COLOR: '1' }],
    [true, pipe, { FORCE_COLOR: 'true' }],
    [false, terminal, { FORCE_COLOR: '0' }],
    [false, terminal, { FORCE_COLOR: 'false' }],
    [false, pipe, { FORCE_COLOR: '' }],
    [false, pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }],
    [false, terminal, { TERM: 'dumb' }],
    [true, pipe, { TERM: 'dumb', FORCE_COLOR: '1' }],
  ])('is %s where a terminal is %s and the environment is %o', (expected, isTTY, env) => {
    expect(wantsColor(false, env, { isTTY })).toBe(expected)
  })

  it('is false under --no-color, whatever the environment says', () => {
    expect(wantsColor(true, { FORCE_COLOR: '1' }, { isTTY: true })).toBe(false)
  })
})
