import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GithubServer, startGithub } from '../../scripts/servers/github.ts'
import { createGithubBackend } from '../../src/backends/github/github.ts'
import { openGithubStore } from '../../src/backends/github/store.ts'
import type { SecretStore } from '../../src/backends/secret-store.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { never, newSecret, troubleOf } from '../backends/manager-store.ts'
import { makeBoxKeys, openSealedBox } from '../backends/open-sealed-box.ts'
import { type Service, sendJson, startService } from '../http/service.ts'

const keys = makeBoxKeys()
/** What was in the boxes, by the name of the secret. */
const opened = new Map<string, string>()

let emulated: GithubServer
let github: Service

beforeAll(async () => {
  emulated = await startGithub()
  github = await startKeyHolder(emulated.url)
})

beforeEach(async () => {
  for (const { name } of await storeOf().list(never())) await storeOf().delete(name, never())
  opened.clear()
  github.requests.length = 0
})

afterAll(async () => {
  await github.close()
  await emulated.close()
})

/** Adds to an emulator what it lacks: the key of a repository, and somebody who opens what was encrypted with it. */
function startKeyHolder(target: string): Promise<Service> {
  return startService(async (response, { method, url, headers, body }) => {
    if (url.endsWith('/public-key')) return sendJson(response, { key_id: '7', key: keys.publicKey })
    if (method === 'PUT') {
      const { encrypted_value: box, key_id: id } = JSON.parse(body)
      const text = id === '7' ? openSealedBox(box, keys) : undefined
      if (text === undefined) return sendJson(response, { message: 'public key is invalid' }, 422)
      opened.set(url.split('/').at(-1) ?? '', text)
    }
    const sent = { method, headers: { authorization: headers.authorization ?? '' }, body: body === '' ? null : body }
    const answer = await fetch(`${target}${url}`, sent)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    response.end(await answer.text())
  })
}

const options = () => ({ repository: emulated.repository, token: new Concealed('github-token') })

function storeOf(repository = emulated.repository): SecretStore {
  return openGithubStore({ ...options(), repository }, { environment: { GITHUB_API_URL: github.url } })
}

describe('the github store on an emulated GitHub', () => {
  it('registers what ZenML reads in a job that maps it', async () => {
    await storeOf().create(newSecret('db_creds', { user: 'ann', password: 'x y"ж' }), never())
    const json = '{"schema": "arbitrary", "content": {"user": "ann", "password": "x y\\"\\u0436"}}'
    expect([...opened]).toEqual([['__ZENML__DB_CREDS', Buffer.from(json).toString('base64')]])
    const environment = { GITHUB_ACTIONS: 'true', ...Object.fromEntries(opened) }
    const answers = await createGithubBackend(options(), { environment }).lookUp(['db_creds'], 'keys', never())
    expect(answers.get('db_creds')).toEqual({ kind: 'found', keys: new Set(['user', 'password']) })
  })

  it('is found by its name', async () => {
    await storeOf().create(newSecret('db_creds', { a: '1' }), never())
    const backend = createGithubBackend(options(), { environment: { GITHUB_API_URL: emulated.url } })
    expect((await backend.lookUp(['db_creds'], 'names', never())).get('db_creds')?.kind).toBe('found')
    const [listed, ...others] = await storeOf().list(never())
    expect([listed?.name, listed?.scope, others]).toEqual(['DB_CREDS', 'none', []])
    expect(Date.parse(listed?.created ?? '')).toBeGreaterThan(Date.now() - 60_000)
  })

  it('refuses a name that is taken, and deletes it', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { k: '1' }), never())
    const text = opened.get('__ZENML__A')
    expect((await troubleOf(store.create(newSecret('A', { k: '2' }), never()))).trouble).toBe('exists')
    expect(opened.get('__ZENML__A')).toBe(text)
    await store.delete('a', never())
    expect((await troubleOf(store.delete('a', never()))).trouble).toBe('absent')
    expect(await store.list(never())).toEqual([])
    await store.create(newSecret('a', { k: '2' }), never())
    expect(opened.get('__ZENML__A')).not.toBe(text)
  })

  it('registers a hundred secrets with two requests each and one for the key', async () => {
    const store = storeOf()
    for (let number = 0; number < 100; number++) await store.create(newSecret(`s${number}`, { k: '1' }), never())
    expect(github.requests).toHaveLength(201)
    expect(opened.size).toBe(100)
  })

  it('says so where the repository is not there', async () => {
    expect((await troubleOf(storeOf('acme/other').list(never()))).message).toContain('has no repository "acme/other"')
  })
})
