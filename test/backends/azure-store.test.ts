import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AzureServer, startAzure } from '../../scripts/servers/azure.ts'
import type { HttpFault } from '../../scripts/servers/contract-fake.ts'
import type { AzureOptions } from '../../src/backends/azure/options.ts'
import { azureBackend, azureStore, bareName, dumpAzure, store as put, useAzureEnvironment } from './azure-store.ts'
import {
  canaryValue,
  componentId,
  everyMethod,
  everyTrouble,
  goldenFile,
  managerScopes,
  never,
  newSecret,
  prepare,
  troubleOf,
} from './manager-store.ts'
import { describeStoreContract } from './store-contract.ts'

let server: AzureServer
let restoreEnvironment: () => void

beforeAll(async () => {
  server = await startAzure()
  restoreEnvironment = useAzureEnvironment(server)
})

afterAll(async () => {
  restoreEnvironment()
  await server.close()
})

const storeOf = (options: Partial<AzureOptions> = {}) => azureStore({ server }, { componentId, ...options })
const api = (lines: readonly string[]) => lines.filter(line => /\/(?:deleted)?secrets/.test(line))

for (const [scope, options] of Object.entries(managerScopes)) {
  describeStoreContract(`azure, scope ${scope}, over a fake`, () => {
    server.reset()
    const isNone = scope === 'none'
    const more = isNone ? ['', 'a.b', 'a/b', 'ключ', 'my_secret', 'lower', 'a b'] : ['x'.repeat(74)]
    return {
      create: () => storeOf(options),
      legalNames: ['UPPER', '-', '0', 'a-b', 'a-b-c', 'constructor', ...more],
      illegalNames: isNone ? [] : ['my_secret', 'a.b', '', 'ключ', 'x'.repeat(101), 'a\n'],
      keepsSchema: true,
      cleanup: () => server.reset(),
    }
  })
}

describe('what the azure store writes', () => {
  afterEach(() => server.reset())
  const { azure } = goldenFile('backends-golden-0.22.0.json')

  it.each(Object.entries(managerScopes))('is what ZenML wrote, tags included: scope %s', async (scope, options) => {
    const { stored, content } = azure[scope]
    await storeOf({ ...options, componentName: 'sm' }).create(newSecret('db-creds', content), never())
    const dumped = await dumpAzure(server)
    expect(dumped).toEqual(stored)
    for (const [name, { tags }] of Object.entries<any>(stored)) {
      expect(Object.keys(dumped[name]?.tags ?? {})).toEqual(Object.keys(tags))
    }
    expect((await storeOf(options).read('db-creds', never()))?.values).toEqual(new Map(Object.entries(content)))
  })

  it('is read back by what checks stacks', async () => {
    for (const scope of ['none', 'global']) {
      await storeOf({ scope }).create(newSecret('a', { x: '1', y: '' }), never())
      const answers = await azureBackend({ server }, { scope }).lookUp(['a'], 'keys', never())
      expect(answers.get('a')).toEqual({ kind: 'found', keys: new Set(['x', 'y']) })
    }
  })

  it('keeps the tags of a secret that it updates, those of others too', async () => {
    const value = '{"x": "1", "zenml_schema_name": "arbitrary"}'
    const tags = { zenml_scope: 'global', zenml_secret_name: 'a', team: 'ours' }
    await put(server, [{ name: 'zenml-global-a', value, tags }])
    await storeOf().update('a', { set: new Map([['y', 'é']]), remove: new Set() }, never())
    const expected = '{"x": "1", "y": "\\u00e9", "zenml_schema_name": "arbitrary"}'
    expect(await dumpAzure(server)).toEqual({ 'zenml-global-a': { value: expected, tags } })
  })
})

