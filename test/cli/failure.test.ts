import { describe, expect, it } from 'vitest'
import { failureLines } from '../../src/cli/failure.ts'
import { SettingsError } from '../../src/settings/settings.ts'

describe('failureLines', () => {
  it('gives a line for each problem with the settings', () => {
    expect(failureLines(new SettingsError(['One is wrong.', 'Two\n::error::is too.']), true)).toEqual([
      'error: One is wrong.',
      'error: Two\\n:\\x3aerror:\\x3ais too.',
    ])
  })

  it('names an unexpected error in one line without its stack trace', () => {
    expect(failureLines(new TypeError('x is\n\u001b[31mnot a function'), false)).toEqual([
      'error: Unexpected TypeError: x is\\n\\e[31mnot a function',
      'Run again with --verbose to see where it comes from.',
    ])
  })

  it('adds the stack trace where it is asked for, and nothing else of the stack', () => {
    const error = new RangeError('first\nsecond')
    const [line, ...frames] = failureLines(error, true)
    expect(line).toBe('error: Unexpected RangeError: first\\nsecond')
    expect(frames.length).toBeGreaterThan(0)
    for (const frame of frames) expect(frame).toMatch(/^ {4}at .*failure\.test|^ {4}at /)
    expect(frames[0]).toContain('failure.test')
  })

  it('takes whatever was thrown', () => {
    expect(failureLines('a text', true)).toEqual(['error: Unexpected: a text'])
    expect(failureLines(undefined, false)).toEqual(['error: Unexpected: undefined'])
  })
})
