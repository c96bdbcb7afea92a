import { createEmulator } from 'emulate'

interface GithubComment {
  readonly id: number
  readonly body: string
  readonly html_url: string
  readonly user: { readonly login: string }
}

/** GitHub's API with the repository `acme/stacks`, in which a pull request from a branch is open. */
export interface EmulatedGithub {
  readonly url: string
  readonly pull: { readonly number: number; readonly headSha: string }
  /** All comments of the pull request, the oldest first. */
  comments(): Promise<readonly GithubComment[]>
  comment(body: string, author: Author): Promise<GithubComment>
  call(method: string, path: string, options?: CallOptions): Promise<any>
  close(): Promise<void>
}

interface CallOptions {
  readonly body?: unknown
  readonly token?: string
}

/** Tokens are named for who they write as. */
const tokens = {
  actions: { login: 'github-actions[bot]' },
  app: { login: 'zen-app[bot]' },
  acme: { login: 'acme' },
  mallory: { login: 'mallory' },
} as const
export type Author = keyof typeof tokens

export const repository = { owner: 'acme', name: 'stacks' } as const

export async function emulateGithub(): Promise<EmulatedGithub> {
  const users = Object.values(tokens)
  const github = { users, repos: [{ ...repository, auto_init: true }] }
  const emulator = await createEmulator({ service: 'github', port: 0, seed: { github, tokens } })
  const url = emulator.url.replace('localhost', '127.0.0.1')
  const call = async (method: string, path: string, { body, token = 'acme' }: CallOptions = {}): Promise<any> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${url}${path}`, { method, headers: { authorization: `token ${token}` }, ...init })
    const answer = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }
  const main = await call('GET', '/repos/acme/stacks/git/ref/heads/main')
  await call('POST', '/repos/acme/stacks/git/refs', { body: { ref: 'refs/heads/feature', sha: main.object.sha } })
  const change = { message: 'Change', branch: 'feature', content: 'b24K' }
  await call('PUT', '/repos/acme/stacks/contents/new.txt', { body: change })
  const opened = { title: 'Add a stack', head: 'feature', base: 'main' }
  const pull = await call('POST', '/repos/acme/stacks/pulls', { body: opened })
  const comments = `/repos/acme/stacks/issues/${pull.number}/comments`
  return {
    url,
    pull: { number: pull.number, headSha: pull.head.sha },
    comments: async () => {
      const all: GithubComment[] = []
      for (let page = 1; ; page++) {
        const found = await call('GET', `${comments}?per_page=100&page=${page}`)
        all.push(...found)
        if (found.length < 100) return all
      }
    },
    comment: (body, token) => call('POST', comments, { body: { body }, token }),
    call,
    close: () => emulator.close(),
  }
}
