import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HttpFault } from '../../scripts/servers/contract-fake.ts'
import { type GcpServer, startGcp } from '../../scripts/servers/gcp.ts'
import type { GcpOptions } from '../../src/backends/gcp/options.ts'
import { callGcp, dumpGcp, gcpBackend, gcpStore, writeCredentials } from './gcp-store.ts'
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
import { temporaryDirectory } from './temporary.ts'

let server: GcpServer
let directory: ReturnType<typeof temporaryDirectory>
let credentials: string

beforeAll(async () => {
  server = await startGcp()
  directory = temporaryDirectory()
  credentials = writeCredentials(server, directory.path)
})

afterAll(async () => {
  directory.remove()
  await server.close()
})

const storeOf = (options: Partial<GcpOptions> = {}) => gcpStore({ server, credentials }, { componentId, ...options })

for (const [scope, options] of Object.entries(managerScopes)) {
  describeStoreContract(`gcp, scope ${scope}, over a fake`, () => {
    server.reset()
    return {
      create: () => storeOf(options),
      legalNames: ['under_score', '-', '0', 'a-b', 'a-b-c', 'constructor', 'x'.repeat(63)],
      illegalNames: ['Upper', 'a.b', 'a/b', '', 'ключ', 'x'.repeat(64), 'a\n'],
      keepsSchema: true,
      cleanup: () => server.reset(),
    }
  })
}

describe('what the gcp store writes', () => {
  afterEach(() => server.reset())
  const { gcp } = goldenFile('backends-golden-0.22.0.json')

  it.each(Object.entries(managerScopes))('is what ZenML wrote, labels included: scope %s', async (scope, options) => {
    const { stored, content } = gcp[scope]
    await storeOf({ ...options, componentName: 'sm' }).create(newSecret('db-creds', content), never())
    const expected = Object.entries<any>(stored).map(([name, secret]) => [name.split('/').at(-1), secret])
    expect(await dumpGcp(server)).toEqual(Object.fromEntries(expected))
    const sent = Object.values(await dumpGcp(server)).map(({ labels }) => Object.keys(labels))
    expect(sent).toEqual(expected.map(([, { labels }]) => Object.keys(labels)))
    expect((await storeOf(options).read('db-creds', never()))?.values).toEqual(new Map(Object.entries(content)))
  })

  it('leaves out what Google takes in no label', async () => {
    await storeOf({ componentName: 'My Manager' }).create(newSecret('a', { b: 'c' }), never())
    expect(Object.keys((await dumpGcp(server))['zenml-global-a']?.labels ?? {})).not.toContain('zenml_component_name')
  })

  it('is read back by what checks stacks', async () => {
    for (const scope of ['none', 'global']) {
      await storeOf({ scope }).create(newSecret('a', { x: '1', y: '' }), never())
      const answers = await gcpBackend({ server, credentials }, { scope }).lookUp(['a'], 'keys', never())
      expect(answers.get('a')).toEqual({ kind: 'found', keys: new Set(['x', 'y']) })
    }
  })
})