describe('the azure store', () => {
  afterEach(() => server.reset())

  it('lists with schema, scope and age, and in scope none with the number of keys', async () => {
    await storeOf().create(newSecret('a', { token: 'x' }, 'gcp'), never())
    await storeOf({ scope: 'none' }).create(newSecret('b', { x: '1', y: '2' }), never())
    const date = expect.stringMatching(/^20\d\d-.*Z$/)
    const age = { created: date, updated: date }
    expect(await storeOf().list(never())).toEqual([
      { name: 'a', keys: undefined, schema: 'gcp', scope: 'global', ...age },
    ])
    const [held] = await storeOf({ scope: 'none' }).list(never())
    expect(held).toEqual({ name: 'b', keys: 2, schema: 'arbitrary', scope: 'none', ...age })
    expect(String(held?.created) < String(held?.updated)).toBe(true)
  })

  it('writes over no secret that shares a name, in whatever case', async () => {
    await storeOf({ scope: 'namespace', namespace: 'a' }).create(newSecret('b-c', { x: '1' }), never())
    const before = await dumpAzure(server)
    const other = storeOf({ scope: 'namespace', namespace: 'a-b' })
    expect((await troubleOf(other.create(newSecret('C', { x: canaryValue }), never()))).trouble).toBe('exists')
    expect((await troubleOf(other.create(newSecret('c', { x: canaryValue }), never()))).trouble).toBe('exists')
    expect(await other.read('c', never())).toBeUndefined()
    const change = { set: new Map([['x', canaryValue]]), remove: new Set<string>() }
    expect((await troubleOf(other.update('c', change, never()))).trouble).toBe('absent')
    expect((await troubleOf(other.delete('c', never()))).trouble).toBe('absent')
    await storeOf({ scope: 'none' }).create(newSecret('a', { 'b-c': '1' }), never())
    const none = storeOf({ scope: 'none' }).create(newSecret('a-b', { c: canaryValue }), never())
    expect((await troubleOf(none)).trouble).toBe('exists')
    const added = { [bareName('a', 'b-c')]: expect.objectContaining({ value: '1' }) }
    expect(await dumpAzure(server)).toEqual({ ...before, ...added })
  })

  it.each([
    ['no key', {}],
    ['a key called name', { name: canaryValue }],
    ['a key that fits no name', { ['k'.repeat(44)]: canaryValue }],
    ['a value that is too long', { a: 'x'.repeat(25_601) }],
  ])('refuses %s in scope none', async (_, values) => {
    const error = await troubleOf(storeOf({ scope: 'none' }).create(newSecret('s', values), never()))
    expect(error.trouble).toBe('illegal-values')
    expect(await dumpAzure(server)).toEqual({})
  })

  it('registers under a name that was deleted, with nothing left of what was there', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1', y: '2' }, 'arbitrary'), never())
    await store.delete('a', never())
    const busy = { status: 409, body: { error: { code: 'Conflict', innererror: { code: 'ObjectIsBeingRecovered' } } } }
    server.inject({ match: /PUT/, times: 1, answer: busy })
    await store.create(newSecret('a', { token: 't' }, 'gcp'), never())
    expect(await store.read('a', never())).toMatchObject({ schema: 'gcp', values: new Map([['token', 't']]) })
    expect((await store.list(never())).map(({ schema }) => schema)).toEqual(['gcp'])
  })

  it('brings nothing deleted back to life where it cannot write', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    await store.delete('a', never())
    const denied = { status: 403, body: { error: { code: 'Forbidden', innererror: { code: 'ForbiddenByRbac' } } } }
    const gone = { code: 'Conflict', innererror: { code: 'ObjectIsDeletedButRecoverable' } }
    server.inject(
      { match: /PUT/, times: 1, answer: { status: 409, body: { error: gone } } },
      { match: /PUT/, answer: denied },
    )
    expect((await troubleOf(store.create(newSecret('a', { x: canaryValue }), never()))).trouble).toBe('denied')
    server.clear()
    expect(await store.read('a', never())).toBeUndefined()
  })

  it('names the permission that recovering takes', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    await store.delete('a', never())
    server.grant(['readMetadata', 'getSecret', 'setSecret', 'delete'])
    const error = await troubleOf(store.create(newSecret('a', { x: canaryValue }), never()))
    expect([error.trouble, error.message]).toEqual(['denied', expect.stringContaining('permission Recover')])
  })

  it('tells of a change that was made in the same moment, and makes one anew that came too late', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    const tags = (await dumpAzure(server))['zenml-global-a']?.tags ?? {}
    const others = () =>
      put(server, [{ name: 'zenml-global-a', tags, value: '{"z": "9", "zenml_schema_name": "arbitrary"}' }])
    const update = () => store.update('a', { set: new Map([['x', canaryValue]]), remove: new Set() }, never())
    const seen = async (pattern: RegExp) => {
      while (!server.requests.some(line => pattern.test(line))) await new Promise(done => setTimeout(done, 5))
      server.clear()
    }
    server.clear()
    server.inject({ match: /PUT/, delay: 300, times: 1 })
    const caught = troubleOf(update())
    await seen(/PUT/)
    await others()
    const error = await caught
    expect([error.trouble, error.message]).toEqual(['failed', expect.stringContaining('somebody else')])
    server.clear()
    server.inject({ match: /versions/, delay: 300, times: 1 })
    const late = update()
    await seen(/versions/)
    await others()
    await late
    expect((await store.read('a', never()))?.values.get('z')).toBe('9')
  })

  it('leaves no key behind where the answer about one gets lost', async () => {
    server.inject({ match: new RegExp(`PUT .*${bareName('s', 'b')}`), lose: true })
    const secret = newSecret('s', { a: '1', b: canaryValue })
    expect((await troubleOf(storeOf({ scope: 'none' }).create(secret, never()))).trouble).toBe('unreachable')
    server.clear()
    expect(await dumpAzure(server)).toEqual({})
  })

  it('registers and deletes where it may not look at what there is but by reading', async () => {
    server.grant(['getSecret', 'setSecret', 'delete'])
    await storeOf().create(newSecret('a', { x: '1' }), never())
    expect((await troubleOf(storeOf().create(newSecret('a', { x: canaryValue }), never()))).trouble).toBe('exists')
    await storeOf().delete('a', never())
  })

  it('makes two requests to register a secret, and one to list 25', async () => {
    const store = storeOf()
    for (let number = 0; number < 1000; number++) await store.create(newSecret(`s${number}`, { x: '1' }), never())
    expect(api(server.requests)).toHaveLength(2000)
    server.clear()
    expect(await store.list(never())).toHaveLength(1000)
    expect(api(server.requests)).toHaveLength(40)
  })

  it('makes one request to register a key of scope none, and one list for all', async () => {
    const store = storeOf({ scope: 'none' })
    for (let number = 0; number < 100; number++) await store.create(newSecret(`s${number}`, { x: '1' }), never())
    expect(api(server.requests)).toHaveLength(101)
  })

  it.each([
    ['no address', { vaultUrl: undefined }],
    ['a vault that a stack file alone names', { vaultUrl: undefined, vaultName: 'example' }],
    ['no component id', { scope: 'component', componentId: undefined }],
  ])('is not opened with %s', (_, options) => {
    expect(() => storeOf(options)).toThrow(expect.objectContaining({ name: 'SecretStoreError', trouble: 'failed' }))
  })
})

