import { randomBytes } from 'node:crypto'
import { createEmulator } from 'emulate'

/** GitHub's API as an emulator in this process has it. It takes any token, and none, and knows no pages of secrets. */
export interface GithubServer {
  readonly url: string
  readonly repository: string
  /** Adds secrets of the repository by name; their content is none. */
  define(names: readonly string[]): Promise<void>
  /** Forgets every secret. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** Starts it on a free port of 127.0.0.1, with one repository. */
export async function startGithub(): Promise<GithubServer> {
  const repository = 'acme/app'
  const github = { users: [{ login: 'acme' }], repos: [{ owner: 'acme', name: 'app', auto_init: true }] }
  const tokens = { 'github-token': { login: 'acme' } }
  const emulator = await createEmulator({ service: 'github', port: 0, seed: { github, tokens } })
  const url = emulator.url.replace('localhost', '127.0.0.1')
  const secrets = `${url}/repos/${repository}/actions/secrets`
  const defined = new Set<string>()
  const send = async (method: string, name: string, body: string | null) => {
    const headers = { authorization: 'Bearer github-token' }
    const response = await fetch(`${secrets}/${name}`, { method, headers, body })
    if (!response.ok) throw new Error(`${method} ${name}: ${response.status}`)
    await response.body?.cancel()
  }
  return {
    url,
    repository,
    define: async names => {
      for (const name of names) {
        await send('PUT', name, JSON.stringify({ encrypted_value: randomBytes(8).toString('base64'), key_id: '1' }))
        defined.add(name)
      }
    },
    reset: async () => {
      for (const name of defined) await send('DELETE', name, null)
      defined.clear()
    },
    close: () => emulator.close(),
  }
}

// Serves until its process is ended, since the emulator lives in it.
if (import.meta.main) {
  const { url, repository, close } = await startGithub()
  console.log(JSON.stringify({ url, repository, token: 'github-token', pid: process.pid }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => close().finally(() => process.exit(0)))
}
