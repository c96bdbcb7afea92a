import { apiFailure } from './api-failure.ts'
import type { Comment } from './comment.ts'
import type { Repository } from './event.ts'
import { ownField } from './payload.ts'

export interface CommentsApiOptions {
  readonly token: string
  /** `GITHUB_API_URL`; `undefined`: github.com's. */
  readonly apiUrl: string | undefined
  readonly repository: Repository
  readonly number: number
  readonly signal: AbortSignal
}

export interface AuthoredComment extends Comment {
  readonly author: string | undefined
}

/** The calls a sticky comment takes. All reject with an error that `status` may tell more about. */
export interface CommentsApi {
  /** The pull request as it is now. */
  pull(): Promise<{ readonly headSha: string | undefined; readonly locked: boolean }>
  /** A page of up to 100 comments, the oldest first; pages are counted from 1. */
  page(number: number): Promise<{ readonly comments: readonly AuthoredComment[]; readonly last: boolean }>
  /** The account the token writes as. */
  viewer(): Promise<string>
  create(body: string): Promise<{ readonly url: string }>
  update(id: number, body: string): Promise<{ readonly url: string }>
}

const requestTimeout = 10_000

/** Who `GITHUB_TOKEN` writes as. */
const actionsBot = 'github-actions[bot]'

/** Loads the client, which costs some 100 ms: call this only when a comment is due. */
export async function connect(options: CommentsApiOptions): Promise<CommentsApi> {
  const { getOctokit } = await import('@actions/github')
  const octokit = getOctokit(options.token, {
    ...(options.apiUrl === undefined ? {} : { baseUrl: options.apiUrl }),
    // Its own log repeats what servers say on standard error, which the runner reads commands from.
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  })
  const { owner, name: repo } = options.repository
  const common = () => ({ owner, repo, request: within(options.signal) })
  return {
    pull: async () => {
      const { data } = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
        ...common(),
        pull_number: options.number,
      })
      const headSha = ownField(data, 'head', 'sha')
      return { headSha: typeof headSha === 'string' ? headSha : undefined, locked: ownField(data, 'locked') === true }
    },
    page: async page => {
      const { data, headers } = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...common(),
        issue_number: options.number,
        per_page: 100,
        page,
      })
      const last = data.length === 0 || !(headers.link ?? '').includes('rel="next"')
      return { comments: data.flatMap(comment => readComment(comment) ?? []), last }
    },
    viewer: () => findViewer(octokit, options.signal),
    create: async body => {
      const target = { ...common(), issue_number: options.number }
      const { data } = await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...target,
        body,
      })
      return { url: data.html_url }
    },
    update: async (comment_id, body) => {
      const target = { ...common(), comment_id }
      const { data } = await octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        ...target,
        body,
      })
      return { url: data.html_url }
    },
  }
}

type Octokit = ReturnType<typeof import('@actions/github').getOctokit>
type RequestOptions = NonNullable<NonNullable<Parameters<Octokit['request']>[1]>['request']>

/**
 * GraphQL's `viewer` names the account of every kind of token, `GET /user` that of a person's only: an installation
 * token is refused there. Where a server has no GraphQL either, the token can only be the workflow's own. Trouble of
 * another kind is passed on: taking it for an answer would leave a comment twice.
 */
async function findViewer(octokit: Octokit, signal: AbortSignal): Promise<string> {
  const request = within(signal)
  return (
    (await unlessRefused(() => octokit.graphql('query { viewer { login } }', { request }), ['viewer', 'login'])) ??
    (await unlessRefused(async () => (await octokit.request('GET /user', { request })).data, ['login'])) ??
    actionsBot
  )
}

async function unlessRefused(ask: () => Promise<unknown>, path: readonly string[]): Promise<string | undefined> {
  try {
    const login = ownField(await ask(), ...path)
    return typeof login === 'string' && login !== '' ? login : undefined
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** Not for this token, not on this server: no rate limit, no outage. GraphQL refuses with status 200 and a list. */
function isRefusal(error: unknown): boolean {
  const { kind, status } = apiFailure(error)
  if (kind === 'rate-limit') return false
  return kind === 'not-permitted' || (status === undefined && Array.isArray(ownField(error, 'errors')))
}

function readComment(comment: unknown): AuthoredComment | undefined {
  const [id, body, url, login] = [
    ownField(comment, 'id'),
    ownField(comment, 'body'),
    ownField(comment, 'html_url'),
    ownField(comment, 'user', 'login'),
  ]
  if (typeof id !== 'number' || typeof body !== 'string' || typeof url !== 'string') return undefined
  return { id, body, url, author: typeof login === 'string' ? login : undefined }
}

/** Options of a request: a time limit, and no redirect, which would take the token elsewhere. */
function within(signal: AbortSignal): RequestOptions {
  return { redirect: 'error', signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeout)]) }
}

function ignore(): void {}
