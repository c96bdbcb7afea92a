import { createLimiter, type Limiter } from '../../http/limiter.ts'
import { type AwsFailure, failureOf } from './failure.ts'

export type Result<T> = { readonly value: T } | { readonly failure: AwsFailure }

type Call = <T>(operation: string, run: () => Promise<T>) => Promise<Result<T>>

const maxInFlight = 8

/** Makes calls of the SDK into results, none of which rejects; at most 8 are under way at once. */
export function callsWithin(signal: AbortSignal): Call {
  const limiter = createLimiter(maxInFlight)
  return (operation, run) => attempt(operation, run, { limiter, signal })
}

interface Bounds {
  readonly limiter: Limiter
  readonly signal: AbortSignal
}

/** The SDK takes no notice of a signal while it waits before another try. */
async function attempt<T>(operation: string, run: () => Promise<T>, { limiter, signal }: Bounds): Promise<Result<T>> {
  const stopped: Result<T> = { failure: { kind: 'aborted', operation, code: 'aborted' } }
  if (signal.aborted) return stopped
  const { promise, resolve } = stopper()
  signal.addEventListener('abort', resolve, { once: true })
  try {
    return await Promise.race([limiter(() => settle(operation, run, signal)), promise.then(() => stopped)])
  } finally {
    signal.removeEventListener('abort', resolve)
  }
}

async function settle<T>(operation: string, run: () => Promise<T>, signal: AbortSignal): Promise<Result<T>> {
  try {
    signal.throwIfAborted()
    return { value: await run() }
  } catch (error) {
    return { failure: failureOf(operation, error) }
  }
}

function stopper() {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>(done => {
    resolve = done
  })
  return { promise, resolve }
}
