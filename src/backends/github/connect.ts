import { createHttpClient, type HttpClient, type HttpClientOptions } from '../../http/client.ts'
import { quoted } from '../../text/displayable.ts'
import type { BackendContext } from '../context.ts'
import type { GithubOptions } from './options.ts'

/** The secrets of one repository on GitHub. */
export interface Repository {
  readonly client: HttpClient
  /** Such as `acme/app`. */
  readonly name: string
  /** Of the list of its secrets. */
  readonly path: readonly string[]
  readonly token: string
}

export type Access = Repository | { readonly problem: string }

/**
 * How to ask for the secrets of the repository; `undefined` where no repository or no token is given. The repository may
 * come from a stack file, so nothing but a repository may pass.
 * @param seams For tests.
 */
export function accessOf(
  { repository, token: given }: GithubOptions,
  { environment }: BackendContext,
  seams?: HttpClientOptions['seams'],
): Access | undefined {
  const token = environment.GITHUB_AUTHENTICATION_TOKEN || given?.reveal() || ''
  if (!repository || token === '') return undefined
  const isRepository =
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/[\w.-]{1,100}$/.test(repository) && !/\/\.{1,2}$/.test(repository)
  if (!isRepository) {
    return {
      problem: `${quoted(repository)} is no repository of GitHub. Set github-repository to one such as acme/app.`,
    }
  }
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
  return { client, name: repository, path: ['repos', ...repository.split('/'), 'actions', 'secrets'], token }
}

function rateLimitOf(json: unknown): string | undefined {
  const message = (json as { readonly message?: unknown } | null)?.message
  return typeof message === 'string' && /rate limit/i.test(message) ? 'rate-limit' : undefined
}
