import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HttpFault } from '../../scripts/servers/contract-fake.ts'
import { createGithubBackend } from '../../src/backends/github/github.ts'
import { seal } from '../../src/backends/github/sealed-box.ts'
import { openGithubStore } from '../../src/backends/github/store.ts'
import type { SecretStore } from '../../src/backends/secret-store.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { type FakeGithub, githubToken, startFakeGithub } from './github-fake.ts'
import { canaryValue, never, newSecret, troubleOf } from './manager-store.ts'
import { makeBoxKeys, openSealedBox } from './open-sealed-box.ts'

let fake: FakeGithub

beforeAll(async () => {
  fake = await startFakeGithub()
})

afterEach(() => {
  fake.clear()
  fake.texts.clear()
})

afterAll(() => fake.close())

function storeOf({ repository = 'acme/app', token = githubToken } = {}): SecretStore {
  const seams = { sleep: async () => undefined }
  const environment = { GITHUB_API_URL: fake.url }
  return openGithubStore({ repository, token: new Concealed(token) }, { environment }, seams)
}

const secrets = 'GET /repos/acme/app/actions/secrets'
const put = 'PUT /repos/acme/app/actions/secrets'

describe('a sealed box', () => {
  const golden = join(import.meta.dirname, '../fixtures/github/sealed-box-libsodium-0.8.4.json')
  const made: Readonly<Record<'publicKey' | 'privateKey' | 'text' | 'box', string>> = JSON.parse(
    readFileSync(golden, 'utf8'),
  )

  it('made by libsodium is opened here, so that what opens ours is no way of our own', () => {
    expect(openSealedBox(made.box, made)).toBe(made.text)
  })

  it.each([
    ['no text', ''],
    ['a letter', 'x'],
    ['text in UTF-8', 'ключ 🔑'],
    ['48 KB', 'y'.repeat(49_152)],
  ])('holds %s, for one key alone', (_, text) => {
    const keys = makeBoxKeys()
    const box = Buffer.from(seal(text, Buffer.from(keys.publicKey, 'base64')) ?? '')
    expect(box.length).toBe(Buffer.byteLength(text) + 48)
    expect(openSealedBox(box.toString('base64'), keys)).toBe(text)
    expect(openSealedBox(box.toString('base64'), makeBoxKeys())).toBeUndefined()
  })

  it('is another each time', () => {
    const key = Buffer.from(made.publicKey, 'base64')
    expect(seal('x', key)).not.toEqual(seal('x', key))
  })

  it.each([
    ['too short', new Uint8Array(31).fill(9)],
    ['too long', new Uint8Array(33).fill(9)],
    ['of zeros alone', new Uint8Array(32)],
  ])('is not made with a key that is %s', (_, key) => {
    expect(seal('x', key)).toBeUndefined()
  })
})