describe('the gcp store', () => {
  afterEach(() => server.reset())

  it('lists with schema, scope and age, and in scope none with the number of keys', async () => {
    await storeOf().create(newSecret('a', { token: 'x' }, 'gcp'), never())
    await storeOf({ scope: 'none' }).create(newSecret('b', { x: '1', y: '2' }), never())
    const age = { created: expect.stringMatching(/^20\d\d-.*Z$/), updated: undefined }
    expect(await storeOf().list(never())).toEqual([
      { name: 'a', keys: undefined, schema: 'gcp', scope: 'global', ...age },
    ])
    expect(await storeOf({ scope: 'none' }).list(never())).toEqual([
      { name: 'b', keys: 2, schema: 'arbitrary', scope: 'none', ...age },
    ])
  })

  it('tells secrets of two namespaces apart that share an id', async () => {
    const namespace = (name: string) => storeOf({ scope: 'namespace', namespace: name })
    await namespace('a').create(newSecret('b-c', { x: '1' }), never())
    const other = namespace('a-b')
    expect(await other.read('c', never())).toBeUndefined()
    expect(await other.list(never())).toEqual([])
    const change = { set: new Map([['x', canaryValue]]), remove: new Set<string>() }
    expect((await troubleOf(other.create(newSecret('c', { x: canaryValue }), never()))).trouble).toBe('exists')
    expect((await troubleOf(other.update('c', change, never()))).trouble).toBe('absent')
    expect((await troubleOf(other.delete('c', never()))).trouble).toBe('absent')
    expect((await namespace('a').read('b-c', never()))?.values).toEqual(new Map([['x', '1']]))
  })

  it('never writes over a key of another secret that has the same id', async () => {
    const store = storeOf({ scope: 'none' })
    await store.create(newSecret('a', { b_c: '1', d: '2' }), never())
    const before = await dumpGcp(server)
    const taken = await troubleOf(store.create(newSecret('a_b', { x: canaryValue, c: canaryValue }), never()))
    expect(taken.trouble).toBe('exists')
    // As somebody else would meanwhile: no list tells, but Google does.
    server.inject({ match: /secrets\?filter/, answer: { status: 200, body: {} } })
    const raced = storeOf({ scope: 'none' }).create(newSecret('a_b', { x: canaryValue, c: canaryValue }), never())
    expect((await troubleOf(raced)).trouble).toBe('exists')
    server.clear()
    expect(await dumpGcp(server)).toEqual(before)
  })

  it.each([
    ['no key', {}],
    ['a key that fits no id', { 'a.b': canaryValue }],
    ['a key that makes the id too long', { ['k'.repeat(254)]: canaryValue }],
    ['a value that is too long', { a: 'x'.repeat(65_537) }],
  ])('refuses %s in scope none', async (_, values) => {
    const error = await troubleOf(storeOf({ scope: 'none' }).create(newSecret('s', values), never()))
    expect(error.trouble).toBe('illegal-values')
    expect(await dumpGcp(server)).toEqual({})
  })

  it('says so where the service takes no empty value', async () => {
    const answer = { status: 400, body: { error: { code: 400, status: 'INVALID_ARGUMENT', message: canaryValue } } }
    server.inject({ match: /s_b:addVersion/, answer })
    const error = await troubleOf(storeOf({ scope: 'none' }).create(newSecret('s', { a: '1', b: '' }), never()))
    expect([error.trouble, error.message]).toEqual(['illegal-values', expect.stringContaining('empty')])
    server.clear()
    expect(await dumpGcp(server)).toEqual({})
  })

  it('tells of a change that was made in the same moment', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    server.clear()
    server.inject({ match: /addVersion/, delay: 300, times: 1 })
    const caught = troubleOf(store.update('a', { set: new Map([['x', '2']]), remove: new Set() }, never()))
    while (!server.requests.some(line => /addVersion/.test(line))) await new Promise(done => setTimeout(done, 5))
    server.clear()
    await callGcp(server, '/zenml-global-a:addVersion', { payload: { data: 'e30=' } })
    const error = await caught
    expect([error.trouble, error.message]).toEqual(['failed', expect.stringContaining('somebody else')])
  })

  it('knows its own version where an answer got lost and it was sent again', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    server.inject({ match: /addVersion/, lose: true, times: 1 })
    await store.update('a', { set: new Map([['x', '2']]), remove: new Set() }, never())
    server.inject({ match: /POST .*secretId=/, lose: true, times: 1 })
    await store.create(newSecret('b', { x: '1' }), never())
    expect((await dumpGcp(server))['zenml-global-a']?.versions).toHaveLength(3)
    expect((await store.read('b', never()))?.values).toEqual(new Map([['x', '1']]))
  })

  it('says which secret is left without a value where it cannot be taken away again', async () => {
    const answer = { status: 403, body: { error: { code: 403, status: 'PERMISSION_DENIED', message: canaryValue } } }
    server.inject({ match: /addVersion|DELETE/, answer })
    const error = await troubleOf(storeOf().create(newSecret('a', { x: canaryValue }), never()))
    expect([error.trouble, error.message]).toEqual(['denied', expect.stringContaining('"zenml-global-a" was made')])
    server.clear()
    expect((await troubleOf(storeOf().read('a', never()))).message).toContain('it has no version')
    server.inject({ match: /k2:addVersion|DELETE/, answer })
    const keys = newSecret('s', { k1: '1', k2: '2' })
    const none = await troubleOf(storeOf({ scope: 'none' }).create(keys, never()))
    expect(none.message).toContain('"s_k1"')
  })

  it('says which keys are changed where a change fails half-way in scope none', async () => {
    const store = storeOf({ scope: 'none' })
    await store.create(newSecret('s', { k1: '1', k2: '2', k3: '3' }), never())
    const answer = { status: 403, body: { error: { code: 403, status: 'PERMISSION_DENIED', message: canaryValue } } }
    server.inject({ match: /s_k2:addVersion/, answer })
    const set = new Map([
      ['k1', canaryValue],
      ['k2', canaryValue],
    ])
    const error = await troubleOf(store.update('s', { set, remove: new Set(['k3']) }, never()))
    expect(error.message).toMatch(/Changed so far: "k1"; not yet: "k2", "k3"\. Run it again\.$/)
    server.clear()
    expect((await store.read('s', never()))?.values.get('k3')).toBe('3')
    server.inject({ match: /DELETE .*s_k2/, answer })
    expect((await troubleOf(store.delete('s', never()))).message).toContain('Deleted so far: "s_k1"')
  })

  it('makes two requests to register a secret, and one to list a thousand', async () => {
    const store = storeOf()
    for (let number = 0; number < 1000; number++) await store.create(newSecret(`s${number}`, { x: '1' }), never())
    expect(server.requests.filter(line => line.includes('/secrets'))).toHaveLength(2000)
    server.clear()
    expect(await store.list(never())).toHaveLength(1000)
    expect(server.requests).toHaveLength(1)
  })

  it('makes two requests to register a key of scope none, and one list for all', async () => {
    const store = storeOf({ scope: 'none' })
    for (let number = 0; number < 100; number++) await store.create(newSecret(`s${number}`, { x: '1' }), never())
    expect(server.requests.filter(line => line.includes('/secrets'))).toHaveLength(201)
  })

  it('takes what others made for taken, and what it deleted for free', async () => {
    const store = storeOf({ scope: 'none' })
    await store.create(newSecret('a', { x: '1' }), never())
    await storeOf({ scope: 'none' }).create(newSecret('b', { x: '1' }), never())
    expect((await troubleOf(store.create(newSecret('b', { x: canaryValue }), never()))).trouble).toBe('exists')
    await store.delete('a', never())
    await store.create(newSecret('a', { y: '1' }), never())
  })

  it.each([
    ['no project', { project: undefined }],
    ['no component id', { scope: 'component', componentId: undefined }],
  ])('is not opened with %s', (_, options) => {
    expect(() => storeOf(options)).toThrow(expect.objectContaining({ name: 'SecretStoreError', trouble: 'failed' }))
  })
})

