import { createSign, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callVault, startVault, stopVault, type VaultServer } from '../../scripts/servers/vault.ts'
import type { Answer, Depth } from '../../src/backends/backend.ts'
import type { BackendContext } from '../../src/backends/context.ts'
import type { VaultOptions } from '../../src/backends/vault/options.ts'
import { createVaultBackend } from '../../src/backends/vault/vault.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { describeBackendContract, type Secrets } from '../backends/contract.ts'
import { vaultOptions } from '../backends/vault-options.ts'
import { sendJson, startService } from '../http/service.ts'
import { type CountingProxy, countingProxy } from './counting-proxy.ts'

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/secrets-managers/backends-golden-0.22.0.json'), 'utf8'),
)
const componentId = '11111111-2222-4333-8444-555555555555'
const canaryToken = 'canary-vault-token-51ee'
const never = () => new AbortController().signal
const arbitrary = { zenml_schema_name: 'arbitrary' }

let server: VaultServer
let proxy: CountingProxy
let mounts = 0

beforeAll(async () => {
  server = await startVault()
  proxy = await countingProxy(server.url)
})

beforeEach(() => {
  proxy.requests.length = 0
})

afterAll(async () => {
  await proxy.close()
  stopVault(server)
})

async function newMount(version: 1 | 2): Promise<string> {
  const mount = `team/kv${++mounts}`
  await callVault(server, 'POST', `sys/mounts/${mount}`, { type: 'kv', options: { version: String(version) } })
  if (version === 2) await upgraded(mount)
  return mount
}

/** A new engine of version 2 refuses all until it has set itself up. */
async function upgraded(mount: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await callVault(server, 'POST', `${mount}/data/ready`, { data: {} })
      await callVault(server, 'DELETE', `${mount}/metadata/ready`)
      return
    } catch (error) {
      if (tries > 50) throw error
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
}

interface Stored {
  readonly mount: string
  readonly version: 1 | 2
}

async function write({ mount, version }: Stored, path: string, content: unknown): Promise<void> {
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  const isV2 = version === 2
  await callVault(server, 'POST', `${mount}/${isV2 ? 'data/' : ''}${encoded}`, isV2 ? { data: content } : content)
}

async function fill(version: 1 | 2, prefix: string, secrets: Secrets): Promise<string> {
  const mount = await newMount(version)
  for (const [name, content] of Object.entries(secrets)) {
    await write({ mount, version }, prefix + name, { ...content, ...arbitrary })
  }
  return mount
}

/** A token that may do what a policy says, and ask what it may do unless `isBare`. */
async function tokenFor(policy: string, isBare = false): Promise<Concealed> {
  const name = `policy-${++mounts}`
  await callVault(server, 'PUT', `sys/policies/acl/${name}`, { policy })
  const { auth } = await callVault(server, 'POST', 'auth/token/create', { policies: [name], no_default_policy: isBare })
  return new Concealed(auth.client_token)
}

function backend(options: Partial<VaultOptions>, context: BackendContext = { environment: {} }) {
  return createVaultBackend(vaultOptions({ url: proxy.url, token: new Concealed('root'), ...options }), context)
}

async function ask(names: readonly string[], depth: Depth, options: Partial<VaultOptions>) {
  return [...(await backend(options).lookUp(names, depth, never())).values()]
}

function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}

