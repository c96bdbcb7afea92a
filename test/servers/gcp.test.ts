import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GcpServer, startGcp } from '../../scripts/servers/gcp.ts'
import type { Depth } from '../../src/backends/backend.ts'
import type { GcpOptions } from '../../src/backends/gcp/options.ts'
import { describeBackendContract, type Secrets } from '../backends/contract.ts'
import {
  bareSecrets,
  gcpBackend,
  globalSecrets,
  type StoredSecret,
  store,
  writeCredentials,
} from '../backends/gcp-store.ts'
import { temporaryDirectory } from '../backends/temporary.ts'
import { goldenOf, goldenScopes } from './per-key-golden.ts'

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

const never = () => new AbortController().signal

async function ask(names: readonly string[], depth: Depth, options: Partial<GcpOptions> = {}) {
  return [...(await gcpBackend({ server, credentials }, options).lookUp(names, depth, never())).values()]
}

function tally(): Readonly<Record<string, number>> {
  const counts = { token: 0, list: 0, get: 0, access: 0 }
  for (const line of server.requests) {
    const [path = ''] = line.split('?')
    if (path.endsWith('/v1/token')) counts.token++
    else if (path.endsWith('/secrets')) counts.list++
    else if (path.endsWith(':access')) counts.access++
    else counts.get++
  }
  return counts
}

describeBackendContract('gcp, scope global, on the contract fake', () => setup(globalSecrets, {}))
describeBackendContract('gcp, scope none, on the contract fake', () => setup(bareSecrets, { scope: 'none' }))

function setup(write: (secrets: Secrets) => readonly StoredSecret[], options: Partial<GcpOptions>) {
  return {
    create: async (secrets: Secrets) => {
      server.reset()
      await store(server, write(secrets))
      return gcpBackend({ server, credentials }, options)
    },
    broken: {
      'nothing granted': () => {
        server.grant([])
        return gcpBackend({ server, credentials }, options)
      },
    },
    canaries: [server.token],
    legalNames: ['under_score', '-', '0', 'x'.repeat(63)],
    cleanup: () => server.reset(),
  }
}

describe('secrets as the gcp manager of ZenML stored them', () => {
  interface Stored {
    readonly labels: Readonly<Record<string, string>>
    readonly versions: readonly string[]
  }
  const golden = goldenOf<Stored>('gcp')

  it.each(Object.entries(goldenScopes))('scope %s: are found there, and in no other', async (scope, options) => {
    server.reset()
    for (const { stored } of Object.values(golden)) {
      const secrets = Object.entries(stored).map(([name, secret]) => ({ ...secret, id: name.split('/').at(-1) ?? '' }))
      await store(server, secrets)
    }
    const { listed = [] } = golden[scope] ?? {}
    expect(listed).toEqual(['db-creds'])
    expect(await ask(['db-creds', 'nope'], 'keys', options)).toEqual([
      { kind: 'found', keys: new Set(['username', 'password']) },
      { kind: 'missing' },
    ])
    expect(await ask(['db-creds'], 'names', options)).toEqual([{ kind: 'found', keys: 'not-read' }])
    expect(await gcpBackend({ server, credentials }, options).names?.(never())).toEqual(listed)
    const elsewhere = { scope: 'namespace', namespace: 'tea' }
    expect(await ask(['db-creds', 'm-db-creds'], 'keys', elsewhere)).toEqual([{ kind: 'missing' }, { kind: 'missing' }])
  })

  it.each(Object.entries(goldenScopes))('scope %s: names are legal or not as ZenML says', async (scope, options) => {
    server.reset()
    const probes = Object.entries(golden[scope]?.nameProbes ?? {})
    expect(probes.length).toBeGreaterThan(5)
    const answers = await ask(
      probes.map(([name]) => name),
      'keys',
      options,
    )
    expect(answers.map(({ kind }) => kind)).toEqual(
      probes.map(([, error]) => (error.startsWith('ValueError') ? 'illegal-name' : 'missing')),
    )
  })
})

describe('requests made to Google Secret Manager', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `secret-${index}`)
  const content = Object.fromEntries(names.map(name => [name, { key: 'v' }]))

  beforeAll(async () => {
    server.reset()
    await store(server, [...globalSecrets(content), ...bareSecrets(content)])
  })

  beforeEach(() => server.clear())

  it.each([1, 10, 100, 1000])('for %i secrets are one list, and one more each where keys are asked', async count => {
    const asked = names.slice(0, count)
    expect(new Set((await ask(asked, 'names')).map(({ kind }) => kind))).toEqual(new Set(['found']))
    expect(tally()).toEqual({ token: 1, list: 1, get: 0, access: 0 })
    server.clear()
    expect(await ask(asked, 'keys')).toEqual(Array(count).fill({ kind: 'found', keys: new Set(['key']) }))
    expect(tally()).toEqual({ token: 1, list: 1, get: 0, access: count })
    expect(server.mostAtOnce()).toBeLessThanOrEqual(8)
  })

  it.each([1, 10, 100, 1000])('for %i secrets that are not there are one list, and one more each', async count => {
    const absent = names.slice(0, count).map(name => `absent-${name}`)
    for (const depth of ['names', 'keys'] as const) {
      server.clear()
      expect(await ask(absent, depth)).toEqual(Array(count).fill({ kind: 'missing' }))
      expect(tally()).toEqual({ token: 1, list: 1, get: count, access: 0 })
    }
  })

  it.each(['names', 'keys'] as const)('in scope none are one list, whatever is asked (%s)', async depth => {
    const answers = await ask([...names, 'absent'], depth, { scope: 'none' })
    expect(answers.filter(({ kind }) => kind === 'found')).toHaveLength(1000)
    expect(tally()).toEqual({ token: 1, list: 1, get: 0, access: 0 })
  })
})

describe('the contract fake of Google Secret Manager', () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, '../fixtures/schemas/gcp-secretmanager.v1.json'), 'utf8'),
  )
  const ajv = new Ajv({ strict: false }).addSchema(schema, 'google')

  it.each([
    ['ListSecretsResponse', '?pageSize=1'],
    ['ListSecretsResponse', '?filter=labels.zenml_scope%3Dglobal&fields=secrets(name,labels),nextPageToken'],
    ['Secret', '/zenml-global-a'],
    ['SecretVersion', '/zenml-global-a/versions/latest'],
    ['AccessSecretVersionResponse', '/zenml-global-a/versions/latest:access'],
  ])("answers as Google's own description has %s (%s)", async (type, path) => {
    server.reset()
    await store(server, globalSecrets({ a: { x: '1' }, b: { x: '2' } }))
    const headers = { authorization: `Bearer ${server.token}` }
    const response = await fetch(`${server.url}/v1/projects/demo/secrets${path}`, { headers })
    const body = await response.json()
    expect(response.status).toBe(200)
    expect(Object.keys(body as object)).not.toEqual([])
    const validate = ajv.getSchema(`google#/definitions/${type}`)
    expect([validate?.(body), validate?.errors]).toEqual([true, null])
  })

  it('hands out no value where the verb is encoded', async () => {
    server.reset()
    await store(server, globalSecrets({ a: { x: '1' } }))
    const headers = { authorization: `Bearer ${server.token}` }
    const response = await fetch(`${server.url}/v1/projects/demo/secrets/zenml-global-a/versions/latest%3Aaccess`, {
      headers,
    })
    expect(response.status).toBe(404)
  })
})
