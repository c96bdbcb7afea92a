import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../scripts/servers/lib.ts'
import { call, startZenml, stopZenml, type ZenmlServer } from '../../scripts/servers/zenml.ts'
import type { Answer, Backend, Depth } from '../../src/backends/backend.ts'
import type { ZenmlOptions } from '../../src/backends/zenml/options.ts'
import { createZenmlBackend } from '../../src/backends/zenml/zenml.ts'
import { parseReference } from '../../src/references/grammar.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { readCodeRepositories } from '../../src/zenml/code-repositories.ts'
import { readFlavors } from '../../src/zenml/flavors.ts'
import { connectZenml } from '../../src/zenml/server.ts'
import { readStack } from '../../src/zenml/stacks.ts'
import { describeBackendContract, type Secrets } from '../backends/contract.ts'
import { type CountingProxy, countingProxy } from './counting-proxy.ts'
import { type StoredSecret, type ZenmlStore, zenmlStore } from './zenml-store.ts'

const wrongKey = `ZENKEY_${Buffer.from('{"id":"00000000-0000-0000-0000-000000000001","key":"canary-wrong-key"}').toString('base64')}`
const never = () => new AbortController().signal

interface RealServer {
  readonly server: ZenmlServer
  readonly store: ZenmlStore
  readonly proxy: CountingProxy
}

/** A server of its own for the tests of one `describe`. */
function realServer(options: Parameters<typeof startZenml>[0] = {}): () => RealServer {
  let made: RealServer
  beforeAll(async () => {
    const server = await startZenml(options)
    made = { server, store: await zenmlStore(server), proxy: await countingProxy(server.url) }
  })
  afterAll(async () => {
    await made.proxy.close()
    stopZenml(made.server)
  })
  return () => made
}

/** With a token, which saves the second a login takes. */
function tokenBackend({ server, store }: RealServer): Backend {
  return backendOf(server.url, '', { apiKey: undefined, token: new Concealed(store.tokens.caller) })
}

function backendOf(url: string, apiKey: string, options: Partial<ZenmlOptions> = {}): Backend {
  const none = { token: undefined, username: undefined, password: undefined, verifySsl: undefined }
  return createZenmlBackend({ url, apiKey: new Concealed(apiKey), ...none, ...options }, { environment: {} })
}

async function answersOf(backend: Backend, names: readonly string[], depth: Depth = 'keys') {
  return [...(await backend.lookUp(names, depth, never()))]
}

function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}

function publicSecrets(secrets: Secrets): readonly StoredSecret[] {
  return Object.entries(secrets).map(([name, values]) => ({ name, values, private: false, by: 'caller' }))
}

