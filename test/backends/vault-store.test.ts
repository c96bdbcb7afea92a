import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { VaultOptions } from '../../src/backends/vault/options.ts'
import { openVaultStore } from '../../src/backends/vault/store.ts'
import { createVaultBackend } from '../../src/backends/vault/vault.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { sendJson } from '../http/service.ts'
import {
  canaryValue,
  componentId,
  everyTrouble,
  goldenFile,
  managerScopes,
  never,
  newSecret,
  prepare,
  troubleOf,
} from './manager-store.ts'
import { describeStoreContract } from './store-contract.ts'
import { type FakeVault, type FakeVaultState, fakeToken, freshState, startFakeVault } from './vault-fake.ts'
import { vaultOptions } from './vault-options.ts'

let vault: FakeVault

beforeAll(async () => {
  vault = await startFakeVault()
})

afterAll(() => vault.close())

const seams = { sleep: async () => undefined }

function optionsOf(options: Partial<VaultOptions> = {}) {
  return vaultOptions({ url: vault.url, token: new Concealed(fakeToken), componentId, ...options })
}

const storeOf = (options: Partial<VaultOptions> = {}) => openVaultStore(optionsOf(options), { environment: {} }, seams)

for (const version of [1, 2] as const) {
  for (const [scope, options] of Object.entries(managerScopes)) {
    describeStoreContract(`vault, KV version ${version}, scope ${scope}, over a fake`, () => {
      vault.state = { ...freshState(), version }
      return {
        create: () => storeOf(options),
        legalNames: [
          'under_score',
          'with.dot',
          'a+b=c',
          'UPPER',
          'x'.repeat(300),
          '%2e',
          'a?b#c',
          'ключ',
          'a b',
          '...',
        ],
        illegalNames: ['', '.', '..', 'a//b', '../x', 'a/../b', '/a', 'a/'],
        keepsSchema: true,
        cleanup: () => undefined,
      }
    })
  }
}

describe.each([1, 2] as const)('the vault store, KV version %i', version => {
  beforeEach(() => {
    vault.state = { ...freshState(), version }
    vault.requests.length = 0
  })

  const golden = goldenFile('backends-golden-0.22.0.json').vault

  it.each(Object.entries(managerScopes))('writes what ZenML wrote: scope %s', async (scope, options) => {
    const { stored, content } = golden[scope]
    await storeOf(options).create(newSecret('db-creds', content), never())
    const expected = Object.entries<any>(stored).map(([path, payload]) => [path.slice('kv:'.length), payload] as const)
    expect(vault.state.secrets).toEqual(new Map(expected))
    expect((await storeOf(options).read('db-creds', never()))?.values).toEqual(new Map(Object.entries(content)))
  })

  it('is read back by what checks stacks, sub-paths too', async () => {
    await storeOf().create(newSecret('a/b', { x: '1', __proto__x: '' }), never())
    const answers = await createVaultBackend(optionsOf(), { environment: {} }, seams).lookUp(['a/b'], 'keys', never())
    expect(answers.get('a/b')).toEqual({ kind: 'found', keys: new Set(['x', '__proto__x']) })
  })

  it('finds the engine once, and registers with as few requests as can be', async () => {
    const store = storeOf()
    for (let number = 0; number < 100; number++) await store.create(newSecret(`s${number}`, { x: '1' }), never())
    expect(vault.requests).toHaveLength(1 + (version === 2 ? 100 : 200))
    vault.requests.length = 0
    expect(await store.list(never())).toHaveLength(100)
    expect(vault.requests).toHaveLength(1)
  })

  it('takes no token that it is not given, and no mount that is none', async () => {
    const wrong = storeOf({ token: new Concealed('canary-wrong') })
    expect((await troubleOf(wrong.list(never()))).trouble).toBe('unreachable')
    expect((await troubleOf(storeOf({ token: undefined }).list(never()))).trouble).toBe('unreachable')
    expect(() => storeOf({ mount: '../x' })).toThrow(expect.objectContaining({ trouble: 'failed' }))
    expect(() => storeOf({ url: undefined })).toThrow(expect.objectContaining({ trouble: 'failed' }))
  })

  it.each<readonly [string, FakeVaultState['fault'], string]>([
    ['429', response => void sendJson(response, { errors: [canaryValue] }, 429) === undefined, 'unreachable'],
    ['500', response => void sendJson(response, { errors: [canaryValue] }, 500) === undefined, 'unreachable'],
    ['sealed', response => void sendJson(response, { errors: ['Vault is sealed'] }, 503) === undefined, 'unreachable'],
    ['cut off', response => void response.destroy() === undefined, 'unreachable'],
    ['a web page', response => void response.writeHead(200).end(`<p>${canaryValue}`) === undefined, 'unreachable'],
  ])('leaves all as it was where the server fails: %s', async (_, fault, trouble) => {
    await prepare(storeOf())
    const before = vault.state.secrets
    vault.state.fault = (...request) => !request[1].url.includes('/sys/') && fault(...request)
    for (const [method, error] of await everyTrouble(storeOf()))
      expect([method, error.trouble]).toEqual([method, trouble])
    vault.state.fault = (...request) => request[1].method !== 'GET' && fault(...request)
    const errors = await Promise.all([
      troubleOf(storeOf().create(newSecret('made', { a: canaryValue }), never())),
      troubleOf(storeOf().update('other', { set: new Map([['a', canaryValue]]), remove: new Set() }, never())),
      troubleOf(storeOf().delete('gone', never())),
    ])
    expect(errors.map(error => error.trouble)).toEqual([trouble, trouble, trouble])
    expect(vault.state.secrets).toEqual(before)
  })

  it('names what a policy has to allow', async () => {
    await prepare(storeOf())
    const before = vault.state.secrets
    vault.state.fault = (response, { method, url }) => {
      const isDenied = method !== 'GET' || url.endsWith('list=true') || url.endsWith('/held')
      if (isDenied) sendJson(response, { errors: ['1 error occurred:\n\t* permission denied\n\n'] }, 403)
      return isDenied
    }
    const kind = version === 2 ? 'data/' : ''
    const metadata = version === 2 ? 'metadata/' : ''
    const expected: Readonly<Record<string, string>> = {
      list: `path "secret/${metadata}zenml/global/" { capabilities = ["list"] }`,
      read: `path "secret/${kind}zenml/global/held" { capabilities = ["read"] }`,
      create: `path "secret/${kind}zenml/global/made" { capabilities = ["create"] }`,
      update: `path "secret/${kind}zenml/global/other" { capabilities = ["update"] }`,
      delete: `path "secret/${metadata}zenml/global/gone" { capabilities = ["delete"] }`,
    }
    for (const [method, { trouble, message }] of await everyTrouble(storeOf())) {
      expect([trouble, message]).toEqual(['denied', expect.stringContaining(expected[method] ?? '?')])
    }
    expect(vault.state.secrets).toEqual(before)
  })

  it('keeps entries that are no texts', async () => {
    const held = { a: null, b: true, c: 'x', zenml_schema_name: 'arbitrary' }
    vault.state.secrets = new Map([['zenml/global/a', held]])
    const store = storeOf()
    await store.update('a', { set: new Map([['c', 'é']]), remove: new Set() }, never())
    expect(vault.state.secrets.get('zenml/global/a')).toEqual({ ...held, c: 'é' })
  })
})