describe.each(['none', 'global'])('the azure store of scope %s, where the service fails', scope => {
  const isNone = scope === 'none'
  const id = (name: string) => (isNone ? bareName(name, 'a') : `zenml-global-${name}`)
  const writes: Readonly<Record<string, RegExp>> = {
    read: new RegExp(`GET /secrets/${id('held')}`),
    create: new RegExp(`PUT /secrets/${id('made')}`),
    update: new RegExp(`PUT /secrets/${id('other')}`),
    delete: new RegExp(`DELETE /secrets/${id('gone')}`),
  }

  beforeAll(() => prepare(storeOf({ scope })))
  afterEach(() => server.clear())
  afterAll(() => server.reset())

  const error = (status: number, code: string, inner = ''): HttpFault => ({
    answer: { status, body: { error: { code, message: canaryValue, innererror: { code: inner } } } },
  })

  it.each<readonly [string, HttpFault, string]>([
    ['denies', error(403, 'Forbidden', 'ForbiddenByRbac'), 'denied'],
    ['throttles', error(429, 'Throttled'), 'unreachable'],
    ['answers with 503', error(503, 'ServiceUnavailable'), 'unreachable'],
    ['cuts the connection', { drop: true }, 'unreachable'],
    [
      'answers with a web page',
      { answer: { status: 200, body: `<p>${canaryValue}`, type: 'text/html' } },
      'unreachable',
    ],
    ['takes no token', error(401, 'Unauthorized'), 'unreachable'],
  ])(
    'as it %s, leaves all as it was and says why',
    async (_, fault, trouble) => {
      const before = await dumpAzure(server)
      server.inject(...Object.values(writes).map(match => ({ match, ...fault })))
      const permissions = {
        read: 'permission Get',
        create: 'permission Set',
        update: 'permission Set',
        delete: 'permission Delete',
      }
      const methods = Object.entries(everyMethod).filter(([method]) => method !== 'list')
      const errors = methods.map(async ([method, act]) => [method, await troubleOf(act(storeOf({ scope })))] as const)
      for (const [method, { trouble: found, message }] of await Promise.all(errors)) {
        expect([method, found]).toEqual([method, trouble])
        if (trouble === 'denied') expect(message).toContain(permissions[method as keyof typeof permissions])
      }
      server.clear()
      expect(await dumpAzure(server)).toEqual(before)
    },
    30_000,
  )

  it('everywhere, leaves all as it was', async () => {
    const before = await dumpAzure(server)
    server.inject({ match: /secrets/, ...error(403, 'Forbidden', 'ForbiddenByRbac') })
    for (const [, { trouble }] of await everyTrouble(storeOf({ scope }))) expect(trouble).toBe('denied')
    server.clear()
    expect(await dumpAzure(server)).toEqual(before)
  })

  it('for a moment, tries again', async () => {
    const fault = error(503, 'ServiceUnavailable')
    server.inject(...Object.values(writes).map(match => ({ match, ...fault, times: 1 })))
    await Promise.all(Object.values(everyMethod).map(act => act(storeOf({ scope }))))
    server.clear()
    const names = (await storeOf({ scope }).list(never())).map(({ name }) => name)
    expect(names).toEqual(['held', 'made', 'other'])
  })
})
