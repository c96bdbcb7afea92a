import { createHttpClient, type HttpClientOptions } from '../../http/client.ts'
import { type Trouble, troubleSentence } from '../../http/trouble.ts'
import { displayable, quoted } from '../../text/displayable.ts'
import type { Answer } from '../backend.ts'
import type { BackendContext } from '../context.ts'

/** Names of the secrets of a repository. `doubt`: what to say of names that are not among them. */
export interface SecretList {
  readonly names: ReadonlySet<string>
  readonly doubt: Answer | undefined
  /** The token may not list, and never could. */
  readonly isRefused?: true
}

export interface Listing {
  /** Such as `acme/app`. */
  readonly repository: string
  readonly token: string
  readonly context: BackendContext
  readonly seams: HttpClientOptions['seams']
  readonly signal: AbortSignal
}

const pageSize = 100
/** GitHub keeps 100 secrets for a repository. */
const maxPages = 20

/** Lists every page; what was found stays found, whatever happens after. */
export async function listSecrets({ repository, token, context, seams, signal }: Listing): Promise<SecretList> {
  const { environment } = context
  const client = createHttpClient({
    baseUrl: environment.GITHUB_API_URL || 'https://api.github.com',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'user-agent': 'zenml-secrets',
      'x-github-api-version': '2022-11-28',
    },
    environment,
    keepHeaders: ['x-ratelimit-remaining', 'retry-after'],
    readError: rateLimitOf,
    seams,
  })
  const names = new Set<string>()
  const path = ['repos', ...repository.split('/'), 'actions', 'secrets']
  for (let page = 1; page <= maxPages; page++) {
    const query = [
      ['per_page', String(pageSize)],
      ['page', String(page)],
    ] as const
    const result = await client.request({ method: 'GET', path, query, signal })
    if ('trouble' in result) return { names, ...doubtOf(result.trouble, repository) }
    const read = readPage(result.json)
    if (!read) return { names, doubt: notUnderstood }
    const before = names.size
    for (const name of read.names) names.add(name)
    if (names.size >= read.total) return { names, doubt: undefined }
    if (names.size === before) break
  }
  return { names, doubt: incomplete }
}

interface Page {
  readonly names: readonly string[]
  readonly total: number
}

function readPage(json: unknown): Page | undefined {
  const { secrets, total_count: total } = (json ?? {}) as { readonly secrets?: unknown; readonly total_count?: unknown }
  if (!Array.isArray(secrets) || typeof total !== 'number') return undefined
  const names = secrets.map(secret => (secret as { readonly name?: unknown } | null)?.name)
  return names.every(name => typeof name === 'string') ? { names, total } : undefined
}

function rateLimitOf(json: unknown): string | undefined {
  const message = (json as { readonly message?: unknown } | null)?.message
  return typeof message === 'string' && /rate limit/i.test(message) ? 'rate-limit' : undefined
}

const cannotEver =
  'The GITHUB_TOKEN of a job can never list secrets. Give the token of a GitHub App, or a fine-grained one, with the repository permission "Secrets: read", in GITHUB_AUTHENTICATION_TOKEN or as github-token.'

function doubtOf(trouble: Trouble, repository: string): Pick<SecretList, 'doubt' | 'isRefused'> {
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
    const reason = `The token may not list the secrets of ${quoted(repository)}. ${cannotEver}`
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

const notUnderstood = unverified('GitHub answered with something other than a list of secrets. Check GITHUB_API_URL.')
const incomplete = unverified(
  'GitHub counts more secrets than it lists, so that none is known to be missing. Try again.',
)
