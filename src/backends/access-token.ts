/** What a library for credentials made, or why it made nothing; it quotes none of the library's own text. */
export type Acquired<T> =
  | { readonly value: T }
  /** `code`: code or name of the error, such as `invalid_grant`; letters, digits, `_`, `.` and `-` only. */
  | { readonly failure: 'aborted' | 'timeout' | 'refused'; readonly code: string | undefined }

/** Milliseconds that finding credentials and trading them for a token may take: more than one request. */
const patience = 30_000

/** Waits for a library that may take no notice of a signal. */
export async function acquire<T>(run: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<Acquired<T>> {
  const time = AbortSignal.timeout(patience)
  const either = AbortSignal.any([signal, time])
  const stopped = (): Acquired<T> => ({ failure: signal.aborted ? 'aborted' : 'timeout', code: undefined })
  if (either.aborted) return stopped()
  let stop: () => void = () => undefined
  const waiting = new Promise<Acquired<T>>(resolve => {
    stop = () => resolve(stopped())
  })
  either.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([settle(run, either), waiting])
  } finally {
    either.removeEventListener('abort', stop)
  }
}

async function settle<T>(run: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<Acquired<T>> {
  try {
    return { value: await run(signal) }
  } catch (error) {
    return { failure: 'refused', code: codeOf(error) }
  }
}

/** What the service of tokens called it, else the code of the error or its name: texts may quote anything. */
function codeOf(error: unknown): string | undefined {
  const { code, name, response } = (error ?? {}) as {
    readonly code?: unknown
    readonly name?: unknown
    readonly response?: { readonly data?: { readonly error?: unknown } }
  }
  const words: readonly unknown[] = [response?.data?.error, code, name]
  return words
    .filter(word => typeof word === 'string')
    .find(word => word !== 'Error' && /^[A-Za-z][\w.-]{0,60}$/.test(word))
}