describe.each([1, 2] as const)('a KV engine of version %i of a real OpenBao', version => {
  const scopes: readonly (readonly [string, string, Partial<VaultOptions>])[] = [
    ['global', 'zenml/global/', {}],
    ['none', '', { scope: 'none' }],
  ]
  for (const [scope, prefix, options] of scopes) {
    describeBackendContract(`vault, KV version ${version}, scope ${scope}`, () => {
      const filled = (more: Partial<VaultOptions>) => async (secrets: Secrets) =>
        backend({ ...options, mount: await fill(version, prefix, secrets), ...more })
      return {
        create: filled({}),
        broken: {
          'a wrong token': filled({ token: new Concealed(canaryToken) }),
          'a token that may do nothing': async secrets => filled({ token: await tokenFor('# nothing') })(secrets),
          'no token': filled({ token: undefined }),
          'no such mount': filled({ mount: 'nowhere' }),
          'a mount of another kind': filled({ mount: 'sys' }),
          'no such namespace': filled({ vaultNamespace: 'nowhere' }),
        },
        canaries: [canaryToken],
        legalNames: [
          'under_score',
          'with.dot',
          'a+b=c',
          'x@y',
          '-',
          'UPPER',
          'x'.repeat(300),
          '%2e%2e',
          'a?b#c',
          'ключ',
          'a b',
          '...',
        ],
        cleanup: () => undefined,
      }
    })
  }

  it.each(Object.entries<any>(golden.vault))(
    'finds what ZenML 0.22 stored in scope %s, and in no other',
    async (scope, { stored, content }) => {
      const mount = await newMount(version)
      for (const [path, payload] of Object.entries<any>(stored)) {
        await write({ mount, version }, path.slice(path.indexOf(':') + 1), payload)
      }
      for (const other of Object.keys(golden.vault)) {
        const options = { mount, scope: other, namespace: 'team', componentId }
        const expected = other === scope ? found(...Object.keys(content)) : { kind: 'missing' }
        expect(await ask(['db-creds'], 'keys', options)).toEqual([expected])
        expect(await backend(options).names?.(never())).toEqual(other === scope ? ['db-creds'] : [])
      }
    },
  )

  it('reads a name with a slash as the sub-path, and refuses to leave the scope', async () => {
    const mount = await fill(version, 'zenml/global/', { 'a/b': { x: '1' } })
    const asked = ['a/b', 'a', 'a/c', 'b', '../global/a/b', 'a/../a/b', 'a//b']
    for (const [depth, first] of [
      ['names', { kind: 'found', keys: 'not-read' }],
      ['keys', found('x')],
    ] as const) {
      const answers = await ask(asked, depth, { mount })
      expect(answers.slice(0, 4)).toEqual([first, { kind: 'missing' }, { kind: 'missing' }, { kind: 'missing' }])
      expect(answers.slice(4).map(({ kind }) => kind)).toEqual(['illegal-name', 'illegal-name', 'illegal-name'])
    }
  })

  it('judges the marker as ZenML does', async () => {
    const mount = await newMount(version)
    await write({ mount, version }, 'zenml/global/foreign', { a: '1' })
    await write({ mount, version }, 'zenml/global/odd', { a: null, b: 5, c: { d: 1 }, ...arbitrary })
    const answers = await ask(['foreign', 'odd'], 'keys', { mount })
    expect(answers).toEqual([
      { kind: 'unusable', reason: expect.stringContaining('zenml_schema_name') },
      found('a', 'b', 'c'),
    ])
  })

  const counts = [1, 10, 100, 1000]

  describe('is sent no more requests than needed', () => {
    let mount: string
    const names = Array.from({ length: 1000 }, (_, index) => `secret-${index}`)
    beforeAll(async () => {
      mount = await fill(version, 'zenml/global/', Object.fromEntries(names.map(name => [name, { key: 'v' }])))
    })

    it.each(counts)('for the names of %i secrets', async count => {
      const answers = await ask([...names.slice(0, count), 'absent'], 'names', { mount })
      expect(answers).toEqual([...Array(count).fill({ kind: 'found', keys: 'not-read' }), { kind: 'missing' }])
      expect(proxy.requests).toHaveLength(2)
    })

    it.each(counts)('for the keys of %i secrets', async count => {
      const answers = await ask([...names.slice(0, count), 'absent'], 'keys', { mount })
      expect(answers).toEqual([...Array(count).fill(found('key')), { kind: 'missing' }])
      expect(proxy.requests).toHaveLength(count + 3)
      expect(proxy.peak()).toBeLessThanOrEqual(8)
      const values = proxy.requests.filter(request => request.includes('/data/'))
      expect(values).toEqual([])
    })
  })
})

