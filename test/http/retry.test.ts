import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pauseBefore } from '../../src/http/retry.ts'

const now = Date.UTC(2026, 0, 1)
const date = new Date(now).toUTCString()
const pause = (retryAfter: string | undefined, options: object = {}) =>
  pauseBefore({ tries: 1, retryAfter, date: undefined, now, random: 1, ...options })

describe('the pause before the next try', () => {
  it.each([
    [1, 1, 500],
    [2, 1, 1_000],
    [3, 1, 2_000],
    [4, 1, 4_000],
    [9, 1, 8_000],
    [1, 0, 0],
    [3, 0.25, 500],
  ])('after %i tries, with chance %d, is %i ms', (tries, random, milliseconds) => {
    expect(pause(undefined, { tries, random })).toBe(milliseconds)
  })

  it.each([
    ['0', 1_000],
    ['2', 3_000],
    [' 60 ', 61_000],
    ['61', undefined],
    ['86400', undefined],
    [`1${'0'.repeat(400)}`, undefined],
    ['-5', 500],
    ['NaN', 500],
    ['1e309', 500],
    ['2.5', 500],
    ['', 500],
    ['soon', 500],
    [new Date(now + 5_000).toUTCString(), 6_000],
    [new Date(now - 5_000).toUTCString(), 1_000],
    [new Date(now + 86_400_000).toUTCString(), undefined],
    ['Thu, 99 Jan 2026 99:99:99 GMT', 500],
  ])('with Retry-After %j is %s ms', (retryAfter, milliseconds) => {
    expect(pause(retryAfter)).toBe(milliseconds)
  })

  it('counts from the clock of the service where it tells it', () => {
    const asked = new Date(now + 5_000).toUTCString()
    expect(pause(asked, { date, now: now + 86_400_000 })).toBe(6_000)
    expect(pause(asked, { date: 'nonsense' })).toBe(6_000)
  })

  it('is never negative nor longer than 61 s, whatever is asked', () => {
    const text = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map(day => day.toUTCString()),
    )
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (asked, tries, random) => {
          const milliseconds = pause(asked, { tries, random }) ?? 0
          return milliseconds >= 0 && milliseconds <= 61_000
        },
      ),
    )
  })
})
