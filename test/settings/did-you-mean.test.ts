import { describe, expect, it } from 'vitest'
import { didYouMean } from '../../src/settings/did-you-mean.ts'

const words = ['SECRET_EXISTS', 'SECRET_AND_KEY_EXISTS', 'NONE', 'fail-on'] as const

describe('didYouMean', () => {
  it.each([
    ['none', 'NONE'],
    [' NONE ', 'NONE'],
    ['SECRET_EXIST', 'SECRET_EXISTS'],
    ['SECRETS_AND_KEYS_EXIST', 'SECRET_AND_KEY_EXISTS'],
    ['fail_on', 'fail-on'],
    ['fial-on', 'fail-on'],
    ['non', 'NONE'],
  ])('takes %j for %s', (text, word) => {
    expect(didYouMean(text, words)).toBe(word)
  })

  it.each(['', 'BOGUS', 'all', 'ones', 'fail-ever', 'x'.repeat(101), 'SECRET_EXISTS'.padEnd(101)])(
    'does not guess at %j',
    text => {
      expect(didYouMean(text, words)).toBeUndefined()
    },
  )

  it('takes the first of equally near words', () => {
    expect(didYouMean('aax', ['aab', 'aac'])).toBe('aab')
  })
})
