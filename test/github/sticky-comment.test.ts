import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { commentMarker } from '../../src/github/marker.ts'
import { type CommentRequest, keepComment } from '../../src/github/sticky-comment.ts'
import { type Author, type EmulatedGithub, emulateGithub, repository } from './emulated-github.ts'

const key = 'ci/check'
const marker = commentMarker(key)

describe('keepComment', () => {
  let github: EmulatedGithub
  beforeEach(async () => {
    github = await emulateGithub()
  })
  afterEach(() => github.close())

  function keep(request: Partial<CommentRequest> = {}, token: Author = 'actions') {
    const { headSha, number } = github.pull
    const whole = { mode: 'on-failure', key, body: 'Failed.', wrong: true, headSha, ...request } as const
    const signal = new AbortController().signal
    return keepComment(whole, { token, apiUrl: github.url, repository, number, signal })
  }

  async function bodies(): Promise<readonly (readonly [string, string])[]> {
    return (await github.comments()).map(({ user, body }) => [user.login, body])
  }

  it('writes one comment, keeps it up to date, and leaves it alone where nothing changes', async () => {
    const url = `http://localhost:${new URL(github.url).port}/acme/stacks/issues/1#issuecomment-1`
    expect(await keep()).toEqual({ kind: 'written', url })
    expect(await keep()).toEqual({ kind: 'unchanged', url })
    expect(await keep({ body: 'Failed again.' })).toEqual({ kind: 'written', url })
    expect(await keep({ body: 'All clear.', wrong: false })).toEqual({ kind: 'written', url })
    expect(await bodies()).toEqual([['github-actions[bot]', `${marker}\nAll clear.`]])
  })

  it('says nothing where nothing is wrong and nothing was', async () => {
    expect(await keep({ wrong: false })).toEqual({ kind: 'none' })
    expect(await bodies()).toEqual([])
  })

  it('leaves alone what others wrote, whatever it looks like', async () => {
    await github.comment(`${marker}\nAll clear.`, 'mallory')
    await github.comment(`> ${marker}\n> quoted`, 'actions')
    await github.comment(`${commentMarker('ci/other')}\nAnother check.`, 'actions')
    expect(await keep()).toMatchObject({ kind: 'written' })
    expect(await bodies()).toEqual([
      ['mallory', `${marker}\nAll clear.`],
      ['github-actions[bot]', `> ${marker}\n> quoted`],
      ['github-actions[bot]', `${commentMarker('ci/other')}\nAnother check.`],
      ['github-actions[bot]', `${marker}\nFailed.`],
    ])
  })

  it('updates the oldest of several of its own', async () => {
    await github.comment(`${marker}\nOne.`, 'actions')
    await github.comment(`${marker}\nTwo.`, 'actions')
    await keep()
    expect(await bodies()).toEqual([
      ['github-actions[bot]', `${marker}\nFailed.`],
      ['github-actions[bot]', `${marker}\nTwo.`],
    ])
  })

  it('writes as whoever the token belongs to', async () => {
    await github.comment(`${marker}\nOf the workflow.`, 'actions')
    await keep({ body: 'Of a person.' }, 'acme')
    await keep({ body: 'Of a person, again.' }, 'acme')
    expect(await bodies()).toEqual([
      ['github-actions[bot]', `${marker}\nOf the workflow.`],
      ['acme', `${marker}\nOf a person, again.`],
    ])
  })

  it('finds its comment on the third page', async () => {
    for (let index = 0; index < 205; index++) await github.comment(`Comment ${index}.`, 'mallory')
    const own = await github.comment(`${marker}\nOld.`, 'actions')
    expect(await keep()).toEqual({ kind: 'written', url: own.html_url })
    expect(await github.comments()).toHaveLength(206)
  })

  it('leaves a newer commit to its own run', async () => {
    expect(await keep({ headSha: 'f'.repeat(40) })).toMatchObject({
      kind: 'outdated',
      notice: expect.stringContaining('newer commits'),
    })
    expect(await bodies()).toEqual([])
  })
})

interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Ends the connection instead. */
  readonly drop?: true
}

