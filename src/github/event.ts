import { isRecord, ownField } from './payload.ts'

export interface Repository {
  readonly owner: string
  readonly name: string
}

export interface PullRequest {
  readonly number: number
  /** Commit the pull request's branch pointed at when the run was started. */
  readonly headSha: string
  /** The branch is in another repository, or in one that is gone. */
  readonly fork: boolean
}

/** What started a workflow run, as far as a check cares. */
export interface GithubEvent {
  readonly name: string
  /**
   * `untrusted`: whoever wrote the checked files may not be allowed to write to the repository, so messages must not
   * tell them which secrets exist. Whatever is not known to be safe is untrusted.
   */
  readonly trust: 'trusted' | 'untrusted'
  readonly repository: Repository | undefined
  /** Of a `pull_request` event only: what any other event checks need not be what a pull request proposes. */
  readonly pullRequest: PullRequest | undefined
  /** The commit to name for what was checked: the head of the pull request, else the commit of the run. */
  readonly sha: string | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Events that only people who may write to the repository, or a merge they approved, can start. */
const trustedEvents: ReadonlySet<string> = new Set(['push', 'schedule', 'workflow_dispatch', 'merge_group'])

const dependabot = 'dependabot[bot]'

/**
 * Reads the event from the environment and its payload, the parsed file `GITHUB_EVENT_PATH`; `undefined` where that is
 * missing or no JSON. Never throws: what is not of the documented shape is absent, and the event untrusted.
 */
export function githubEvent(env: Environment, payload: unknown): GithubEvent {
  const name = env.GITHUB_EVENT_NAME ?? ''
  const repository = readRepository(env.GITHUB_REPOSITORY)
  const pullRequest = name === 'pull_request' ? readPullRequest(payload, env.GITHUB_REPOSITORY) : undefined
  const known = isRecord(payload) && (trustedEvents.has(name) || pullRequest?.fork === false)
  const trust = known && !isFromDependabot(env, payload) ? 'trusted' : 'untrusted'
  return { name, trust, repository, pullRequest, sha: pullRequest?.headSha ?? readSha(env.GITHUB_SHA) }
}

function readRepository(text: string | undefined): Repository | undefined {
  const [, owner, name] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(text ?? '') ?? []
  return owner === undefined || name === undefined ? undefined : { owner, name }
}

function readPullRequest(payload: unknown, repository: string | undefined): PullRequest | undefined {
  const number = ownField(payload, 'pull_request', 'number')
  const headSha = readSha(ownField(payload, 'pull_request', 'head', 'sha'))
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1 || headSha === undefined)
    return undefined
  const head = ownField(payload, 'pull_request', 'head', 'repo', 'full_name')
  const base = ownField(payload, 'pull_request', 'base', 'repo', 'full_name')
  // `head.repo` is null when that repository was deleted; `head.repo.fork` is true in any fork, its own branches included.
  const same = isSameName(head, base) && isSameName(base, repository)
  return { number, headSha, fork: !same }
}

function isSameName(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && a !== '' && a.toLowerCase() === b.toLowerCase()
}

function readSha(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value) ? value : undefined
}

/** Its runs get no secrets of the repository, whoever owns the branch. */
function isFromDependabot(env: Environment, payload: unknown): boolean {
  const people = [
    env.GITHUB_ACTOR,
    ownField(payload, 'sender', 'login'),
    ownField(payload, 'pull_request', 'user', 'login'),
  ]
  return people.includes(dependabot)
}