describe('a real ZenML server', () => {
  const real = realServer({ rbac: true })
  const filled = async (secrets: Secrets) => {
    const { server, store } = real()
    await store.fill(publicSecrets(secrets))
    return server
  }
  const brokenAt = (address: (url: string) => string, key?: string) => async (secrets: Secrets) => {
    const { url, apiKey } = await filled(secrets)
    return backendOf(address(url), key ?? apiKey)
  }

  describeBackendContract('zenml', () => ({
    create: async secrets => {
      await filled(secrets)
      return tokenBackend(real())
    },
    broken: {
      'a wrong key': brokenAt(url => url, wrongKey),
      'a malformed key': brokenAt(url => url, 'ZENKEY_nonsense'),
      'a key of ZenML Pro': brokenAt(url => url, 'ZENPROKEY_nonsense'),
      'a path that answers with HTML': brokenAt(url => `${url}/prefix`),
      'a path of the API': brokenAt(url => `${url}/api/v1`),
    },
    canaries: ['canary-wrong-key', wrongKey, 'ZENKEY_nonsense', 'ZENPROKEY_nonsense'],
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
      'a\'b"c',
      'a\0b',
      'x'.repeat(255),
      '__proto__',
    ],
    cleanup: () => undefined,
  }))

  describe('decides as ZenML does at run time', () => {
    const file = join(import.meta.dirname, '../fixtures/zenml-0.98/validate-semantics.json')
    const { sqlite } = JSON.parse(readFileSync(file, 'utf8'))
    let current = ''
    let ids: ReadonlyMap<string, string> = new Map()

    it('has all recorded cases to go by', () => {
      expect(sqlite.length).toBe(49)
    })

    it.each<{ case: string; reference: string; level: string; verdict: string; store: StoredSecret[] }>(sqlite)(
      '$case: $reference at $level is $verdict',
      async ({ reference, level, verdict, store }) => {
        if (current !== JSON.stringify(store)) ids = await real().store.fill(store)
        current = JSON.stringify(store)
        const id = ids.get('plain_name') ?? ''
        const text = reference
          .replace('<id of plain_name>', id)
          .replace(/<first (\d) of id>/, (_, count) => id.slice(0, Number(count)))
        expect(await verdictOf(text, level, tokenBackend(real()))).toBe(verdict)
      },
    )
  })

  describe('where permissions are withheld', () => {
    const deny = (...what: readonly string[]) =>
      writeFileSync(real().server.rbacPolicy ?? '', JSON.stringify({ deny: what }))
    const made = { rbac_pub: { k1: 'canary-1', k2: 'canary-2' } }
    beforeEach(async () => {
      deny()
      await real().store.fill([{ name: 'rbac_pub', values: made.rbac_pub, private: false, by: 'other' }])
    })
    afterAll(() => deny())

    it.each([[], ['secret:read_secret_value']])('keys are proven without values: %j', async (...what) => {
      deny(...what)
      expect(await answersOf(tokenBackend(real()), ['rbac_pub', 'nope'])).toEqual([
        ['rbac_pub', found('k1', 'k2')],
        ['nope', { kind: 'missing' }],
      ])
    })

    it('a secret that may not be read is denied', async () => {
      const { server, store } = real()
      const { items } = await call(server.url, 'GET', { path: 'secrets', token: store.tokens.other })
      deny('secret:read')
      const answer = await serverOf(real()).read({ path: ['secrets', items[0].id], signal: never() })
      const reason = expect.stringContaining('role with read on secrets')
      expect(answer).toEqual({ trouble: { kind: 'denied', status: 403, reason } })
    })
  })

  describe('sends no more requests than it has to', () => {
    const count = 1000
    beforeAll(async () => {
      const secrets = Array.from({ length: count }, (_, index) => [`secret-${index}`, { k: '1' }] as const)
      await real().store.fillMany(publicSecrets(Object.fromEntries(secrets)))
    })

    it.each([
      [1, 'keys', 4],
      [1, 'names', 3],
      [10, 'keys', 13],
      [10, 'names', 3],
      [100, 'keys', 103],
      [100, 'names', 3],
      [1000, 'keys', 1012],
      [1000, 'names', 12],
    ] as const)('%i secrets, %s: %i', async (secrets, depth, requests) => {
      const { server, proxy } = real()
      proxy.requests.length = 0
      const names = Array.from({ length: secrets }, (_, index) => `secret-${index}`)
      const answers = await answersOf(backendOf(proxy.url, server.apiKey), names, depth)
      expect(answers.filter(([, { kind }]) => kind === 'found').length).toBe(secrets)
      expect(proxy.requests.length).toBe(requests)
      expect(proxy.peak()).toBeLessThanOrEqual(8)
    })

    it('a second look needs no login, and missing names no request of their own', async () => {
      const { server, proxy } = real()
      const backend = backendOf(proxy.url, server.apiKey)
      await answersOf(backend, ['secret-1'], 'names')
      proxy.requests.length = 0
      const answers = await answersOf(backend, ['secret-1', 'absent', 'secret-1', 'x'.repeat(300)])
      expect(answers.map(([, { kind }]) => kind)).toEqual(['found', 'missing', 'missing'])
      expect(proxy.requests.length).toBe(2)
    })
  })

  describe('its registered stacks', () => {
    const type = 'artifact_store'
    const configuration = { path: 's3://b/p', key: '{{aws.key}}', client_kwargs: { nested: '{{a.b}}' } }

    it('are read with the raw configuration of every component', async () => {
      const { server, store } = real()
      const { url } = server
      const token = store.tokens.caller
      const register = async (json: object) => (await call(url, 'POST', { path: 'components', json, token })).id
      const s3 = await register({ name: 'with blank', type, flavor: 's3', configuration })
      const local = await register({ name: 'here', type: 'orchestrator', flavor: 'local', configuration: {} })
      const components = { artifact_store: [s3], orchestrator: [local] }
      const json = { name: 'a stack', components }
      const { id } = await call(url, 'POST', { path: 'stacks', json, token })
      const stack = await readStack(serverOf(real()), 'a stack', never())
      expect('value' in stack && stack.value).toMatchObject({
        id,
        name: 'a stack',
        zenmlVersion: '0.98.0',
        url: `${url}/stacks/${id}`,
        components: [
          {
            id: s3,
            name: 'with blank',
            url: `${url}/components/${s3}`,
            visible: { type, flavor: 's3', configuration },
          },
          { id: local, name: 'here', visible: { type: 'orchestrator', flavor: 'local' } },
        ],
      })
    })

    it('are found by their exact name alone', async () => {
      const absent = await readStack(serverOf(real()), 'startswith:', never())
      expect('trouble' in absent && absent.trouble).toEqual({
        kind: 'absent',
        reason: expect.stringContaining('no stack "startswith:"'),
      })
    })

    it('come with flavors that tell sensitive attributes', async () => {
      const flavors = await readFlavors(serverOf(real()), never())
      const list = 'value' in flavors ? flavors.value : []
      expect(list.length).toBeGreaterThan(70)
      const s3 = list.find(flavor => flavor.type === type && flavor.name === 's3')
      expect(s3?.attributes.get('secret')).toEqual({ isSensitive: true, takesText: true })
      expect(s3?.attributes.get('client_kwargs')).toEqual({ isSensitive: false, takesText: false })
      const datadog = list.find(flavor => flavor.name === 'datadog')
      expect(datadog?.attributes.get('api_key')?.isSensitive).toBe(true)
    })

    it('come with the code repositories of every project', async () => {
      expect(await readCodeRepositories(serverOf(real()), never())).toEqual({ value: [] })
    })
  })
})