describe('policies of a real OpenBao', () => {
  let mount: string
  let old: string
  beforeAll(async () => {
    const secrets = { a: { x: '1' }, b: { y: '1' }, gone: { z: '1' } }
    mount = await fill(2, 'zenml/global/', secrets)
    old = await fill(1, 'zenml/global/', secrets)
    await callVault(server, 'DELETE', `${mount}/data/zenml/global/gone`)
  })

  const asked = ['a', 'b', 'absent']
  const both = [found('x'), found('y'), { kind: 'missing' }]
  const exist = [{ kind: 'found', keys: 'not-read' }, { kind: 'found', keys: 'not-read' }, { kind: 'missing' }]
  const kinds = (kind: string, count = 3) => Array(count).fill({ kind, reason: expect.stringMatching(/\.$/) })

  it.each([
    ['list and subkeys', ['metadata list', 'subkeys read'], exist, both],
    ['subkeys alone', ['subkeys read'], exist, both],
    ['metadata and subkeys, no list', ['metadata read', 'subkeys read'], exist, both],
    ['data alone', ['data read'], kinds('denied'), both],
    ['list and data', ['metadata list', 'data read'], exist, both],
    ['list alone', ['metadata list'], exist, [...kinds('denied', 2), { kind: 'missing' }]],
    ['metadata alone', ['metadata read'], exist, kinds('denied')],
  ])('%s', async (_, rules, names, keys) => {
    const policy = rules
      .map(rule => rule.split(' '))
      .map(([kind, capability]) => `path "${mount}/${kind}/zenml/global/*" { capabilities = ["${capability}"] }`)
      .join('\n')
    const token = await tokenFor(policy)
    expect(await ask(asked, 'names', { mount, token })).toEqual(names)
    expect(await ask(asked, 'keys', { mount, token })).toEqual(keys)
    const bare = await tokenFor(policy, true)
    // Without the default policy nothing proves that what is not found is missing, but a list.
    const unsure = (answers: readonly unknown[]) =>
      answers.map(answer =>
        rules.includes('metadata list') || (answer as Answer).kind !== 'missing' ? answer : kinds('unverified', 1)[0],
      )
    expect(await ask(asked, 'names', { mount, token: bare })).toEqual(unsure(names))
    expect(await ask(asked, 'keys', { mount, token: bare })).toEqual(unsure(keys))
  })

  it('names the path and the capability to add', async () => {
    const token = await tokenFor(`path "${mount}/metadata/zenml/global/*" { capabilities = ["list"] }`)
    expect(await ask(['a'], 'keys', { mount, token })).toEqual([
      {
        kind: 'denied',
        reason: `The token may not read "${mount}/subkeys/zenml/global/a" in Vault. Add to a policy of it: path "${mount}/subkeys/zenml/global/a" { capabilities = ["read"] }.`,
      },
    ])
    const other = await tokenFor(`path "${mount}/subkeys/elsewhere/*" { capabilities = ["read"] }`)
    const [answer] = await ask(['a'], 'names', { mount, token: other })
    expect(answer).toEqual({
      kind: 'denied',
      reason: expect.stringContaining(`"${mount}/metadata/zenml/global/" { capabilities = ["list"] }`),
    })
  })

  it('denies one secret and shows the others', async () => {
    const token = await tokenFor(
      `path "${mount}/*" { capabilities = ["read", "list"] }\npath "${mount}/+/zenml/global/a" { capabilities = ["deny"] }`,
    )
    expect(await ask(asked, 'keys', { mount, token })).toEqual([...kinds('denied', 1), found('y'), { kind: 'missing' }])
  })

  it.each([
    ['read', kinds('denied'), both],
    ['list', exist, [...kinds('denied', 2), { kind: 'missing' }]],
  ])('KV version 1, %s alone', async (capability, names, keys) => {
    const token = await tokenFor(`path "${old}/zenml/global/*" { capabilities = ["${capability}"] }`)
    expect(await ask(asked, 'names', { mount: old, token })).toEqual(names)
    expect(await ask(asked, 'keys', { mount: old, token })).toEqual(keys)
  })

  it('stays within its requests whichever way is open', async () => {
    for (const kind of ['subkeys', 'data']) {
      const token = await tokenFor(`path "${mount}/${kind}/*" { capabilities = ["read"] }`)
      proxy.requests.length = 0
      await ask(asked, 'keys', { mount, token })
      expect(proxy.requests).toHaveLength(asked.length + 3)
    }
  })
})

