import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ClientSecretCredential } from '@azure/identity'
import { SecretClient } from '@azure/keyvault-secrets'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AzureServer, startAzure } from '../../scripts/servers/azure.ts'
import { azureStore, useAzureEnvironment } from '../backends/azure-store.ts'
import { componentId, goldenFile, managerScopes } from '../backends/manager-store.ts'
import { describeStoreContract } from '../backends/store-contract.ts'
import { temporaryDirectory } from '../backends/temporary.ts'
import { createAuthority } from '../http/certificates.ts'

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

for (const [scope, options] of Object.entries(managerScopes)) {
  describeStoreContract(`azure, scope ${scope}, on the contract fake`, () => {
    server.reset()
    return {
      create: () => azureStore({ server }, { componentId, ...options }),
      legalNames: ['UPPER', '-', '0'],
      illegalNames: scope === 'none' ? [] : ['my_secret', 'a.b'],
      keepsSchema: true,
      cleanup: () => server.reset(),
    }
  })
}

describe("Azure's own client and our store, over https", () => {
  let secure: AzureServer
  let directory: ReturnType<typeof temporaryDirectory>
  let ca: string
  let client: SecretClient

  beforeAll(async () => {
    directory = temporaryDirectory()
    const authority = createAuthority(directory.path)
    ca = authority.cert
    writeFileSync(join(directory.path, 'authority.pem'), ca)
    writeFileSync(join(directory.path, 'assertion'), 'assertion')
    secure = await startAzure({ tls: authority.issue('localhost') })
    const options = { authorityHost: secure.url, disableInstanceDiscovery: true, tlsOptions: { ca } }
    const credential = new ClientSecretCredential(secure.tenant, 'client', 'right', options)
    const rest = { disableChallengeResourceVerification: true, tlsOptions: { ca } }
    client = new SecretClient(secure.url, credential, rest)
  })

  afterAll(async () => {
    await secure.close()
    directory.remove()
  })

  /** Calls of our store, in a process that trusts the authority. */
  async function ours(calls: string): Promise<any> {
    const module = join(import.meta.dirname, '../../src/backends/azure/store.ts')
    const options = { namespace: 'team', componentId, componentName: 'sm', workspace: '/nowhere' }
    const script = `
      import { openAzureStore } from ${JSON.stringify(module)}
      const options = { vaultUrl: process.env.VAULT, ...${JSON.stringify(options)} }
      const store = scope => openAzureStore({ ...options, scope }, { environment: process.env })
      const signal = new AbortController().signal
      const values = content => new Map(Object.entries(content))
      console.log(JSON.stringify(await (async () => { ${calls} })()) ?? 'null')`
    const env = {
      PATH: process.env.PATH,
      VAULT: secure.url,
      NODE_EXTRA_CA_CERTS: join(directory.path, 'authority.pem'),
      AZURE_AUTHORITY_HOST: secure.url,
      AZURE_TENANT_ID: secure.tenant,
      AZURE_CLIENT_ID: '00000000-0000-4000-8000-0000000000cc',
      AZURE_FEDERATED_TOKEN_FILE: join(directory.path, 'assertion'),
    }
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env })
    return JSON.parse(stdout)
  }

  const golden = goldenFile('backends-golden-0.22.0.json').azure

  it('read what the other one wrote, in every scope', async () => {
    secure.reset()
    const create = (content: unknown) =>
      `create({ name: 'db-creds', values: values(${JSON.stringify(content)}), schema: 'arbitrary' }, signal)`
    const scopes = Object.keys(managerScopes)
    await ours(scopes.map(scope => `await store('${scope}').${create(golden[scope].content)}`).join('\n'))
    for (const scope of scopes) {
      for (const [name, { value, tags }] of Object.entries<any>(golden[scope].stored)) {
        expect(await client.getSecret(name)).toMatchObject({ value, properties: { tags } })
        await client.setSecret(name, value.replace('pw1', 'pw2'), { tags })
      }
    }
    const reads = scopes.map(scope => `[...(await store('${scope}').read('db-creds', signal)).values].sort()`)
    const expected = [
      ['password', 'pw2'],
      ['username', 'admin'],
    ]
    expect(await ours(`return [${reads.join(', ')}]`)).toEqual(scopes.map(() => expected))
  })

  it('delete and bring back as the other one sees it', async () => {
    secure.reset()
    const create = `await store('global').create({ name: 'a', values: values({ x: '1' }), schema: 'arbitrary' }, signal)`
    await ours(`${create}; await store('global').delete('a', signal)`)
    expect(await client.getDeletedSecret('zenml-global-a')).toMatchObject({ name: 'zenml-global-a' })
    await expect(client.setSecret('zenml-global-a', 'v')).rejects.toMatchObject({ statusCode: 409, code: 'Conflict' })
    await ours(create)
    expect((await client.getSecret('zenml-global-a')).value).toBe('{"x": "1", "zenml_schema_name": "arbitrary"}')
    await (await client.beginDeleteSecret('zenml-global-a', { intervalInMs: 10 })).pollUntilDone()
    await expect(client.getSecret('zenml-global-a')).rejects.toMatchObject({ code: 'SecretNotFound' })
    await (await client.beginRecoverDeletedSecret('zenml-global-a', { intervalInMs: 10 })).pollUntilDone()
    expect((await client.getSecret('zenml-global-a')).value).toContain('"x"')
  })
})
