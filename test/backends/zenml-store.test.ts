import { afterEach, describe, expect, it } from 'vitest'
import type { SecretStore } from '../../src/backends/secret-store.ts'
import type { ZenmlOptions } from '../../src/backends/zenml/options.ts'
import { openZenmlStore } from '../../src/backends/zenml/store.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { type Received, type Service, sendJson } from '../http/service.ts'
import { type FakeOptions, fakeKey, type Instead, startFakeZenml } from '../zenml/fake-server.ts'
import { replay } from '../zenml/golden.ts'
import { canaryValue, everyMethod, never, newSecret, troubleOf } from './manager-store.ts'
import { describeStoreContract } from './store-contract.ts'

const services: Service[] = []
const closeAll = async () => {
  await Promise.all(services.splice(0).map(service => service.close()))
}

async function serve(options: FakeOptions = {}): Promise<{ readonly store: SecretStore; readonly service: Service }> {
  const service = await startFakeZenml(options)
  services.push(service)
  return { store: storeAt(service.url), service }
}

function storeAt(url: string, options: Partial<ZenmlOptions> = {}): SecretStore {
  const given = { url, apiKey: new Concealed(fakeKey), token: undefined, username: undefined, password: undefined }
  const http = { seams: { sleep: async () => undefined }, timeout: 1_000 }
  return openZenmlStore({ ...given, verifySsl: undefined, ...options }, { environment: {} }, http)
}

const requestsOf = ({ requests }: Service) =>
  requests.map(({ method, url }) => `${method} ${url.replace(/^\/api\/v1/, '').replace(/[?].*/, '')}`)

const legalNames = [
  '',
  ' ',
  'with.dot',
  'a/b',
  '..',
  'contains:x',
  'oneof:["a"]',
  '{{a.b}}',
  'ключ',
  '𝔘',
  'a\0b',
  '__proto__',
  'x'.repeat(255),
]
const illegalNames = ['x'.repeat(256), '𝔘'.repeat(256), 'half \ud800 a character']

describeStoreContract('zenml, in this process', async () => {
  const { store } = await serve()
  return { create: () => store, legalNames, illegalNames, keepsSchema: false, cleanup: closeAll }
})

