import { describe, expect, it } from 'vitest'
import { createLimiter } from '../../src/http/limiter.ts'

describe('a limiter', () => {
  it('runs as many tasks as allowed at a time, in order, failures included', async () => {
    const limiter = createLimiter(3)
    const started: number[] = []
    let running = 0
    let peak = 0
    const tasks = Array.from({ length: 20 }, (_, index) =>
      limiter(async () => {
        started.push(index)
        peak = Math.max(peak, ++running)
        await new Promise(resolve => setImmediate(resolve))
        running--
        if (index % 4 === 0) throw new Error('failed')
        return index
      }),
    )
    const settled = await Promise.allSettled(tasks)
    expect(peak).toBe(3)
    expect(started).toEqual(Array.from({ length: 20 }, (_, index) => index))
    expect(settled.filter(({ status }) => status === 'rejected').length).toBe(5)
    expect(await limiter(async () => 'free again')).toBe('free again')
  })
})
