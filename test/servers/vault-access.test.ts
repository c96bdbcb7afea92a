import { createSign, generateKeyPairSync } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callVault, startVault, stopVault } from '../../scripts/servers/vault.ts'
import type { Answer } from '../../src/backends/backend.ts'
import type { BackendContext } from '../../src/backends/context.ts'
import type { VaultOptions } from '../../src/backends/vault/options.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { sendJson, startService } from '../http/service.ts'
import { arbitrary, found, never, realVault } from './vault-store.ts'

const vault = realVault()
const { server, call, newMount, write, fill, tokenFor, backend, ask } = vault

describe('policies of a real OpenBao', () => {
  let mount: string
  let old: string
  beforeAll(async () => {
    const secrets = { a: { x: '1' }, b: { y: '1' }, gone: { z: '1' } }
    mount = await fill(2, 'zenml/global/', secrets)
    old = await fill(1, 'zenml/global/', secrets)
    await call('DELETE', `${mount}/data/zenml/global/gone`)
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
      vault.requests.length = 0
      await ask(asked, 'keys', { mount, token })
      expect(vault.requests).toHaveLength(asked.length + 3)
    }
  })
})

it('many names of a real OpenBao are proven to be missing without a list', async () => {
  const mount = await fill(2, 'zenml/global/', { a: { x: '1' } })
  const token = await tokenFor(`path "${mount}/subkeys/*" { capabilities = ["read"] }`)
  const absent = Array.from({ length: 400 }, (_, index) => `absent-${index}`)
  expect(await ask(['a', ...absent], 'keys', { mount, token })).toEqual([
    found('x'),
    ...absent.map(() => ({ kind: 'missing' })),
  ])
})

describe('versions of a secret in a real OpenBao', () => {
  let mount: string
  beforeAll(async () => {
    mount = await newMount(2)
    const path = 'zenml/global'
    const store = { mount, version: 2 } as const
    const content = { k: '1', ...arbitrary }
    for (const name of ['deleted', 'destroyed', 'undeleted', 'again']) await write(store, `${path}/${name}`, content)
    for (const name of ['deleted', 'undeleted', 'again']) await call('DELETE', `${mount}/data/${path}/${name}`)
    await call('POST', `${mount}/undelete/${path}/undeleted`, { versions: [1] })
    await call('PUT', `${mount}/destroy/${path}/destroyed`, { versions: [1] })
    await write(store, `${path}/again`, { l: '1', ...arbitrary })
    await call('POST', `${mount}/metadata/${path}/only-metadata`, { custom_metadata: { owner: 'x' } })
    await call('POST', `${mount}/metadata/${path}/future`, { delete_version_after: '1h' })
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

  it.each([
    ['metadata', '"read"'],
    ['metadata', '"read", "list"'],
    ['subkeys', '"read"'],
  ])('where only names are asked, by %s with %s', async (kind, capabilities) => {
    const token = await tokenFor(`path "${mount}/${kind}/*" { capabilities = [${capabilities}] }`)
    const answers = await ask(names.slice(0, 2), 'names', { mount, token })
    expect(answers).toEqual([
      { kind: 'unusable', reason: expect.stringContaining('is deleted') },
      { kind: 'unusable', reason: expect.stringContaining('is destroyed') },
    ])
    const rest = await ask(names.slice(3), 'names', { mount, token })
    expect(rest).toEqual(rest.map(() => ({ kind: 'found', keys: 'not-read' })))
  })

  it('by a list alone, which does not tell them from others', async () => {
    const token = await tokenFor(`path "${mount}/metadata/*" { capabilities = ["list"] }`)
    const answers = await ask(names, 'names', { mount, token })
    expect(answers).toEqual(names.map(() => ({ kind: 'found', keys: 'not-read' })))
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
    await call('PUT', 'sys/policies/acl/ci', {
      policy: `path "${mount}/*" { capabilities = ["read", "list"] }`,
    })
    await call('POST', 'sys/auth/approle', { type: 'approle' })
    await call('POST', 'auth/approle/role/ci', { token_policies: 'ci', secret_id_num_uses: 1 })
    await call('POST', 'sys/auth/github-jwt', { type: 'jwt' })
  })
  beforeEach(() => {
    told.length = 0
  })

  it('with an AppRole, whose secret id may be used once', async () => {
    const { data: role } = await call('GET', 'auth/approle/role/ci/role-id')
    const { data: secret } = await call('POST', 'auth/approle/role/ci/secret-id', {})
    const options = { roleId: role.role_id, secretId: new Concealed(secret.secret_id) }
    expect(await asked(options)).toEqual([found('x')])
    expect(vault.requests).toHaveLength(5)
    expect(told).toEqual([secret.secret_id, expect.any(String)])
    expect(await asked(options)).toEqual([{ kind: 'unverified', reason: expect.stringContaining('vault-secret-id') }])
  })

  it('again, once, where a token is used up on the way', async () => {
    const many = await fill(2, 'zenml/global/', Object.fromEntries([...'abcde'].map(name => [name, { x: '1' }])))
    await call('POST', 'auth/approle/role/few', { token_policies: 'ci-many', token_num_uses: 6 })
    await call('PUT', 'sys/policies/acl/ci-many', { policy: `path "${many}/*" { capabilities = ["read", "list"] }` })
    const { data: role } = await call('GET', 'auth/approle/role/few/role-id')
    const { data: secret } = await call('POST', 'auth/approle/role/few/secret-id', {})
    const options = { roleId: role.role_id, secretId: new Concealed(secret.secret_id), mount: many, token: undefined }
    const answers = [...(await backend(options, context()).lookUp([...'abcde'], 'keys', never())).values()]
    expect(answers).toEqual(Array(5).fill(found('x')))
    expect(vault.requests.filter(request => request.includes('/login'))).toHaveLength(2)
    expect(told).toEqual([secret.secret_id, expect.any(String), secret.secret_id, expect.any(String)])
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
      await call('POST', 'auth/github-jwt/config', { jwt_validation_pubkeys: [pem] })
      await call('POST', 'auth/github-jwt/role/ci', {
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
      if (kind === 'found') expect(vault.requests).toHaveLength(5)
    })
  })

  it('with a token that is used up', async () => {
    const { auth } = await call('POST', 'auth/token/create', { policies: ['ci'], num_uses: 2 })
    const [answer] = await asked({ token: new Concealed(auth.client_token) })
    expect(answer).toEqual({ kind: 'unverified', reason: expect.stringContaining('expired or used up') })
  })
})

it('a namespace of a real OpenBao holds secrets of its own', async () => {
  await call('POST', 'sys/namespaces/ns1')
  const inside = { ...server(), namespace: 'ns1' }
  await callVault(inside, 'POST', 'sys/mounts/kv', { type: 'kv', options: { version: '1' } })
  await callVault(inside, 'POST', 'kv/zenml/global/a', { x: '1', ...arbitrary })
  expect(await ask(['a'], 'keys', { mount: 'kv', vaultNamespace: 'ns1/' })).toEqual([found('x')])
  expect((await ask(['a'], 'keys', { mount: 'kv' }))[0]).toEqual({
    kind: 'unverified',
    reason: 'Vault has no engine at the mount. Check vault-mount and vault-namespace.',
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