describe('versions of a secret in a real OpenBao', () => {
  let mount: string
  beforeAll(async () => {
    mount = await newMount(2)
    const path = 'zenml/global'
    const store = { mount, version: 2 } as const
    const content = { k: '1', ...arbitrary }
    for (const name of ['deleted', 'destroyed', 'undeleted', 'again']) await write(store, `${path}/${name}`, content)
    for (const name of ['deleted', 'undeleted', 'again'])
      await callVault(server, 'DELETE', `${mount}/data/${path}/${name}`)
    await callVault(server, 'POST', `${mount}/undelete/${path}/undeleted`, { versions: [1] })
    await callVault(server, 'PUT', `${mount}/destroy/${path}/destroyed`, { versions: [1] })
    await write(store, `${path}/again`, { l: '1', ...arbitrary })
    await callVault(server, 'POST', `${mount}/metadata/${path}/only-metadata`, { custom_metadata: { owner: 'x' } })
    await callVault(server, 'POST', `${mount}/metadata/${path}/future`, { delete_version_after: '1h' })
    await write(store, `${path}/future`, content)
  })

  const names = ['deleted', 'destroyed', 'only-metadata', 'undeleted', 'again', 'future']

  it.each(['subkeys', 'data'])('by %s', async kind => {
    const token = await tokenFor(
      `path "${mount}/${kind}/*" { capabilities = ["read"] }\npath "${mount}/metadata/*" { capabilities = ["list"] }`,
    )
    expect(await ask(names, 'keys', { mount, token })).toEqual([
      { kind: 'unusable', reason: expect.stringContaining('is deleted') },
      { kind: 'unusable', reason: expect.stringContaining('is destroyed') },
      { kind: 'unusable', reason: expect.stringContaining('no version') },
      found('k'),
      found('l'),
      found('k'),
    ])
  })

  it('by their metadata, where only names are asked and no list is allowed', async () => {
    const token = await tokenFor(`path "${mount}/metadata/*" { capabilities = ["read"] }`)
    const answers = await ask(names, 'names', { mount, token })
    expect(answers.map(({ kind }) => kind)).toEqual(['unusable', 'unusable', 'unusable', 'found', 'found', 'found'])
  })
})