describe('the github store', () => {
  it('registers a secret byte for byte as ZenML does, encrypted for the repository', async () => {
    const secret = newSecret('mlf_creds', { username: 'admin', password: 'pä"1' })
    await storeOf().create(secret, never())
    const json = '{"schema": "arbitrary", "content": {"username": "admin", "password": "p\\u00e4\\"1"}}'
    expect([...fake.texts]).toEqual([['__ZENML__MLF_CREDS', Buffer.from(json).toString('base64')]])
  })

  it('keeps the schema', async () => {
    await storeOf().create(newSecret('a', { token: '1' }, 'gcp'), never())
    const text = Buffer.from(fake.texts.get('__ZENML__A') ?? '', 'base64').toString()
    expect(text).toBe('{"schema": "gcp", "content": {"token": "1"}}')
  })

  it('is read by what checks stacks, inside a job that maps it', async () => {
    await storeOf().create(newSecret('a', { x: '', __proto__x: '1' }), never())
    const environment = { GITHUB_ACTIONS: 'true', ...Object.fromEntries(fake.texts) }
    const backend = createGithubBackend({ repository: undefined, token: undefined }, { environment })
    const answers = await backend.lookUp(['a'], 'keys', never())
    expect(answers.get('a')).toEqual({ kind: 'found', keys: new Set(['x', '__proto__x']) })
  })

  it('lists what ZenML keeps there by name and age, without a value', async () => {
    for (const name of ['__ZENML__B', '__ZENML__A_1', 'FOREIGN', '__ZENML__']) fake.texts.set(name, 'x')
    const common = {
      keys: undefined,
      scope: 'none',
      created: '2026-01-02T03:04:05.000Z',
      updated: '2026-02-03T04:05:06.000Z',
    }
    expect(await storeOf().list(never())).toEqual([
      { name: 'A_1', ...common },
      { name: 'B', ...common },
    ])
    expect(fake.requests).toEqual([`${secrets}?per_page=100&page=1`])
  })

  it('lists nothing where nothing is', async () => {
    expect(await storeOf().list(never())).toEqual([])
  })

  it.each(['taken', 'TAKEN', 'Taken'])('refuses the name %s of a secret that is there, and leaves it', async name => {
    fake.texts.set('__ZENML__TAKEN', 'old')
    expect((await troubleOf(storeOf().create(newSecret(name, { a: canaryValue }), never()))).trouble).toBe('exists')
    expect([...fake.texts]).toEqual([['__ZENML__TAKEN', 'old']])
  })

  it('deletes a secret, whose name is free then', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    await store.delete('A', never())
    expect(fake.texts.size).toBe(0)
    await store.create(newSecret('a', { x: '2' }), never())
  })

  it('says so when there is nothing to delete', async () => {
    expect((await troubleOf(storeOf().delete('nowhere', never()))).trouble).toBe('absent')
  })

  it('reads and changes nothing, and says why', async () => {
    const store = storeOf()
    expect([store.readsValues, store.updates]).toEqual([false, false])
    const change = { set: new Map([['a', canaryValue]]), remove: new Set<string>() }
    expect((await troubleOf(store.read('a', never()))).trouble).toBe('unsupported')
    expect((await troubleOf(store.update('a', change, never()))).trouble).toBe('unsupported')
    expect(fake.requests).toEqual([])
  })

  it.each(['', 'with-hyphen', 'a.b', 'a b', 'ключ', 'ß', '../x', 'public-key'])(
    'refuses the name "%s", which GitHub cannot hold, and asks nobody',
    async name => {
      const store = storeOf()
      expect(store.refuses(name)).toMatch(/Use another name\.$/)
      expect((await troubleOf(store.create(newSecret(name, { a: '1' }), never()))).trouble).toBe('illegal-name')
      expect((await troubleOf(store.delete(name, never()))).trouble).toBe('illegal-name')
      expect(fake.requests).toEqual([])
    },
  )

  it.each(['a', 'Z_9', '9', '_', 'constructor', '__proto__', 'github_x', 'x'.repeat(200)])(
    'holds a secret of the name %s',
    async name => {
      const store = storeOf()
      expect(store.refuses(name)).toBeUndefined()
      await store.create(newSecret(name, { key: name }), never())
      expect((await store.list(never())).map(listed => listed.name)).toEqual([name.toUpperCase()])
    },
  )

  it.each([
    ['lacks a key of its schema', newSecret('a', { aws_access_key_id: canaryValue }, 'aws')],
    ['has a key that its schema does not know', newSecret('a', { token: '1', x: canaryValue }, 'gcp')],
    ['is of an unknown schema', newSecret('a', { x: canaryValue }, 'nope')],
    ['is longer than GitHub takes', newSecret('a', { x: 'x'.repeat(40_000) })],
  ])('refuses a secret that %s, and asks nobody', async (_, secret) => {
    expect((await troubleOf(storeOf().create(secret, never()))).trouble).toBe('illegal-values')
    expect(fake.requests).toEqual([])
  })

  it('registers a hundred secrets with two requests each and one for the key', async () => {
    const store = storeOf()
    for (let number = 0; number < 100; number++) await store.create(newSecret(`s${number}`, { x: '1' }), never())
    expect(fake.requests).toHaveLength(201)
    expect(await store.list(never())).toHaveLength(100)
    expect(fake.requests).toHaveLength(202)
  })

  it('asks for the key again after it was changed', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    fake.changeKey()
    expect((await troubleOf(store.create(newSecret('b', { x: canaryValue }), never()))).trouble).toBe('failed')
    await store.create(newSecret('b', { x: '1' }), never())
    expect([...fake.texts.keys()]).toEqual(['__ZENML__A', '__ZENML__B'])
  })

  it('tells of a secret that was registered in the same moment', async () => {
    fake.inject({ match: /^GET .*__ZENML__A$/, answer: { status: 404, body: {} } })
    fake.texts.set('__ZENML__A', 'old')
    const error = await troubleOf(storeOf().create(newSecret('a', { x: canaryValue }), never()))
    expect([error.trouble, error.message]).toEqual(['failed', expect.stringContaining('somebody else')])
  })

  it('stops when the run is stopped', async () => {
    const store = storeOf()
    const stopped = AbortSignal.abort()
    await expect(store.list(stopped)).rejects.toThrow()
    await expect(store.create(newSecret('a', { x: '1' }), stopped)).rejects.toThrow()
    await expect(store.delete('a', stopped)).rejects.toThrow()
    expect(fake.requests).toEqual([])
  })

  it.each([
    ['no repository', { repository: '' }],
    ['no token', { token: '' }],
    ['a repository that is none', { repository: 'acme/../x' }],
  ])('is not opened with %s', (_, options) => {
    expect(() => storeOf(options)).toThrow(expect.objectContaining({ name: 'SecretStoreError', trouble: 'failed' }))
  })
})

