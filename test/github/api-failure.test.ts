import { describe, expect, it } from 'vitest'
import { apiFailure, explainFailure, isPassing } from '../../src/github/api-failure.ts'

function answered(status: number, message = '', headers: Readonly<Record<string, string>> = {}): Error {
  return Object.assign(new Error(message), { status, response: { status, headers } })
}

const unreached = Object.assign(new Error('fetch failed'), { status: 500 })
const graphqlLimit = Object.assign(new Error('Request failed'), { errors: [{ type: 'RATE_LIMITED' }] })

describe('apiFailure', () => {
  it.each([
    [answered(401, 'Bad credentials'), 'bad-token'],
    [answered(403, 'Resource not accessible by integration'), 'not-permitted'],
    [answered(403, 'Resource not accessible', { 'x-ratelimit-remaining': '4999' }), 'not-permitted'],
    [answered(404, 'Not Found'), 'not-permitted'],
    [answered(403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0' }), 'rate-limit'],
    [answered(403, 'You have exceeded a secondary rate limit'), 'rate-limit'],
    [answered(403, 'Slow down', { 'retry-after': '60' }), 'rate-limit'],
    [answered(429), 'rate-limit'],
    [graphqlLimit, 'rate-limit'],
    [answered(403, 'Unable to create comment because issue is locked.'), 'locked'],
    [answered(403, 'The resource is blocked'), 'not-permitted'],
    [answered(422, 'Body is too long'), 'refused'],
    [answered(410), 'refused'],
    [answered(408), 'unavailable'],
    [answered(500), 'unavailable'],
    [answered(502), 'unavailable'],
    [unreached, 'unreachable'],
    [new DOMException('Timed out', 'TimeoutError'), 'unreachable'],
    [undefined, 'unreachable'],
  ])('%#: reads %o as %s', (error, kind) => {
    expect(apiFailure(error).kind).toBe(kind)
  })

  it('takes a refusal on a locked pull request for the lock', () => {
    expect(apiFailure(answered(403, 'Forbidden'), true)).toEqual({ kind: 'locked', status: 403 })
  })

  it.each([
    ['unavailable', 503, true],
    ['unreachable', undefined, true],
    ['rate-limit', 429, false],
    ['not-permitted', 403, false],
    ['locked', 403, false],
    ['bad-token', 401, false],
    ['refused', 422, false],
  ] as const)('says whether %s may pass', (kind, status, passing) => {
    expect(isPassing({ kind, status })).toBe(passing)
  })

  it('names the missing permission, and nothing the server wrote', () => {
    const failure = apiFailure(answered(403, '::error::Resource not accessible'))
    expect(explainFailure(failure)).toBe(
      'the token is not allowed to (status 403). Add pull-requests: write to the permissions: of the job, or set the input comment to never.',
    )
  })
})