/** What a scripted server answers, by `METHOD last-part-of-the-path`; a list is used up one request after another. */
type Script = Readonly<Record<string, Reply | Reply[]>>

describe('keepComment with a server that does not do what it should', () => {
  const headSha = 'a'.repeat(40)
  const pull: Reply = { status: 200, body: { head: { sha: headSha }, locked: false } }
  const noComments: Reply = { status: 200, body: [] }
  const own = { id: 9, body: `${marker}\nOld.`, html_url: 'https://example.com/9', user: { login: 'zen-app[bot]' } }
  const written: Reply = { status: 200, body: own }

  const servers: Server[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    }
  })

  async function keep(script: Script, base = '') {
    const seen: string[] = []
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '', 'http://x').pathname
      const name = `${request.method} ${path.slice(path.lastIndexOf('/') + 1)}`
      seen.push(base === '' ? name : `${request.method} ${path}`)
      const reply = script[name]
      answer((Array.isArray(reply) ? reply.shift() : reply) ?? { status: 418 }, response)
    })
    servers.push(server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`
    const request = { mode: 'on-failure', key, body: 'Failed.', wrong: true, headSha } as const
    const signal = new AbortController().signal
    const options = { token: 'ghs_canary', apiUrl, repository, number: 7, signal }
    return { outcome: await keepComment(request, options), seen }
  }

  function answer(reply: Reply, response: ServerResponse): void {
    if (reply.drop) {
      response.destroy()
      return
    }
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
    response.end(JSON.stringify(reply.body ?? { message: '::error::ghs_canary' }))
  }

  const permission =
    'No comment was written: the token is not allowed to (status 403). Add pull-requests: write to the permissions: of the job, or set the input comment to never.'

  it.each([
    ['may not read', { 'GET 7': { status: 403 } }, 1],
    ['may not write', { 'GET 7': pull, 'GET comments': noComments, 'POST comments': { status: 403 } }, 3],
  ] as const)('names the permission where the token %s', async (_, script, requests) => {
    const { outcome, seen } = await keep(script)
    expect(outcome).toEqual({ kind: 'failed', warning: permission })
    expect(seen).toHaveLength(requests)
  })

  it.each([
    ['a rate limit', { status: 403, headers: { 'x-ratelimit-remaining': '0' } }, 'limit on requests'],
    ['a secondary rate limit', { status: 429, headers: { 'retry-after': '60' } }, 'limit on requests'],
    ['a lock', { status: 403, body: { message: 'Unable to create comment because issue is locked.' } }, 'locked'],
    ['a token that is none', { status: 401 }, 'does not accept the token'],
    ['a refusal', { status: 422 }, 'refused the comment (status 422)'],
  ] as const)('warns of %s and quotes nothing of the answer', async (_, reply, words) => {
    const { outcome } = await keep({ 'GET 7': pull, 'GET comments': noComments, 'POST comments': reply })
    expect(outcome).toMatchObject({ kind: 'failed', warning: expect.stringContaining(words) })
    expect(JSON.stringify(outcome)).not.toContain('canary')
  })

  it('takes the token to no other place', async () => {
    const redirect: Reply = { status: 307, headers: { location: '/elsewhere' } }
    const { outcome, seen } = await keep({ 'GET 7': redirect, 'GET elsewhere': pull, 'GET comments': noComments })
    expect(outcome).toMatchObject({ kind: 'failed', warning: expect.stringContaining('could not be reached') })
    expect(seen).toEqual(['GET 7', 'GET 7'])
  })

  it('tries again once, from the start, so that a comment that was written after all is found', async () => {
    const { outcome, seen } = await keep({
      'GET 7': pull,
      'GET comments': [noComments, { status: 200, body: [{ ...own, body: `${marker}\nFailed.` }] }],
      'POST comments': [{ status: 502 }],
      'POST graphql': { status: 200, body: { data: { viewer: { login: 'zen-app[bot]' } } } },
    })
    expect(outcome).toEqual({ kind: 'unchanged', url: own.html_url })
    expect(seen).toEqual(['GET 7', 'GET comments', 'POST comments', 'GET 7', 'GET comments', 'POST graphql'])
  })

  it.each([
    ['an outage', { status: 503 }],
    ['a lost connection', { status: 0, drop: true }],
  ] as const)('gives up after two tries of %s', async (_, reply) => {
    const { outcome, seen } = await keep({ 'GET 7': reply })
    expect(outcome).toMatchObject({ kind: 'failed', warning: expect.stringContaining("GitHub's API") })
    expect(seen).toEqual(['GET 7', 'GET 7'])
  })

  const found: Script = { 'GET 7': pull, 'GET comments': { status: 200, body: [own] }, 'PATCH 9': written }

  it('knows the account of an app, which GET /user would refuse to name', async () => {
    const { outcome, seen } = await keep({
      ...found,
      'POST graphql': { status: 200, body: { data: { viewer: { login: 'zen-app[bot]' } } } },
    })
    expect(outcome).toEqual({ kind: 'written', url: own.html_url })
    expect(seen).toEqual(['GET 7', 'GET comments', 'POST graphql', 'PATCH 9'])
  })

  it.each([
    ['404', { status: 404 }],
    ['403', { status: 403 }],
    ['an error of its own', { status: 200, body: { errors: [{ type: 'FORBIDDEN' }] } }],
  ] as const)('asks for the user where GraphQL answers %s', async (_, reply) => {
    const user = { status: 200, body: { login: 'Zen-App[bot]' } }
    const { outcome } = await keep({ ...found, 'POST graphql': reply, 'GET user': user })
    expect(outcome).toEqual({ kind: 'written', url: own.html_url })
  })

  it("takes a token that has no account to name for the workflow's own", async () => {
    const { outcome, seen } = await keep({
      ...found,
      'GET comments': { status: 200, body: [{ ...own, user: { login: 'github-actions[bot]' } }] },
      'POST graphql': { status: 404 },
      'GET user': { status: 403 },
    })
    expect(outcome).toEqual({ kind: 'written', url: own.html_url })
    expect(seen).toEqual(['GET 7', 'GET comments', 'POST graphql', 'GET user', 'PATCH 9'])
  })

  it('writes nothing while it cannot tell which comments are its own', async () => {
    const { outcome, seen } = await keep({ ...found, 'POST graphql': { status: 502 } })
    expect(outcome).toMatchObject({ kind: 'failed' })
    expect(seen.filter(name => name.startsWith('PATCH') || name === 'POST comments')).toEqual([])
  })

  it('passes over comments that are not of the documented shape, and those of deleted accounts', async () => {
    const odd = [null, 1, {}, { ...own, body: null }, { ...own, user: null }]
    const { outcome } = await keep({
      'GET 7': pull,
      'GET comments': { status: 200, body: odd },
      'POST graphql': { status: 200, body: { data: { viewer: { login: 'zen-app[bot]' } } } },
      'POST comments': { status: 201, body: own },
    })
    expect(outcome).toEqual({ kind: 'written', url: own.html_url })
  })

  it('gives up on a list of comments that never ends', async () => {
    const link = '<http://127.0.0.1/next>; rel="next"'
    const endless: Reply = { status: 200, headers: { link }, body: [{ ...own, body: 'x' }] }
    const { outcome, seen } = await keep({ 'GET 7': pull, 'GET comments': endless })
    expect(outcome).toMatchObject({ kind: 'failed', warning: expect.stringContaining('more than 10,000 comments') })
    expect(seen).toHaveLength(101)
  })

  it('speaks to GitHub Enterprise Server where its API is', async () => {
    const { seen } = await keep(
      { ...found, 'POST graphql': { status: 200, body: { data: { viewer: { login: 'zen-app[bot]' } } } } },
      '/api/v3',
    )
    expect(seen).toEqual([
      'GET /api/v3/repos/acme/stacks/pulls/7',
      'GET /api/v3/repos/acme/stacks/issues/7/comments',
      'POST /api/graphql',
      'PATCH /api/v3/repos/acme/stacks/issues/comments/9',
    ])
  })
})
