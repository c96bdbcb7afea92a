const firstPause = 500
const longestPause = 8_000
/** What a service may ask us to wait at most; more than that is no answer in a run's time. */
const longestAsked = 60_000
const askedJitter = 1_000

export interface PauseOptions {
  /** Tries made so far, from 1. */
  readonly tries: number
  /** `Retry-After` and `Date` of the answer. */
  readonly retryAfter: string | undefined
  readonly date: string | undefined
  /** Milliseconds since 1970. */
  readonly now: number
  /** From 0 to 1. */
  readonly random: number
}

/**
 * Milliseconds to wait before the next try: what `Retry-After` asks for and up to a second more, else exponential
 * back-off with full jitter. `undefined` where the service asks for more than a minute.
 */
export function pauseBefore({ tries, retryAfter, date, now, random }: PauseOptions): number | undefined {
  const asked = retryAfter === undefined ? undefined : askedPause(retryAfter.trim(), date, now)
  if (asked === undefined) return Math.min(longestPause, firstPause * 2 ** (tries - 1)) * random
  return asked > longestAsked ? undefined : asked + askedJitter * random
}

/** Milliseconds, never negative; `undefined` where the header says nothing usable. */
function askedPause(text: string, date: string | undefined, now: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const until = httpDate(text)
  if (until === undefined) return undefined
  return Math.max(0, until - (httpDate(date) ?? now))
}

/** The form that senders must use; `Date.parse` alone takes almost anything, such as `-5`. */
function httpDate(text: string | undefined): number | undefined {
  if (text === undefined || !/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text))
    return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
