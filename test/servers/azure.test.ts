import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ClientSecretCredential } from '@azure/identity'
import { SecretClient } from '@azure/keyvault-secrets'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AzureServer, startAzure } from '../../scripts/servers/azure.ts'
import type { AzureOptions } from '../../src/backends/azure/options.ts'
import type { Depth } from '../../src/backends/backend.ts'
import {
  azureBackend,
  bareSecrets,
  globalSecrets,
  type StoredSecret,
  store,
  useAzureEnvironment,
} from '../backends/azure-store.ts'
import { describeBackendContract, type Secrets } from '../backends/contract.ts'
import { temporaryDirectory } from '../backends/temporary.ts'
import { createAuthority } from '../http/certificates.ts'
import { goldenOf, goldenScopes } from './per-key-golden.ts'

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

const never = () => new AbortController().signal

async function ask(names: readonly string[], depth: Depth, options: Partial<AzureOptions> = {}) {
  return [...(await azureBackend({ server }, options).lookUp(names, depth, never())).values()]
}

function tally(): Readonly<Record<string, number>> {
  const counts = { list: 0, versions: 0, read: 0 }
  for (const line of server.requests) {
    const [path = ''] = line.split('?')
    if (path === 'GET /secrets') counts.list++
    else if (path.endsWith('/versions')) counts.versions++
    else if (path.startsWith('GET /secrets/')) counts.read++
  }
  return counts
}

describeBackendContract('azure, scope global, on the contract fake', () => setup(globalSecrets, {}))
describeBackendContract('azure, scope none, on the contract fake', () => setup(bareSecrets, { scope: 'none' }))

function setup(write: (secrets: Secrets) => readonly StoredSecret[], options: Partial<AzureOptions>) {
  return {
    create: async (secrets: Secrets) => {
      server.reset()
      await store(server, write(secrets))
      return azureBackend({ server }, options)
    },
    broken: {
      'nothing granted': () => {
        server.grant([])
        return azureBackend({ server }, options)
      },
    },
    canaries: [server.token],
    legalNames: ['UPPER', '-', '0'],
    cleanup: () => server.reset(),
  }
}

describe('secrets as the azure manager of ZenML stored them', () => {
  const golden = goldenOf<Omit<StoredSecret, 'name'>>('azure')

  it.each(Object.entries(goldenScopes))('scope %s: are found there, and in no other', async (scope, options) => {
    server.reset()
    for (const { stored } of Object.values(golden)) {
      await store(
        server,
        Object.entries(stored).map(([name, secret]) => ({ ...secret, name })),
      )
    }
    const { listed = [] } = golden[scope] ?? {}
    expect(listed).toEqual(['db-creds'])
    expect(await ask(['db-creds', 'nope'], 'keys', options)).toEqual([
      { kind: 'found', keys: new Set(['username', 'password']) },
      { kind: 'missing' },
    ])
    for (const names of [['db-creds'], ['db-creds', 'b', 'c']]) {
      expect((await ask(names, 'names', options))[0]).toEqual({ kind: 'found', keys: 'not-read' })
    }
    expect(await azureBackend({ server }, options).names?.(never())).toEqual(listed)
    const elsewhere = { scope: 'namespace', namespace: 'tea' }
    expect(await ask(['db-creds', 'm-db-creds'], 'keys', elsewhere)).toEqual([{ kind: 'missing' }, { kind: 'missing' }])
  })

  it('names without a scope are all legal, as ZenML says', async () => {
    server.reset()
    const probes = Object.keys(golden.none?.nameProbes ?? {})
    expect(probes.length).toBeGreaterThan(5)
    expect(await ask(probes, 'keys', { scope: 'none' })).toEqual(Array(probes.length).fill({ kind: 'missing' }))
  })
})

