import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startZenml, stopZenml, type ZenmlServer } from '../../scripts/servers/zenml.ts'
import type { SecretStore } from '../../src/backends/secret-store.ts'
import { openZenmlStore } from '../../src/backends/zenml/store.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { never, newSecret, troubleOf } from '../backends/manager-store.ts'
import { describeStoreContract, texts } from '../backends/store-contract.ts'
import { type CountingProxy, countingProxy } from './counting-proxy.ts'
import { openSession, type Session } from './zenml-client/session.ts'
import { type ZenmlStore, zenmlStore } from './zenml-store.ts'

let server: ZenmlServer
let filled: ZenmlStore
let proxy: CountingProxy
let session: Session

beforeAll(async () => {
  server = await startZenml({ rbac: true })
  filled = await zenmlStore(server)
  proxy = await countingProxy(server.url)
  const python = join(dirname(server.client), 'python')
  const env = { ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: server.apiKey }
  session = openSession({ name: 'secret-store', python, env })
})

afterAll(async () => {
  session.close()
  await proxy.close()
  stopZenml(server)
})

function storeOf(): SecretStore {
  const token = new Concealed(filled.tokens.caller)
  const none = { apiKey: undefined, username: undefined, password: undefined, verifySsl: undefined }
  return openZenmlStore({ url: proxy.url, token, ...none }, { environment: {} })
}

describeStoreContract('zenml, over a real server', async () => {
  await filled.fill([])
  return {
    create: () => storeOf(),
    legalNames: [
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
      '𝔘'.repeat(255),
    ],
    illegalNames: ['x'.repeat(256), '𝔘'.repeat(256), '\ud800'],
    keepsSchema: false,
    cleanup: () => undefined,
  }
})