describe('the zenml store', () => {
  afterEach(closeAll)

  const twins = [
    { name: 'both', values: { k: 'own' }, private: true },
    { name: 'both', values: { k: 'all' } },
    { name: 'mine', values: { k: 'own' }, private: true },
  ]
  const readAll = async (store: SecretStore, names: readonly string[]) => {
    const read = await Promise.all(names.map(name => store.read(name, never())))
    return read.map(secret => secret && [secret.values.get('k'), secret.isPrivate])
  }

  it('takes the public secret before the own one', async () => {
    const { store } = await serve({ secrets: twins })
    expect(await readAll(store, ['both', 'mine'])).toEqual([
      ['all', false],
      ['own', true],
    ])
    await store.update('both', { set: new Map([['k', 'new']]), remove: new Set() }, never())
    await store.delete('mine', never())
    expect(await readAll(store, ['both', 'mine'])).toEqual([['new', false], undefined])
    await store.delete('both', never())
    expect(await readAll(store, ['both'])).toEqual([['own', true]])
  })

  it('registers a private secret beside a public one', async () => {
    const { store, service } = await serve()
    await store.create({ ...newSecret('a', { k: '1' }), isPrivate: true }, never())
    await store.create(newSecret('a', { k: '2' }), never())
    expect((await store.list(never())).map(({ name, scope }) => [name, scope])).toEqual([
      ['a', 'public'],
      ['a', 'private'],
    ])
    const sent = service.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/secrets'))
    expect(sent.map(({ body }) => JSON.parse(body))).toEqual([
      { name: 'a', values: { k: '1' }, private: true },
      { name: 'a', values: { k: '2' }, private: false },
    ])
  })

  it('lists names, scopes and ages, and no numbers of keys, which the server keeps to itself', async () => {
    const { store } = await serve({ secrets: twins })
    const dates = { created: '2026-11-23T18:46:40.359Z', updated: '2026-11-23T18:46:44.244Z' }
    expect(await store.list(never())).toEqual([
      { name: 'both', keys: undefined, scope: 'public', ...dates },
      { name: 'both', keys: undefined, scope: 'private', ...dates },
      { name: 'mine', keys: undefined, scope: 'private', ...dates },
    ])
  })

  it('changes what is private where it is asked for, and says nothing of it where it stays', async () => {
    const { store, service } = await serve({ secrets: [{ name: 'a', values: { k: '1' } }] })
    const change = (isPrivate: boolean) => ({ set: new Map(), remove: new Set<string>(), isPrivate })
    await store.update('a', change(false), never())
    expect(service.requests.filter(({ method }) => method === 'PUT')).toEqual([])
    await store.update('a', change(true), never())
    expect((await store.read('a', never()))?.isPrivate).toBe(true)
    const foreign = await serve({ secrets: [{ name: 'a', values: { k: '1' }, foreign: true }] })
    const error = await troubleOf(foreign.store.update('a', change(true), never()))
    expect([error.trouble, error.message]).toEqual(['denied', expect.stringContaining('only its owner')])
  })

  it('takes a key away that is not there', async () => {
    const { store } = await serve({ secrets: [{ name: 'a', values: { k: '1' } }] })
    await store.update('a', { set: new Map(), remove: new Set(['x']) }, never())
    expect((await store.read('a', never()))?.values).toEqual(new Map([['k', '1']]))
  })

  it('keeps keys that are names of JavaScript', async () => {
    const { store } = await serve()
    const values = new Map([
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['toString', 't'],
    ])
    await store.create({ name: 'a', values, schema: 'arbitrary', isPrivate: false }, never())
    expect((await store.read('a', never()))?.values).toEqual(values)
  })

  it('renames a secret, and keeps all that is in it', async () => {
    const { store, service } = await serve({ secrets: [...twins, { name: 'old', values: { k: 'kept' } }] })
    await store.rename?.('old', 'new', never())
    expect(await readAll(store, ['old', 'new'])).toEqual([undefined, ['kept', false]])
    expect(service.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([
      '{"name":"new"}',
    ])
  })

  it.each([
    ['onto a name that is taken', 'new', 'both', 'exists'],
    ['onto its own name', 'new', 'new', 'exists'],
    ['from a name that is not there', 'absent', 'other', 'absent'],
    ['to a name that no server can hold', 'new', 'x'.repeat(256), 'illegal-name'],
  ])('renames nothing %s', async (_, from, to, trouble) => {
    const secrets = [...twins, { name: 'new', values: { k: 'kept' } }]
    const { store } = await serve({ secrets })
    expect((await troubleOf(store.rename?.(from, to, never()) ?? Promise.resolve())).trouble).toBe(trouble)
    expect(await readAll(store, ['new', 'both'])).toEqual([
      ['kept', false],
      ['all', false],
    ])
  })

  it('takes no other spelling for a name, though MySQL does', async () => {
    const secrets = [{ name: 'AWS', values: { k: '1' } }]
    const { store } = await serve({ mysql: true, info: { database_type: 'mysql' }, secrets })
    expect(await readAll(store, ['aws', 'AWS'])).toEqual([undefined, ['1', false]])
    expect((await troubleOf(store.delete('aws', never()))).trouble).toBe('absent')
  })

  it('never takes a hidden value for an empty one', async () => {
    const { store } = await serve({ secrets: [{ name: 'a', values: { seen: 'x', hidden: null } }] })
    const error = await troubleOf(store.read('a', never()))
    expect([error.trouble, error.message]).toEqual(['denied', expect.stringContaining('not its values')])
  })

  it('says where an identity may be kept from a secret that seems absent', async () => {
    const { store } = await serve({ info: { deployment_type: 'cloud' } })
    expect((await troubleOf(store.delete('a', never()))).message).toContain('or the identity may not see it')
  })

  it.each([
    ['more than 64 KiB of values', 'x'.repeat(65_536)],
    ['more than 64 KiB in UTF-8', 'ж'.repeat(32_768)],
    ['half a character', '\ud800'],
  ])('refuses %s before anything is sent', async (_, value) => {
    const { store, service } = await serve({ secrets: [{ name: 'a', values: { k: '1' } }] })
    expect((await troubleOf(store.create(newSecret('b', { k: value }), never()))).trouble).toBe('illegal-values')
    const change = { set: new Map([['k', value]]), remove: new Set<string>() }
    expect((await troubleOf(store.update('a', change, never()))).trouble).toBe('illegal-values')
    expect(requestsOf(service)).toEqual(['GET /info', 'POST /login'])
  })

  it('says so where what is added makes a secret too large', async () => {
    const { store } = await serve({ secrets: [{ name: 'a', values: { k: 'x'.repeat(40_000) } }] })
    const change = { set: new Map([['l', canaryValue.repeat(2_000)]]), remove: new Set<string>() }
    expect((await troubleOf(store.update('a', change, never()))).trouble).toBe('illegal-values')
  })

  it('reads an old server and writes nothing to it', async () => {
    const options = { old: true, plainOneof: true, info: { version: '0.58.2' }, secrets: twins }
    const { store, service } = await serve(options)
    expect(await readAll(store, ['both', 'mine'])).toEqual([
      ['own', true],
      ['own', true],
    ])
    expect((await store.list(never())).map(({ scope }) => scope)).toEqual(['public', 'private', 'private'])
    for (const method of ['create', 'update', 'delete'] as const) {
      const error = await troubleOf(everyMethod[method](store))
      expect([error.trouble, error.message]).toEqual(['unsupported', expect.stringContaining('0.58.2')])
    }
    expect((await troubleOf(store.rename?.('mine', 'x', never()) ?? Promise.resolve())).trouble).toBe('unsupported')
    expect(service.requests.filter(({ method }) => method !== 'GET').map(({ url }) => url)).toEqual(['/api/v1/login'])
  })

  it('lists a thousand secrets with one request, and takes one to register', async () => {
    const secrets = Array.from({ length: 1_000 }, (_, index) => ({ name: `s${index}`, values: {} }))
    const { store, service } = await serve({ secrets })
    expect(await store.list(never())).toHaveLength(1_000)
    expect(requestsOf(service)).toEqual(['GET /info', 'POST /login', 'GET /secrets'])
    service.requests.length = 0
    for (let number = 0; number < 100; number++) await store.create(newSecret(`new${number}`, { k: '1' }), never())
    expect(requestsOf(service)).toEqual(Array(100).fill('POST /secrets'))
  })

  it('takes two requests to read, change, rename or delete', async () => {
    const { store, service } = await serve({ secrets: [{ name: 'a', values: { k: '1' } }] })
    await store.list(never())
    const id = '/secrets/00000000-0000-4000-8000-000000000000'
    const acts = {
      GET: () => store.read('a', never()),
      PUT: () => store.update('a', { set: new Map([['k', '2']]), remove: new Set() }, never()),
      DELETE: () => store.delete('a', never()),
    }
    for (const [method, act] of Object.entries(acts)) {
      service.requests.length = 0
      await act()
      expect(requestsOf(service)).toEqual(['GET /secrets', `${method} ${id}`])
    }
  })

  it.each([
    ['no address', { url: '' }],
    ['an address without TLS', { url: 'http://zenml.example.com' }],
    ['certificates unchecked', { verifySsl: 'false' }],
  ])('is not opened with %s', (_, options) => {
    expect(() => storeAt('https://zenml.example.com', options)).toThrow(
      expect.objectContaining({ name: 'SecretStoreError', trouble: 'failed' }),
    )
  })
})

describe('the zenml store, where the server fails', () => {
  afterEach(closeAll)

  const secrets = ['held', 'other', 'gone'].map(name => ({ name, values: { a: '1' } }))
  /** Does something else with requests for secrets. */
  const insteadOf =
    (act: (...call: Parameters<Instead>) => void): Instead =>
    (response, request, path) => {
      if (!path.startsWith('/api/v1/secrets')) return false
      act(response, request, path)
      return true
    }
  const echo = { detail: ['ValueError', `canary ${canaryValue} ${fakeKey}`] }

  it.each([
    ['denies', insteadOf(response => replay(response, 'rbac-read-denied-get')), 'denied'],
    ['fails', insteadOf(response => sendJson(response, echo, 500)), 'unreachable'],
    ['is busy', insteadOf(response => sendJson(response, echo, 429)), 'unreachable'],
    ['cuts the connection', insteadOf(response => void response.destroy()), 'unreachable'],
    ['gives a web page', insteadOf(response => replay(response, 'html-outside-api')), 'unreachable'],
    ['redirects', insteadOf(response => void response.writeHead(302, { location: '/x' }).end()), 'unreachable'],
    ['takes no token', insteadOf(response => replay(response, 'token-bad-signature')), 'unreachable'],
    ['has no store', insteadOf(response => replay(response, 'store-none-get')), 'unsupported'],
  ])('as it %s, says why', async (_, instead, trouble) => {
    for (const [method, act] of Object.entries(everyMethod)) {
      const { store } = await serve({ secrets, instead })
      expect([method, (await troubleOf(act(store))).trouble]).toEqual([method, trouble])
    }
  })

  it('says so where its store is switched off, or where the key is wrong', async () => {
    for (const act of Object.values(everyMethod)) {
      const { store, service } = await serve({ info: { secrets_store_type: 'none' } })
      expect((await troubleOf(act(store))).trouble).toBe('unsupported')
      const wrong = storeAt(service.url, { apiKey: new Concealed('canary-wrong-key') })
      expect((await troubleOf(act(wrong))).message).not.toContain('canary')
    }
  })

  /** Does what is asked the given number of times, and gives no answer. */
  const deaf = (method: string, status: number | undefined): { readonly instead: Instead; heard: Received[] } => {
    const heard: Received[] = []
    const instead: Instead = (response, request, path) => {
      if (request.method !== method || !path.startsWith('/api/v1/secrets')) return false
      heard.push(request)
      if (status === undefined) response.destroy()
      else sendJson(response, echo, status)
      return true
    }
    return { instead, heard }
  }

  it.each([undefined, 502])(
    'registers once, and says that nobody knows, where the answer is lost (%s)',
    async status => {
      const { instead, heard } = deaf('POST', status)
      const { store } = await serve({ instead })
      const error = await troubleOf(everyMethod.create(store))
      expect([error.trouble, error.message]).toEqual(['unreachable', expect.stringContaining('is not known')])
      expect(heard).toHaveLength(1)
    },
  )

  it.each(['PUT', 'DELETE'])('tries a %s again, which done twice is as good as once', async method => {
    const { instead, heard } = deaf(method, 503)
    const { store } = await serve({ secrets, instead })
    const error = await troubleOf(method === 'PUT' ? everyMethod.update(store) : everyMethod.delete(store))
    expect([error.trouble, error.message]).toEqual(['unreachable', expect.stringContaining('is not known')])
    expect(heard).toHaveLength(4)
  })

  it('takes a deletion for done whose first try was heard', async () => {
    const instead: Instead = (response, { method }) => {
      if (method !== 'DELETE') return false
      replay(response, 'secret-get-unknown')
      return true
    }
    const { store } = await serve({ secrets, instead })
    await store.delete('gone', never())
  })

  it('says so of a secret that is listed and cannot be read', async () => {
    const instead: Instead = (response, { method }, path) => {
      if (method === 'GET' && !/secrets\/./.test(path)) return false
      if (method === 'POST') return false
      replay(response, 'secret-get-unknown')
      return true
    }
    const { store } = await serve({ secrets, instead })
    expect((await troubleOf(everyMethod.read(store))).trouble).toBe('failed')
    expect((await troubleOf(everyMethod.update(store))).trouble).toBe('failed')
  })

  it.each([
    ['no values', { id: '00000000-0000-4000-8000-000000000000', name: 'held' }],
    ['values that are no texts', { body: { values: { a: { canary: 1 } } } }],
    ['a list', ['canary']],
  ])('reads nothing from %s', async (_, json) => {
    const instead: Instead = (response, _request, path) => {
      if (!/secrets\/./.test(path)) return false
      sendJson(response, json)
      return true
    }
    const { store } = await serve({ secrets, instead })
    expect((await troubleOf(everyMethod.read(store))).trouble).toBe('unreachable')
  })

  it('logs in again for a change where the login has ended, and makes it once', async () => {
    let ended = false
    const instead: Instead = (response, { method }, path) => {
      if (ended || method !== 'POST' || path !== '/api/v1/secrets') return false
      ended = true
      replay(response, 'token-bad-signature')
      return true
    }
    const { store, service } = await serve({ instead })
    await store.create(newSecret('a', { k: '1' }), never())
    expect(requestsOf(service)).toEqual(['GET /info', 'POST /login', 'POST /secrets', 'POST /login', 'POST /secrets'])
  })
})