describe('logging in to a real OpenBao', () => {
  let mount: string
  const told: string[] = []
  const context = (environment: BackendContext['environment'] = {}): BackendContext => ({
    environment,
    onCredential: text => told.push(text),
  })
  const asked = async (options: Partial<VaultOptions>, environment?: BackendContext['environment']) => {
    const made = backend({ mount, token: undefined, ...options }, context(environment))
    return [...(await made.lookUp(['a'], 'keys', never())).values()]
  }
  beforeAll(async () => {
    mount = await fill(2, 'zenml/global/', { a: { x: '1' } })
    await callVault(server, 'PUT', 'sys/policies/acl/ci', {
      policy: `path "${mount}/*" { capabilities = ["read", "list"] }`,
    })
    await callVault(server, 'POST', 'sys/auth/approle', { type: 'approle' })
    await callVault(server, 'POST', 'auth/approle/role/ci', { token_policies: 'ci', secret_id_num_uses: 1 })
    await callVault(server, 'POST', 'sys/auth/github-jwt', { type: 'jwt' })
  })
  beforeEach(() => {
    told.length = 0
  })

  it('with an AppRole, whose secret id may be used once', async () => {
    const { data: role } = await callVault(server, 'GET', 'auth/approle/role/ci/role-id')
    const { data: secret } = await callVault(server, 'POST', 'auth/approle/role/ci/secret-id', {})
    const options = { roleId: role.role_id, secretId: new Concealed(secret.secret_id) }
    expect(await asked(options)).toEqual([found('x')])
    expect(proxy.requests).toHaveLength(5)
    expect(told).toEqual([secret.secret_id, expect.any(String)])
    expect(await asked(options)).toEqual([{ kind: 'unverified', reason: expect.stringContaining('vault-secret-id') }])
  })

  describe('with the OIDC token of a GitHub job', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwt = (claims: object) => {
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
      const seconds = Math.floor(Date.now() / 1000)
      const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iss: 'https://token.actions.githubusercontent.com', iat: seconds, exp: seconds + 300, ...claims })}`
      return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`
    }
    const sub = 'repo:acme/app:ref:refs/heads/main'

    beforeAll(async () => {
      const pem = publicKey.export({ type: 'spki', format: 'pem' })
      await callVault(server, 'POST', 'auth/github-jwt/config', { jwt_validation_pubkeys: [pem] })
      await callVault(server, 'POST', 'auth/github-jwt/role/ci', {
        role_type: 'jwt',
        user_claim: 'sub',
        bound_audiences: ['https://vault.example.com'],
        bound_claims: { repository: 'acme/app' },
        token_policies: ['ci'],
      })
    })

    it.each<readonly [string, Partial<VaultOptions>, string, string]>([
      ['good', { role: 'ci' }, 'acme/app', 'found'],
      ['of another repository', { role: 'ci' }, 'acme/other', 'unverified'],
      ['for another audience', { role: 'ci', audience: 'elsewhere' }, 'acme/app', 'unverified'],
      ['for a role that is none', { role: 'nobody' }, 'acme/app', 'unverified'],
      ['for a method that is none', { role: 'ci', authMount: 'nowhere' }, 'acme/app', 'unverified'],
    ])('%s', async (_, options, repository, kind) => {
      const runner = await startService((response, { url }) => {
        const aud = new URL(url, 'http://runner').searchParams.get('audience')
        sendJson(response, { value: jwt({ sub, aud, repository }) })
      })
      const answers = await asked(
        { audience: 'https://vault.example.com', authMount: 'github-jwt', ...options },
        {
          ACTIONS_ID_TOKEN_REQUEST_URL: `${runner.url}/42//idtoken/x?api-version=2.0`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary-bearer',
        },
      )
      await runner.close()
      expect(answers.map(answer => answer.kind)).toEqual([kind])
      expect(runner.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
        [
          `/42//idtoken/x?api-version=2.0&audience=${encodeURIComponent(options.audience ?? 'https://vault.example.com')}`,
          'Bearer canary-bearer',
        ],
      ])
      if (kind === 'found') expect(proxy.requests).toHaveLength(5)
    })
  })

  it('with a token that is used up', async () => {
    const { auth } = await callVault(server, 'POST', 'auth/token/create', { policies: ['ci'], num_uses: 2 })
    const [answer] = await asked({ token: new Concealed(auth.client_token) })
    expect(answer).toEqual({ kind: 'unverified', reason: expect.stringContaining('expired or used up') })
  })
})

it('a namespace of a real OpenBao holds secrets of its own', async () => {
  await callVault(server, 'POST', 'sys/namespaces/ns1')
  const inside = { ...server, namespace: 'ns1' }
  await callVault(inside, 'POST', 'sys/mounts/kv', { type: 'kv', options: { version: '1' } })
  await callVault(inside, 'POST', 'kv/zenml/global/a', { x: '1', ...arbitrary })
  expect(await ask(['a'], 'keys', { mount: 'kv', vaultNamespace: 'ns1/' })).toEqual([found('x')])
  expect((await ask(['a'], 'keys', { mount: 'kv' }))[0]).toEqual({
    kind: 'unverified',
    reason: 'Vault has no engine at the mount. Check vault-mount.',
  })
  expect((await ask(['a'], 'keys', { mount: 'kv', vaultNamespace: 'ns2' }))[0]).toEqual({
    kind: 'unverified',
    reason: 'Vault has no such namespace. Check vault-namespace.',
  })
})

it.each(['sealed', 'uninitialised'] as const)('a real OpenBao that is %s verifies nothing', async state => {
  const other = await startVault({ state })
  try {
    const [answer] = await ask(['a'], 'keys', { url: other.url })
    expect(answer).toEqual({ kind: 'unverified', reason: expect.stringContaining('Vault is sealed') })
  } finally {
    stopVault(other)
  }
})