describe.each(['none', 'global'])('the gcp store of scope %s, where the service fails', scope => {
  const isNone = scope === 'none'
  const prefix = isNone ? '' : 'zenml-global-'
  const suffix = isNone ? '_a' : ''
  const writes: Readonly<Record<string, RegExp>> = {
    list: isNone ? /filter=labels.zenml-group-key%3A/ : /secrets\?filter/,
    read: new RegExp(`${prefix}held${suffix}/versions/latest:access`),
    create: new RegExp(`${prefix}made${suffix}:addVersion`),
    update: new RegExp(`${prefix}other${suffix}:addVersion`),
    delete: new RegExp(`DELETE .*${prefix}gone${suffix}`),
  }

  beforeAll(() => prepare(storeOf({ scope })))
  afterEach(() => server.clear())
  afterAll(() => server.reset())

  const error = (code: number, status: string): HttpFault => ({
    answer: { status: code, body: { error: { code, status, message: canaryValue } } },
  })

  it.each<readonly [string, HttpFault, string]>([
    ['denies', error(403, 'PERMISSION_DENIED'), 'denied'],
    ['throttles', error(429, 'RESOURCE_EXHAUSTED'), 'unreachable'],
    ['answers with 503', error(503, 'UNAVAILABLE'), 'unreachable'],
    ['cuts the connection', { drop: true }, 'unreachable'],
    [
      'answers with a web page',
      { answer: { status: 200, body: `<p>${canaryValue}`, type: 'text/html' } },
      'unreachable',
    ],
    ['takes no token', error(401, 'UNAUTHENTICATED'), 'unreachable'],
  ])(
    'as it %s, leaves all as it was and says why',
    async (_, fault, trouble) => {
      const before = await dumpGcp(server)
      server.inject(...Object.values(writes).map(match => ({ match, ...fault })))
      const permissions = {
        list: 'secrets.list',
        read: 'versions.access',
        create: '',
        update: 'versions.add',
        delete: 'secrets.delete',
      }
      for (const [method, { trouble: found, message }] of await everyTrouble(storeOf({ scope }))) {
        expect([method, found]).toEqual([method, trouble])
        if (trouble === 'denied')
          expect(message).toContain(`secretmanager.${permissions[method as keyof typeof permissions]}`)
      }
      server.clear()
      expect(await dumpGcp(server)).toEqual(before)
    },
    30_000,
  )

  it('for a moment, tries again', async () => {
    const fault = error(503, 'UNAVAILABLE')
    server.inject(...Object.values(writes).map(match => ({ match, ...fault, times: 1 })))
    await Promise.all(Object.values(everyMethod).map(act => act(storeOf({ scope }))))
    server.clear()
    const names = (await storeOf({ scope }).list(never())).map(({ name }) => name)
    expect(names).toEqual(['held', 'made', 'other'])
  })
})
