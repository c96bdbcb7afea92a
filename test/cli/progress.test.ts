import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckContext } from '../../src/check.ts'
import { withProgress } from '../../src/cli/progress.ts'
import { captured } from './run.ts'

const erase = '\r\u001b[2K'

function job(seconds: number) {
  return async ({ onProgress }: Pick<CheckContext, 'onProgress'>) => {
    for (let done = 1; done <= seconds * 10; done++) {
      await new Promise(resolve => setTimeout(resolve, 100))
      onProgress?.({ phase: done <= 15 ? 'reading' : 'asking', done, total: seconds * 10 })
    }
    return 'done'
  }
}

describe('withProgress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  async function stderrOf(seconds: number, { quiet = false, terminal = true } = {}): Promise<string> {
    const { io, written } = captured({ terminal })
    const running = withProgress(io.stderr, quiet, job(seconds))
    await vi.advanceTimersByTimeAsync(seconds * 1000 + 1000)
    expect(await running).toBe('done')
    expect(written().stdout).toBe('')
    expect(vi.getTimerCount()).toBe(0)
    return written().stderr
  }

  it('shows how far a long run has come from its second second on, and erases the line', async () => {
    const stderr = await stderrOf(2)
    expect(stderr.startsWith(`${erase}Reading files: 9 of 20 …${erase}`)).toBe(true)
    expect(stderr).toContain(`${erase}Looking secrets up: 17 of 20 …`)
    expect(stderr.endsWith(`…${erase}`)).toBe(true)
  })

  it.each([
    ['a short run', 0.9, {}],
    ['a quiet run', 2, { quiet: true }],
    ['a run without a terminal', 2, { terminal: false }],
  ])('writes nothing in %s', async (_, seconds, options) => {
    expect(await stderrOf(seconds, options)).toBe('')
  })

  it('erases the line when the run fails', async () => {
    const { io, written } = captured({ terminal: true })
    const running = withProgress(io.stderr, false, async context => {
      await job(2)(context)
      throw new RangeError('broken')
    })
    const rejected = expect(running).rejects.toThrow(RangeError)
    await vi.advanceTimersByTimeAsync(3000)
    await rejected
    expect(written().stderr.endsWith(`…${erase}`)).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })
})
