import { type Trouble, troubleSentence } from '../../http/trouble.ts'
import { displayable, quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'

/** What was to be done, and the repository permission it takes. */
const rights = {
  list: { verb: 'list', permission: 'Secrets: read' },
  change: { verb: 'change', permission: 'Secrets: write' },
} as const

/** What a failed request says of secrets. */
export interface Doubt {
  readonly doubt: Answer
  /** The token may not do it, and never could. */
  readonly isRefused?: true
}

/** @param repository Such as `acme/app`. */
export function doubtOf(trouble: Trouble, repository: string, right: keyof typeof rights = 'list'): Doubt {
  const { verb, permission } = rights[right]
  const cannotEver = `The GITHUB_TOKEN of a job can never ${verb} secrets. Give the token of a GitHub App, or a fine-grained one, with the repository permission "${permission}", in GITHUB_AUTHENTICATION_TOKEN or as github-token.`
  if (trouble.kind !== 'status') return { doubt: unverified(displayable(troubleSentence(trouble), 2_000)) }
  const { status, detail, headers } = trouble
  const isLimited =
    detail === 'rate-limit' || headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after')
  if (status === 429 || (status === 403 && isLimited)) {
    const limited =
      'GitHub answers no more requests with this token for now: its rate limit is reached. Try again later.'
    return { doubt: unverified(limited) }
  }
  if (status === 401) {
    return { doubt: unverified(`GitHub does not know the token: it is wrong or expired. ${cannotEver}`) }
  }
  if (status === 403) {
    const reason = `The token may not ${verb} the secrets of ${quoted(repository)}. ${cannotEver}`
    return { doubt: { kind: 'denied', reason }, isRefused: true }
  }
  if (status === 404) {
    const reason = `GitHub has no repository ${quoted(repository)}, or hides it from the token. Check github-repository. ${cannotEver}`
    return { doubt: unverified(reason), isRefused: true }
  }
  return { doubt: unverified(troubleSentence(trouble)) }
}

function unverified(reason: string): Answer {
  return { kind: 'unverified', reason }
}