describe('the github store, where GitHub fails', () => {
  const acts: Readonly<Record<string, (store: SecretStore) => Promise<unknown>>> = {
    list: store => store.list(never()),
    create: store => store.create(newSecret('made', { a: canaryValue }), never()),
    delete: store => store.delete('held', never()),
  }
  const echo = { message: `canary ${githubToken} ${canaryValue}` }
  const answering = (status: number, headers = {}): HttpFault => ({ answer: { status, body: echo, headers } })

  it.each([
    ['may not', answering(403), 'denied'],
    ['has no rate left', answering(403, { 'x-ratelimit-remaining': '0' }), 'unreachable'],
    ['fails', answering(500), 'unreachable'],
    ['cuts the connection', { drop: true }, 'unreachable'],
    ['gives a web page', { answer: { status: 200, body: '<p>canary', type: 'text/html' } }, 'unreachable'],
    ['redirects', answering(302, { location: '/x' }), 'unreachable'],
  ])('as the token %s, says why and leaves all as it was', async (_, fault, trouble) => {
    for (const [method, act] of Object.entries(acts)) {
      fake.texts.set('__ZENML__HELD', 'x')
      fake.inject(fault)
      expect([method, (await troubleOf(act(storeOf()))).trouble]).toEqual([method, trouble])
      expect([...fake.texts]).toEqual([['__ZENML__HELD', 'x']])
    }
  })

  it('names the permission that is missing', async () => {
    fake.inject(answering(403))
    const error = await troubleOf(storeOf().create(newSecret('a', { x: '1' }), never()))
    expect(error.message).toContain('permission "Secrets: write"')
  })

  it.each(Object.keys(acts))('says so at %s where the repository is not there, or hidden', async method => {
    const act = acts[method] ?? (async () => undefined)
    const error = await troubleOf(act(storeOf({ repository: 'acme/other' })))
    expect([error.trouble, error.message]).toEqual(['unreachable', expect.stringContaining('acme/other')])
  })

  it.each(Object.keys(acts))('says so at %s where the token is wrong', async method => {
    const act = acts[method] ?? (async () => undefined)
    expect((await troubleOf(act(storeOf({ token: 'canary-wrong' })))).trouble).toBe('unreachable')
  })

  it.each([
    ['no JSON object', '[]'],
    ['a key that is too short', { key_id: '1', key: 'AAAA' }],
    ['a key that encrypts nothing', { key_id: '1', key: Buffer.alloc(32).toString('base64') }],
    ['a key without an id', { key: Buffer.alloc(32, 9).toString('base64') }],
  ])('sends nothing where it gets %s', async (_, body) => {
    fake.inject({ match: /public-key/, answer: { status: 200, body } })
    const error = await troubleOf(storeOf().create(newSecret('a', { x: canaryValue }), never()))
    expect(error.trouble).toBe('unreachable')
    expect(fake.requests.filter(request => request.startsWith('PUT'))).toEqual([])
  })

  it.each([
    ['cuts the connection', { drop: true }],
    ['loses its answer', { lose: true }],
    ['answers with 502', answering(502)],
  ])('registers once, and says that nobody knows, where it %s', async (_, fault) => {
    fake.inject({ ...fault, match: /^PUT/ })
    const error = await troubleOf(storeOf().create(newSecret('a', { x: canaryValue }), never()))
    expect([error.trouble, error.message]).toEqual(['unreachable', expect.stringContaining('is not known')])
    expect(fake.requests.filter(request => request.startsWith(put))).toHaveLength(1)
  })

  it('tries a deletion again, and takes it for done where the first was heard', async () => {
    fake.texts.set('__ZENML__HELD', 'x')
    fake.inject({ match: /^DELETE/, times: 1, lose: true })
    await storeOf().delete('held', never())
    expect(fake.texts.size).toBe(0)
    expect(fake.requests.filter(request => request.startsWith('DELETE'))).toHaveLength(2)
  })
})