describe('the vault store, KV version 2, among other writers', () => {
  beforeEach(() => {
    vault.state = freshState()
  })

  const others = () => {
    const path = 'zenml/global/a'
    vault.state.secrets = new Map([[path, { z: '9', zenml_schema_name: 'arbitrary' }]])
    vault.state.versions = new Map([[path, (vault.state.versions.get(path) ?? 1) + 1]])
  }

  it('makes a change anew that came too late', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    let isFirst = true
    vault.state.fault = (_, { method }) => {
      if (method === 'POST' && isFirst) others()
      isFirst = isFirst && method !== 'POST'
      return false
    }
    await store.update('a', { set: new Map([['x', '2']]), remove: new Set() }, never())
    expect((await store.read('a', never()))?.values).toEqual(
      new Map([
        ['z', '9'],
        ['x', '2'],
      ]),
    )
  })

  it('gives up where others are always faster, with nothing written', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    vault.state.fault = (_, { method }) => {
      if (method === 'POST') others()
      return false
    }
    const error = await troubleOf(store.update('a', { set: new Map([['x', canaryValue]]), remove: new Set() }, never()))
    expect([error.trouble, error.message]).toEqual(['failed', expect.stringContaining('somebody else')])
    expect(JSON.stringify([...vault.state.secrets])).not.toContain(canaryValue)
  })

  it('writes over no secret that was made in the same moment', async () => {
    vault.state.fault = (_, { method }) => {
      if (method === 'POST') others()
      return false
    }
    expect((await troubleOf(storeOf().create(newSecret('a', { x: canaryValue }), never()))).trouble).toBe('exists')
    expect(JSON.stringify([...vault.state.secrets])).not.toContain(canaryValue)
  })
})

it('the vault store says so where nothing answers', async () => {
  for (const [, { trouble }] of await everyTrouble(storeOf({ url: 'http://127.0.0.1:9' }))) {
    expect(trouble).toBe('unreachable')
  }
})
