import { describe, expect, it } from 'vitest'
import { rawFromInputs } from '../../src/settings/inputs.ts'

describe('rawFromInputs', () => {
  it('reads the inputs of the action and nothing else', () => {
    const { raw, warnings } = rawFromInputs({
      'INPUT_FAIL-ON': 'warning',
      INPUT_LEVEL: 'NONE',
      HOME: '/home/ann',
      LEVEL: 'SECRET_EXISTS',
      'input_fail-on': 'never',
    })
    expect(raw).toEqual(
      new Map([
        ['fail-on', ['warning']],
        ['level', ['NONE']],
      ]),
    )
    expect(warnings).toEqual([])
  })

  it.each([
    ['a.yaml', ['a.yaml']],
    ['a.yaml\nb.yaml\n', ['a.yaml', 'b.yaml']],
    ['a.yaml\r\nb.yaml', ['a.yaml', 'b.yaml']],
    ['  a b.yaml \n\n \n!c,d.yaml', ['a b.yaml', '!c,d.yaml']],
    ['stacks\\prod.yaml', ['stacks\\prod.yaml']],
    ['', []],
    ['\n', []],
  ])('reads the list %j line by line', (text, paths) => {
    expect(rawFromInputs({ INPUT_PATHS: text }).raw).toEqual(new Map([['paths', paths]]))
  })

  it.each([
    [' 1 ', [' 1 ']],
    ['a\nb', ['a\nb']],
    ['', []],
  ])('keeps the single value %j as it stands', (text, timeout) => {
    expect(rawFromInputs({ INPUT_TIMEOUT: text }).raw).toEqual(new Map([['timeout', timeout]]))
  })

  it('takes __proto__ for an unknown input like any other', () => {
    const { raw, warnings } = rawFromInputs({ INPUT___PROTO__: 'x', INPUT_CONSTRUCTOR: 'x' })
    expect(raw.size).toBe(0)
    expect(warnings).toEqual([
      'There is no input "constructor", so it has no effect. Remove it, or see the list of inputs.',
      'There is no input "__proto__", so it has no effect. Remove it, or see the list of inputs.',
    ])
  })

  it.each([
    ['INPUT_FAIL_ON', 'fail_on', 'Did you mean fail-on?'],
    ['INPUT_LEVELS', 'levels', 'Did you mean level?'],
    ['INPUT_FORMAT', 'format', 'Remove it, or see the list of inputs.'],
    ['INPUT_X\n::ERROR::', 'x\\n:\\x3aerror:\\x3a', 'Remove it, or see the list of inputs.'],
  ])('warns of %j', (variable, shown, hint) => {
    const { raw, warnings } = rawFromInputs({ [variable]: 'x' })
    expect(raw.size).toBe(0)
    expect(warnings).toEqual([`There is no input "${shown}", so it has no effect. ${hint}`])
  })
})
