import { describe, expect, it } from 'vitest'
import { isEncodedText } from '../../src/backends/local/encoded-text.ts'

/** As Python's `base64.b64decode(value).decode('utf-8')` answers. */
describe('a stored value', () => {
  it.each(['', '=', '====', 'MQ==', 'MTI=', 'w6k=', 'M=Q==', 'MQ=x=', 'MQ==MQ==', 'MQ==!', 'M!Q=\n=', 'AAAA=', '-_-_'])(
    '%j is decoded',
    value => {
      expect(isEncodedText(value)).toBe(true)
    },
  )

  it.each(['MQ', 'MQ=', 'A', 'pw1', 'AAAAA===', 'gA==', '////', 'é', 'MQ==é', 'MQ==\u00a0'])('%j is not', value => {
    expect(isEncodedText(value)).toBe(false)
  })

  it('of 1 MiB is judged in no time', () => {
    const started = performance.now()
    expect(isEncodedText('='.repeat(2 ** 20))).toBe(true)
    expect(isEncodedText('A'.repeat(2 ** 20 - 1))).toBe(false)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
