import { describe, expect, it } from 'vitest'
import { fail, StoppedError } from '../../src/action/failure.ts'
import { outputNames } from '../../src/action/outputs.ts'
import { SettingsError } from '../../src/settings/settings.ts'
import { recordingRunner } from './recording-runner.ts'

const foreseen = 'and says nothing about your secrets. Please report it.'

describe('fail', () => {
  it.each([
    [new SettingsError(['One "a".', 'Two.']), 'ZenML secrets: settings', 'One "a".\nTwo.'],
    [new SettingsError(['a\n::error::b']), 'ZenML secrets: settings', 'a\\n:\\x3aerror:\\x3ab'],
    [new StoppedError('cancelled'), 'ZenML secrets: cancelled', 'The run was cancelled before it came to a result.'],
    [
      new StoppedError('timeout'),
      'ZenML secrets: out of time',
      'The check did not end within the time given. Name fewer paths, or raise the input timeout.',
    ],
    [
      new TypeError('::error::hunter2'),
      'ZenML secrets: unexpected error',
      `The check ended for an error nobody foresaw (TypeError), ${foreseen}`,
    ],
    [
      Object.assign(new Error('hunter2'), { name: 'a\n::b' }),
      'ZenML secrets: unexpected error',
      `The check ended for an error nobody foresaw (a\\n:\\x3ab), ${foreseen}`,
    ],
    ['hunter2', 'ZenML secrets: unexpected error', `The check ended for an error nobody foresaw (string), ${foreseen}`],
  ])('%#: says in one annotation why there is no report', (error, title, message) => {
    const runner = recordingRunner()
    fail(error, runner)
    expect(runner.annotated).toEqual([{ level: 'error', title, message }])
    expect(runner.printed).toEqual([])
    expect([...runner.outputs.keys()]).toEqual([...outputNames])
    expect(runner.outputs.get('result')).toBe('error')
  })
})