describe('requests made to Azure Key Vault', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `secret-${index}`)

  beforeAll(async () => {
    server.reset()
    await store(server, globalSecrets(Object.fromEntries(names.map(name => [name, { key: 'v' }]))))
  })

  beforeEach(() => server.clear())

  it.each([1, 10, 100, 1000])('for the keys of %i secrets are as many', async count => {
    const answers = await ask(names.slice(0, count), 'keys')
    expect(answers).toEqual(Array(count).fill({ kind: 'found', keys: new Set(['key']) }))
    expect(tally()).toEqual({ list: 0, versions: 0, read: count })
    expect(server.mostAtOnce()).toBeLessThanOrEqual(8)
  })

  it.each([
    [1, 1],
    [10, 20],
    [100, 40],
    [1000, 40],
  ])('for the names of %i secrets are at most %i, none of them for a value', async (count, most) => {
    const answers = await ask(names.slice(0, count), 'names')
    expect(answers).toEqual(Array(count).fill({ kind: 'found', keys: 'not-read' }))
    const { list = 0, versions = 0, read } = tally()
    expect(read).toBe(0)
    expect(list + versions).toBeLessThanOrEqual(most)
  })

  it.each(['names', 'keys'] as const)('in scope none are the pages of the vault (%s)', async depth => {
    expect(await ask(['a', 'b'], depth, { scope: 'none' })).toEqual([{ kind: 'missing' }, { kind: 'missing' }])
    expect(tally()).toEqual({ list: 40, versions: 0, read: 0 })
  })
})

describe('the contract fake of Azure Key Vault', () => {
  let secure: AzureServer
  let directory: ReturnType<typeof temporaryDirectory>
  let ca: string

  beforeAll(async () => {
    directory = temporaryDirectory()
    const authority = createAuthority(directory.path)
    ca = authority.cert
    secure = await startAzure({ tls: authority.issue('localhost') })
  })

  afterAll(async () => {
    await secure.close()
    directory.remove()
  })

  function client(secret: string): SecretClient {
    const { tenant, url } = secure
    const tlsOptions = { ca }
    const options = { authorityHost: url, disableInstanceDiscovery: true, tlsOptions }
    const credential = new ClientSecretCredential(tenant, 'client', secret, options)
    return new SecretClient(url, credential, { disableChallengeResourceVerification: true, tlsOptions })
  }

  it("is what Azure's own client takes for a key vault", async () => {
    const secrets = client('right')
    for (let index = 0; index < 30; index++) await secrets.setSecret(`s${index}`, 'v', { tags: { a: 'b' } })
    expect(await secrets.getSecret('S1')).toMatchObject({ name: 's1', value: 'v', properties: { tags: { a: 'b' } } })
    const listed: string[] = []
    for await (const { name } of secrets.listPropertiesOfSecrets()) listed.push(name)
    expect(listed).toHaveLength(30)
    const versions: boolean[] = []
    await secrets.setSecret('s1', 'w', { enabled: false })
    for await (const { enabled = false } of secrets.listPropertiesOfSecretVersions('s1')) versions.push(enabled)
    expect(versions.toSorted()).toEqual([false, true])
    for await (const _ of secrets.listPropertiesOfSecretVersions('absent')) throw new Error('There is one.')
    await expect(secrets.getSecret('absent')).rejects.toMatchObject({ code: 'SecretNotFound', statusCode: 404 })
    await expect(secrets.getSecret('s1')).rejects.toMatchObject({ code: 'Forbidden', statusCode: 403 })
    await expect(client('wrong').getSecret('s2')).rejects.toMatchObject({ name: 'AuthenticationRequiredError' })
  })

  it('is asked over https with workload identity, by an authority of its own', async () => {
    secure.reset()
    const authority = join(directory.path, 'authority.pem')
    const assertion = join(directory.path, 'assertion')
    writeFileSync(authority, ca)
    writeFileSync(assertion, 'assertion')
    const script = `
      import { createAzureBackend } from ${JSON.stringify(join(import.meta.dirname, '../../src/backends/azure/azure.ts'))}
      const options = { vaultUrl: process.env.VAULT, scope: 'global', workspace: '/nowhere' }
      const backend = createAzureBackend(options, { environment: process.env })
      console.log(JSON.stringify([...await backend.lookUp(['absent'], 'keys', new AbortController().signal)]))`
    const env = {
      PATH: process.env.PATH,
      VAULT: secure.url,
      NODE_EXTRA_CA_CERTS: authority,
      AZURE_AUTHORITY_HOST: secure.url,
      AZURE_TENANT_ID: secure.tenant,
      AZURE_CLIENT_ID: '00000000-0000-4000-8000-0000000000cc',
      AZURE_FEDERATED_TOKEN_FILE: assertion,
    }
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env })
    expect(JSON.parse(stdout)).toEqual([['absent', { kind: 'missing' }]])
  })
})