describe('the zenml store on a real server', () => {
  beforeEach(async () => {
    await filled.fill([])
    proxy.requests.length = 0
  })

  it("is read by ZenML's own client, every value as it was registered", async () => {
    await storeOf().create({ name: 'ours', values: texts, schema: 'arbitrary', isPrivate: false }, never())
    await session.zenml('secret', 'get', 'ours')
    expect(await session.values('ours')).toEqual(texts)
    const change = { set: new Map([['plain', 'new']]), remove: new Set(['digits', 'absent']) }
    await storeOf().update('ours', change, never())
    const changed = new Map([...texts, ['plain', 'new']])
    changed.delete('digits')
    expect(await session.values('ours')).toEqual(changed)
    await storeOf().rename?.('ours', 'renamed', never())
    expect(await session.values('renamed')).toEqual(changed)
    await storeOf().delete('renamed', never())
    await expect(session.zenml('secret', 'get', 'renamed')).rejects.toThrow(/Could not find a secret/)
  })

  it("reads what ZenML's own commands make and change", async () => {
    const store = storeOf()
    await session.zenml('secret', 'create', 'theirs', '--a=1', '--b=', '--c=x=y {{z.k}}')
    await session.zenml('secret', 'create', 'theirs', '--private', '--own=1')
    expect(await store.read('theirs', never())).toEqual({
      name: 'theirs',
      values: new Map([
        ['a', '1'],
        ['b', ''],
        ['c', 'x=y {{z.k}}'],
      ]),
      schema: undefined,
      isPrivate: false,
    })
    await session.zenml('secret', 'update', 'theirs', '--private=false', '--a=2', '-r', 'b')
    expect((await store.read('theirs', never()))?.values.get('a')).toBe('2')
    expect((await store.list(never())).map(({ name, scope }) => [name, scope])).toEqual([
      ['theirs', 'public'],
      ['theirs', 'private'],
    ])
    await session.zenml('secret', 'delete', 'theirs', '-y')
    await store.delete('theirs', never())
    expect(await store.list(never())).toEqual([])
  })

  it('tells when a secret was made and changed', async () => {
    const store = storeOf()
    const before = Date.now()
    await store.create(newSecret('a', { k: '1' }), never())
    const [listed] = await store.list(never())
    expect(Date.parse(listed?.created ?? '')).toBeGreaterThan(before - 2_000)
    expect(Date.parse(listed?.updated ?? '')).toBeLessThan(Date.now() + 2_000)
  })

  it('keeps private and public secrets apart', async () => {
    const store = storeOf()
    await store.create({ ...newSecret('a', { k: 'own' }), isPrivate: true }, never())
    await store.create(newSecret('a', { k: 'all' }), never())
    const turn = { set: new Map(), remove: new Set<string>(), isPrivate: true }
    expect((await troubleOf(store.update('a', turn, never()))).trouble).toBe('exists')
    await store.delete('a', never())
    expect((await store.read('a', never()))?.isPrivate).toBe(true)
    await store.update('a', { ...turn, isPrivate: false }, never())
    expect((await store.read('a', never()))?.isPrivate).toBe(false)
  })

  it('lets nobody but its owner say whether a secret is private, and anybody change a public one', async () => {
    await filled.fill([{ name: 'a', values: { k: '1' }, private: false, by: 'other' }])
    const store = storeOf()
    const change = { set: new Map([['k', '2']]), remove: new Set<string>() }
    await store.update('a', { ...change, isPrivate: false }, never())
    expect((await store.read('a', never()))?.values.get('k')).toBe('2')
    expect((await troubleOf(store.update('a', { ...change, isPrivate: true }, never()))).trouble).toBe('denied')
    await store.rename?.('a', 'b', never())
    await store.delete('b', never())
  })

  it("sees nothing of another user's private secret", async () => {
    await filled.fill([{ name: 'a', values: { k: '1' }, private: true, by: 'other' }])
    expect(await storeOf().read('a', never())).toBeUndefined()
    expect((await troubleOf(storeOf().delete('a', never()))).trouble).toBe('absent')
  })

  it('renames onto no name that is taken', async () => {
    const store = storeOf()
    for (const name of ['a', 'b']) await store.create(newSecret(name, { k: name }), never())
    expect((await troubleOf(store.rename?.('a', 'b', never()) ?? Promise.resolve())).trouble).toBe('exists')
    expect((await store.read('a', never()))?.values.get('k')).toBe('a')
  })

  it('holds 65,536 bytes, and refuses one more as the server does', async () => {
    const store = storeOf()
    await store.create(newSecret('full', { k: 'x'.repeat(65_535) }), never())
    expect((await store.read('full', never()))?.values.get('k')).toHaveLength(65_535)
    expect((await troubleOf(store.create(newSecret('over', { k: 'x'.repeat(65_536) }), never()))).trouble).toBe(
      'illegal-values',
    )
    const change = { set: new Map([['l', 'x']]), remove: new Set<string>() }
    expect((await troubleOf(store.update('full', change, never()))).trouble).toBe('illegal-values')
    expect((await store.read('full', never()))?.values.size).toBe(1)
  })

  it('may not see values that the identity is kept from, and does not take them for empty', async () => {
    await filled.fill([{ name: 'a', values: { k: '1', l: '2' }, private: false, by: 'other' }])
    await withDenied(['secret:read_secret_value'], async () => {
      expect((await troubleOf(storeOf().read('a', never()))).trouble).toBe('denied')
      const change = { set: new Map([['k', 'new']]), remove: new Set<string>() }
      await storeOf().update('a', change, never())
    })
    const values = (await storeOf().read('a', never()))?.values
    expect(values).toEqual(
      new Map([
        ['k', 'new'],
        ['l', '2'],
      ]),
    )
  })

  it('says what the identity may not do', async () => {
    await filled.fill([{ name: 'a', values: { k: '1' }, private: false, by: 'other' }])
    await withDenied(['secret:create', 'secret:update', 'secret:delete'], async () => {
      const store = storeOf()
      const acts = {
        create: () => store.create(newSecret('b', { k: '1' }), never()),
        update: () => store.update('a', { set: new Map([['k', '2']]), remove: new Set() }, never()),
        delete: () => store.delete('a', never()),
      }
      for (const [method, act] of Object.entries(acts)) {
        expect([method, (await troubleOf(act())).trouble]).toEqual([method, 'denied'])
      }
    })
    expect((await storeOf().read('a', never()))?.values.get('k')).toBe('1')
  })

  it('lists a thousand secrets with one request, and registers a hundred with one each', async () => {
    await filled.fillMany(
      Array.from({ length: 1_000 }, (_, index) => ({
        name: `s${index}`,
        values: { k: '1' },
        private: false,
        by: 'caller',
      })),
    )
    const store = storeOf()
    expect(await store.list(never())).toHaveLength(1_000)
    // One more asks what server it is.
    expect(proxy.requests).toHaveLength(2)
    for (let number = 0; number < 100; number++) await store.create(newSecret(`new${number}`, { k: '1' }), never())
    expect(proxy.requests).toHaveLength(102)
  })
})

async function withDenied(deny: readonly string[], act: () => Promise<void>): Promise<void> {
  const policy = server.rbacPolicy ?? ''
  writeFileSync(policy, JSON.stringify({ deny }))
  try {
    await act()
  } finally {
    writeFileSync(policy, '{"deny": []}')
  }
}
