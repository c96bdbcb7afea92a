export const headSha = 'a'.repeat(40)
export const runSha = 'b'.repeat(40)

export const env = {
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REPOSITORY: 'acme/stacks',
  GITHUB_SHA: runSha,
  GITHUB_ACTOR: 'acme',
}

export interface PayloadParts {
  readonly head?: unknown
  readonly base?: unknown
  readonly author?: string
  readonly sender?: string
  readonly number?: unknown
  readonly sha?: unknown
}

/** The payload of a `pull_request` event, down to what is read of it; the branch is in the same repository by default. */
export function pullRequestPayload(parts: PayloadParts = {}): unknown {
  const same = { id: 1, full_name: 'acme/stacks', fork: false }
  const { head = same, base = same, author = 'acme', sender = 'acme', number = 7, sha = headSha } = parts
  return {
    action: 'synchronize',
    number,
    pull_request: { number, user: { login: author }, head: { sha, repo: head }, base: { repo: base } },
    sender: { login: sender },
  }
}
