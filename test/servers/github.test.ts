import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GithubServer, startGithub } from '../../scripts/servers/github.ts'
import type { Backend } from '../../src/backends/backend.ts'
import { createGithubBackend } from '../../src/backends/github/github.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { type CountingProxy, countingProxy } from './counting-proxy.ts'

let server: GithubServer
let proxy: CountingProxy

beforeAll(async () => {
  server = await startGithub()
  proxy = await countingProxy(server.url)
})

beforeEach(() => {
  proxy.requests.length = 0
})

afterAll(async () => {
  await proxy.close()
  await server.close()
})

const never = () => new AbortController().signal

function backend(repository = server.repository): Backend {
  const options = { repository, token: new Concealed('github-token') }
  return createGithubBackend(options, { environment: { GITHUB_API_URL: proxy.url } })
}

describe('the github backend on an emulated GitHub', () => {
  it('finds nothing in a repository without secrets', async () => {
    expect([...(await backend().lookUp(['a'], 'keys', never()))]).toEqual([['a', { kind: 'missing' }]])
    expect(await backend().names?.(never())).toEqual([])
  })

  // The emulator gives all secrets on one page, whatever size is asked for.
  it.each([1, 10, 100, 250])('finds %i secrets with one request', async count => {
    const names = Array.from({ length: count }, (_, index) => `s${index}`)
    await server.define([...names.map(name => `__ZENML__${name.toUpperCase()}`), 'SOMETHING_ELSE'])
    const answers = [...(await backend().lookUp([...names, 'something_else', 'absent'], 'names', never())).values()]
    expect(answers).toEqual([
      ...Array(count).fill({ kind: 'found', keys: 'not-read' }),
      { kind: 'missing' },
      { kind: 'missing' },
    ])
    expect(proxy.requests).toHaveLength(1)
    expect((await backend().names?.(never()))?.length).toBe(count)
  })

  it('finds nothing any more once all are forgotten', async () => {
    await server.reset()
    expect([...(await backend().lookUp(['s0'], 'names', never())).values()]).toEqual([{ kind: 'missing' }])
  })

  it('verifies nothing about a repository that is not there', async () => {
    const [answer] = (await backend('acme/other').lookUp(['a'], 'names', never())).values()
    expect(answer).toEqual({ kind: 'unverified', reason: expect.stringContaining('has no repository "acme/other"') })
  })
})
