import { ownField } from './payload.ts'

/** Why a call of GitHub's API failed, as far as it matters to a comment. */
export interface ApiFailure {
  readonly kind: 'rate-limit' | 'bad-token' | 'locked' | 'not-permitted' | 'unavailable' | 'unreachable' | 'refused'
  readonly status: number | undefined
}

/** Reads the error of a call. Nothing of what the server wrote is kept. */
export function apiFailure(error: unknown, locked = false): ApiFailure {
  const status = statusOf(error)
  return { kind: kindOf(error, status, locked), status }
}

/** Whether the same call may well succeed a moment later. */
export function isPassing({ kind }: ApiFailure): boolean {
  return kind === 'unavailable' || kind === 'unreachable'
}

/** A clause that says what went wrong, and a sentence that says what to do. */
export function explainFailure({ kind, status }: ApiFailure): string {
  const { what, advice } = explanations[kind]
  return `${what}${status === undefined ? '' : ` (status ${status})`}. ${advice}`
}

const runAgain = 'Run the job again to get the comment.'

const explanations = {
  'rate-limit': { what: "the limit on requests to GitHub's API is reached", advice: runAgain },
  'bad-token': { what: 'GitHub does not accept the token', advice: 'Give a valid one as the input github-token.' },
  locked: { what: 'the pull request is locked', advice: 'Unlock it, or set the input comment to never.' },
  'not-permitted': {
    what: 'the token is not allowed to',
    advice: 'Add pull-requests: write to the permissions: of the job, or set the input comment to never.',
  },
  unavailable: { what: "GitHub's API did not work", advice: runAgain },
  unreachable: { what: "GitHub's API could not be reached", advice: runAgain },
  refused: { what: 'GitHub refused the comment', advice: runAgain },
} as const satisfies Record<ApiFailure['kind'], { readonly what: string; readonly advice: string }>

function kindOf(error: unknown, status: number | undefined, locked: boolean): ApiFailure['kind'] {
  if (isRateLimit(error, status)) return 'rate-limit'
  if (status === undefined) return 'unreachable'
  if (status === 401) return 'bad-token'
  if (status === 403 && (locked || /\blocked\b/i.test(messageOf(error)))) return 'locked'
  if (status === 403 || status === 404) return 'not-permitted'
  return status >= 500 || status === 408 ? 'unavailable' : 'refused'
}

/** The client gives errors of the network the status 500, too; only an answer has a response. */
function statusOf(error: unknown): number | undefined {
  const status = ownField(error, 'response', 'status')
  return typeof status === 'number' ? status : undefined
}

/** The primary limit says so in a header, the secondary one in another or in words only. */
function isRateLimit(error: unknown, status: number | undefined): boolean {
  if (status === 429 || graphqlErrorType(error) === 'RATE_LIMITED') return true
  if (status !== 403) return false
  const remaining = ownField(error, 'response', 'headers', 'x-ratelimit-remaining')
  const wait = ownField(error, 'response', 'headers', 'retry-after')
  return remaining === '0' || wait !== undefined || /\brate limit\b/i.test(messageOf(error))
}

function graphqlErrorType(error: unknown): unknown {
  const errors = ownField(error, 'errors')
  return Array.isArray(errors) ? ownField(errors[0], 'type') : undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 1000) : ''
}