describe('a ZenML server with a page limit of 5', () => {
  const real = realServer({ pageLimit: 5 })

  it('is read to its last page', async () => {
    const { server, store } = real()
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`)
    await store.fill(publicSecrets(Object.fromEntries(names.map(name => [name, { k: '1' }]))))
    const backend = backendOf(server.url, server.apiKey)
    expect(await answersOf(backend, ['absent', ...names], 'names')).toEqual([
      ['absent', { kind: 'missing' }],
      ...names.map(name => [name, { kind: 'found', keys: 'not-read' }]),
    ])
    expect((await backend.names?.(never()))?.toSorted()).toEqual(names.toSorted())
  })
})

describe('a ZenML server without a secrets store', () => {
  const real = realServer({ secrets: 'none' })

  it('verifies nothing, and says why', async () => {
    const { server } = real()
    expect(await answersOf(backendOf(server.url, server.apiKey), ['a'])).toEqual([
      [
        'a',
        { kind: 'unverified', reason: expect.stringContaining('secrets store of the ZenML server is switched off') },
      ],
    ])
  })
})

describe('no server at all', () => {
  it('a closed port verifies nothing, and says so', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const [[, answer] = []] = await answersOf(backendOf(url, wrongKey), ['a'])
    expect(answer).toEqual({ kind: 'unverified', reason: expect.stringContaining('(ECONNREFUSED). Check the address') })
  })
})

function serverOf({ server: { url }, store }: RealServer) {
  const credentials = { kind: 'token', token: new Concealed(store.tokens.caller) } as const
  return connectZenml({ url, credentials, environment: {} })
}

async function verdictOf(reference: string, level: string, backend: Backend): Promise<string> {
  const parsed = parseReference(reference, 'padded')
  if (!parsed) return 'no reference'
  if (level === 'NONE') return 'skipped'
  const [[, answer] = []] = await answersOf(backend, [parsed.secret], level === 'SECRET_EXISTS' ? 'names' : 'keys')
  if (answer?.kind !== 'found' || answer.keys === 'not-read') return answer?.kind ?? ''
  return answer.keys.has(parsed.key) ? 'found' : 'key_missing'
}
