import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AzureServer, startAzure } from '../../scripts/servers/azure.ts'
import type { HttpFault } from '../../scripts/servers/contract-fake.ts'
import type { AzureOptions } from '../../src/backends/azure/options.ts'
import { readVault } from '../../src/backends/azure/vault.ts'
import type { Answer, Depth } from '../../src/backends/backend.ts'
import {
  type AzureSetup,
  azureBackend,
  bareName,
  bareSecrets,
  globalSecrets,
  globalTags,
  type StoredSecret,
  store,
  useAzureEnvironment,
} from './azure-store.ts'
import { describeBackendContract, type Secrets } from './contract.ts'
import { temporaryDirectory } from './temporary.ts'

let server: AzureServer
let restoreEnvironment: () => void

beforeAll(async () => {
  server = await startAzure()
  restoreEnvironment = useAzureEnvironment(server)
})

afterEach(() => server.reset())

afterAll(async () => {
  restoreEnvironment()
  await server.close()
})

const never = () => new AbortController().signal

interface Asked extends Partial<AzureOptions>, Omit<AzureSetup, 'server'> {}

async function ask(names: readonly string[], depth: Depth = 'keys', asked: Asked = {}) {
  const { environment = {}, onCredential = () => undefined, ...options } = asked
  const backend = azureBackend({ server, environment, onCredential }, options)
  return [...(await backend.lookUp(names, depth, never())).values()]
}

async function reasonFor(name: string, depth: Depth = 'keys', asked: Asked = {}): Promise<string> {
  const [answer] = await ask([name], depth, asked)
  return answer && 'reason' in answer ? `${answer.kind}: ${answer.reason}` : JSON.stringify(answer)
}

function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}

const known: Answer = { kind: 'found', keys: 'not-read' }
const missing: Answer = { kind: 'missing' }
const api = /\/secrets/

function pathsOf(lines: readonly string[]): readonly string[] {
  return lines.filter(line => api.test(line)).map(line => line.split('?')[0] ?? '')
}

/** An error in Key Vault's form, which quotes what nobody may see. */
function refusal(status: number, code: string, ...[inner]: readonly string[]): HttpFault['answer'] {
  return { status, body: { error: { code, message: server.token, innererror: { code: inner } } } }
}

describeBackendContract('azure, scope global, over a fake', () => setup(globalSecrets, {}))
describeBackendContract('azure, scope none, over a fake', () => setup(bareSecrets, { scope: 'none' }))

function setup(write: (secrets: Secrets) => readonly StoredSecret[], options: Partial<AzureOptions>) {
  const make = (more: Partial<AzureOptions> = {}) => azureBackend({ server }, { ...options, ...more })
  const broken = (answer: () => HttpFault['answer']) => {
    return async (secrets: Secrets) => {
      server.reset()
      await store(server, write(secrets))
      server.inject({ match: api, answer: answer() })
      return make()
    }
  }
  return {
    create: async (secrets: Secrets) => {
      server.reset()
      await store(server, write(secrets))
      return make()
    },
    broken: {
      'no vault': () => make({ vaultUrl: undefined }),
      'a vault that only a file names': () => make({ vaultUrl: undefined, vaultName: 'example' }),
      'no component id': () => make({ scope: 'component' }),
      'nothing granted': async (secrets: Secrets) => {
        server.reset()
        await store(server, write(secrets))
        server.grant([])
        return make()
      },
      'a firewall': broken(() => refusal(403, 'Forbidden', 'ForbiddenByFirewall')),
      'a token that is refused': broken(() => refusal(401, 'Unauthorized')),
      'a web page': broken(() => ({ status: 200, type: 'text/html', body: server.token })),
      'an empty object': broken(() => ({ status: 200, body: {} })),
      'a list': broken(() => ({ status: 200, body: [server.token] })),
      '404 without more': broken(() => ({ status: 404, body: {} })),
    },
    canaries: ['canary-azure-token-9d40c7', 'canary-identity-header'],
    legalNames: ['UPPER', '-', '0', 'x'.repeat(100), 'constructor2'].slice(0, options.scope === 'none' ? 3 : 5),
    cleanup: () => server.reset(),
  }
}

describe('the azure backend', () => {
  it.each<readonly [string, Partial<StoredSecret>, Answer | string]>([
    ['null and numbers', { value: '{"a":null,"b":5,"zenml_schema_name":"arbitrary"}' }, found('a', 'b')],
    ['inherited names', { value: '{"__proto__":"","zenml_schema_name":"arbitrary"}' }, found('__proto__')],
    ['no marker', { value: '{"a":"1"}' }, 'lacks the entry "zenml_schema_name"'],
    ['no JSON', { value: 'a=1' }, 'it is not JSON'],
    ['a broken schema', { value: '{"a":"","zenml_schema_name":"gcp"}' }, 'its schema'],
    ['no tags', { tags: {} }, 'without the tags by which ZenML finds it (zenml_scope=global, zenml_secret_name=odd)'],
    ['tags of another', { tags: globalTags('other') }, 'without the tags'],
    ['an end', { enabled: false }, '"zenml-global-odd" is disabled'],
  ])('reads a secret with %s as ZenML does', async (_, secret, expected) => {
    const [plain] = globalSecrets({ odd: { a: '' } })
    await store(server, [{ name: 'zenml-global-odd', value: plain?.value ?? '', tags: globalTags('odd'), ...secret }])
    const [answer] = await ask(['odd'])
    if (typeof expected !== 'string') expect(answer).toEqual(expected)
    else expect(answer).toEqual({ kind: 'unusable', reason: expect.stringContaining(expected) })
  })

  it.each<readonly [string, Partial<StoredSecret>, string]>([
    ['no tags', { tags: {} }, 'unusable'],
    ['an end', { enabled: false }, 'unusable'],
    ['no JSON', { value: 'x' }, 'found'],
  ])('looks at a secret with %s in a list as alone', async (_, secret, kind) => {
    await store(server, [{ name: 'zenml-global-odd', value: '{}', tags: globalTags('odd'), ...secret }])
    expect((await ask(['odd'], 'names'))[0]?.kind).toBe(kind)
    expect((await ask(['odd', 'b', 'c'], 'names'))[0]?.kind).toBe(kind)
    expect(pathsOf(server.requests).slice(1)).toEqual(['GET /secrets/zenml-global-odd/versions', 'GET /secrets'])
  })

  it('takes the newest of many versions, whatever their order', async () => {
    const [secret] = globalSecrets({ a: { x: '' } })
    for (let version = 0; version < 60; version++) {
      await store(server, secret ? [{ ...secret, enabled: version === 59 }] : [])
    }
    expect(await ask(['a'], 'names')).toEqual([known])
    await store(server, secret ? [{ ...secret, enabled: false }] : [])
    server.clear()
    expect(await reasonFor('a', 'names')).toMatch(/^unusable: .*disabled/)
    expect(pathsOf(server.requests)).toHaveLength(3)
  })

  it('takes another case for another secret, though Key Vault does not', async () => {
    await store(server, globalSecrets({ creds: { x: '' } }))
    for (const depth of ['names', 'keys'] as const) {
      expect(await ask(['CREDS'], depth)).toEqual([missing])
      expect(await ask(['CREDS', 'b', 'c'], depth)).toEqual([missing, missing, missing])
    }
    await store(server, [{ name: 'zenml-global-bare', value: '{}' }])
    expect(await ask(['BARE'])).toEqual([missing])
    const body = { value: '{}', id: `${server.url}/secrets/zenml-global-CREDS/1`, tags: globalTags('creds') }
    server.inject({ match: api, answer: { status: 200, body } })
    expect(await ask(['CREDS'])).toEqual([missing])
  })

  it('goes on by name where the vault holds far more than is asked', async () => {
    await store(server, globalSecrets(Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`n${index}`, {}]))))
    server.clear()
    expect(await ask(['n0', 'n99', 'zz'], 'names')).toEqual([known, known, missing])
    const paths = pathsOf(server.requests)
    expect(paths.filter(path => path === 'GET /secrets')).toHaveLength(3)
    expect(paths.length).toBeLessThanOrEqual(6)
  })

  it.each<readonly [string, unknown]>([
    ['at another host', 'https://evil.example/secrets?api-version=7.4'],
    ['at another path', '/deletedsecrets?api-version=7.4'],
    ['nowhere', 5],
  ])('follows no list that goes on %s', async (_, link) => {
    const nextLink = typeof link === 'string' && link.startsWith('/') ? server.url + link : link
    server.inject({ match: /secrets\?/, answer: { status: 200, body: { value: [], nextLink } } })
    expect((await ask(['a', 'b', 'c'], 'names')).map(({ kind }) => kind)).toEqual(Array(3).fill('unverified'))
    expect(await reasonFor('a', 'keys', { scope: 'none' })).toMatch(/^unverified: .*not understood/)
    expect(pathsOf(server.requests)).toEqual(['GET /secrets', 'GET /secrets'])
  })

  it('believes nothing of a list that repeats itself', async () => {
    const nextLink = `${server.url}/secrets?api-version=7.4&$skiptoken=1`
    server.inject({ match: /secrets\?/, answer: { status: 200, body: { value: [], nextLink } } })
    expect(await reasonFor('a', 'keys', { scope: 'none' })).toMatch(/^unverified: .*not understood/)
    expect(pathsOf(server.requests)).toHaveLength(2)
  })

  it('reads no value where only names are asked', async () => {
    await store(server, [...globalSecrets({ a: { x: '' } }), ...bareSecrets({ b: { x: '' } })])
    server.clear()
    await ask(['a', 'absent'], 'names')
    await ask(['a', 'absent', 'c'], 'names')
    await ask(['b', 'absent'], 'names', { scope: 'none' })
    await ask(['b', 'absent'], 'keys', { scope: 'none' })
    const paths = pathsOf(server.requests)
    expect(paths.length).toBeGreaterThan(4)
    expect(paths.filter(path => path !== 'GET /secrets' && !path.endsWith('/versions'))).toEqual([])
  })

  it('asks nothing about names that cannot be', async () => {
    expect((await ask(['a/b', 'a_b', '..'])).map(({ kind }) => kind)).toEqual(Array(3).fill('illegal-name'))
    expect(server.requests).toEqual([])
  })

  it('hands the token on, to be masked, before it is used', async () => {
    const told: string[] = []
    await ask(['a'], 'names', { onCredential: text => told.push(`${text} ${pathsOf(server.requests).length}`) })
    expect(told).toEqual([`${server.token} 0`])
  })
})

describe('the azure backend in scope none', () => {
  const tags = { 'zenml-group-key': 'a', 'zenml-key-name': 'k', 'zenml-schema-name': 'arbitrary' }

  it.each<readonly [string, Partial<StoredSecret>, RegExp]>([
    ['no schema', { tags: { 'zenml-group-key': 'a', 'zenml-key-name': 'k' } }, /^unusable: .*zenml-schema-name/],
    ['an unknown schema', { tags: { ...tags, 'zenml-schema-name': 'x' } }, /^unusable: .*no schema/],
    ['no key', { tags: { 'zenml-group-key': 'a', 'zenml-schema-name': 'arbitrary' } }, /^unusable: .*zenml-key-name/],
    ['a key that ZenML refuses', { tags: { ...tags, 'zenml-key-name': 'name' } }, /^unusable: .*called "name"/],
    ['a key that is disabled', { enabled: false }, /^unusable: .*disabled/],
  ])('finds %s unusable', async (_, secret, reason) => {
    await store(server, [{ name: bareName('a', 'k'), value: 'v', tags, ...secret }])
    expect(await reasonFor('a', 'keys', { scope: 'none' })).toMatch(reason)
  })

  it('finds names that no other scope allows', async () => {
    const names = ['with.dot', 'a/b', 'ünder_score', '', '__proto__']
    await store(server, bareSecrets(Object.fromEntries(names.slice(0, 4).map(name => [name, { k: '' }]))))
    expect(await ask(names, 'keys', { scope: 'none' })).toEqual([...Array(4).fill(found('k')), missing])
  })

  it('leaves keys unverified where the list breaks off', async () => {
    const value = [{ id: `${server.url}/secrets/x`, attributes: { enabled: true }, tags }]
    const nextLink = `${server.url}/secrets?api-version=7.4&$skiptoken=25`
    server.inject(
      { match: /skiptoken/, answer: { status: 400, body: {} } },
      { match: api, answer: { status: 200, body: { value, nextLink } } },
    )
    const kinds = async (depth: Depth) => (await ask(['a', 'b'], depth, { scope: 'none' })).map(({ kind }) => kind)
    expect(await kinds('keys')).toEqual(['unverified', 'unverified'])
    expect(await kinds('names')).toEqual(['found', 'unverified'])
  })
})

describe('what the azure backend says to an identity that may', () => {
  it.each<readonly [string, readonly string[], Depth, readonly (string | Answer)[]]>([
    ['look, of names', ['readMetadata'], 'names', [known, missing]],
    [
      'look, of keys',
      ['readMetadata'],
      'keys',
      ['denied: .*read "zenml-global-a".*Key Vault Secrets User', 'denied: Secrets User'],
    ],
    ['read, of keys', ['getSecret'], 'keys', [found('x'), missing]],
    [
      'read, of names',
      ['getSecret'],
      'names',
      ['denied: .*look at "zenml-global-a".*Key Vault Reader', 'denied: Key Vault Reader'],
    ],
    ['look at one, of names', ['readMetadata@zenml-global-a'], 'names', [known, 'denied: Key Vault Reader']],
  ])('%s', async (_, actions, depth, expected) => {
    await store(server, globalSecrets({ a: { x: '' } }))
    server.grant(actions)
    const matching = expected.map(answer => {
      if (typeof answer !== 'string') return answer
      const [kind, reason = ''] = answer.split(': ')
      return { kind, reason: expect.stringMatching(reason) }
    })
    expect(await ask(['a', 'absent'], depth)).toEqual(matching)
    expect(await ask(['a', 'absent', 'b'], depth)).toEqual([...matching, matching[1]])
  })
})

describe('the azure backend in trouble', () => {
  it.each<readonly [string, () => HttpFault['answer'], RegExp]>([
    ['a policy', () => refusal(403, 'Forbidden', 'ForbiddenByPolicy'), /^denied: .*access policy/],
    ['a policy without more', () => refusal(403, 'Forbidden'), /^denied: .*access policy/],
    ['a firewall', () => refusal(403, 'Forbidden', 'ForbiddenByFirewall'), /^denied: The firewall/],
    ['disabled', () => refusal(403, 'Forbidden', 'SecretDisabled'), /^unusable: .*disabled/],
    [
      'refused',
      () => refusal(401, 'Unauthorized'),
      /^unverified: .*refused the token.*AZURE_CLIENT_SECRET.*azure\/login/,
    ],
    ['a 403 of a proxy', () => ({ status: 403, type: 'text/html', body: 'x' }), /^unverified: .*HTTP 403/],
    ['a 404 of a proxy', () => ({ status: 404, type: 'text/html', body: 'x' }), /^unverified: .*HTTP 404/],
    ['a 404 of something else', () => refusal(404, 'NotFound'), /^unverified: .*HTTP 404/],
    [
      'a redirect',
      () => ({ status: 307, body: '', headers: { location: 'https://evil.example' } }),
      /^unverified: .*redirect/,
    ],
    [
      'another secret',
      () => ({ status: 200, body: { value: '{}', id: 'https://v/secrets/other/1' } }),
      /^unverified: .*not understood/,
    ],
    [
      'no value',
      () => ({ status: 200, body: { id: 'https://v/secrets/zenml-global-a/1' } }),
      /^unverified: .*not understood/,
    ],
  ])('%s', async (_, answer, reason) => {
    server.inject({ match: api, answer: answer() })
    const said = await reasonFor('a')
    expect(said).toMatch(reason)
    expect(said).not.toMatch(/canary/)
  })

  it.each<readonly [string, HttpFault]>([
    ['429 once', { match: api, times: 1, answer: { status: 429, body: {}, headers: { 'retry-after': '0' } } }],
    ['503 once', { match: api, times: 1, answer: { status: 503, body: {} } }],
    ['a broken connection once', { match: api, times: 1, drop: true }],
  ])('tries again after %s', async (_, fault) => {
    await store(server, globalSecrets({ a: { x: '' } }))
    server.inject(fault)
    expect(await ask(['a'])).toEqual([found('x')])
  })

  it('stops when the run does, though nobody answers', async () => {
    server.inject({ match: api, delay: 60_000 })
    const started = performance.now()
    const answers = await azureBackend({ server }).lookUp(['a'], 'keys', AbortSignal.timeout(300))
    expect(answers.get('a')).toEqual({ kind: 'unverified', reason: expect.stringMatching(/stopped/) })
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('names every source of credentials where there are none', async () => {
    process.env.AZURE_TOKEN_CREDENTIALS = 'EnvironmentCredential'
    try {
      expect(await reasonFor('a')).toMatch(
        /^unverified: Azure made no token \(.*AZURE_FEDERATED_TOKEN_FILE.*managed identity.*Azure CLI/,
      )
      process.env.AZURE_TOKEN_CREDENTIALS = 'nonsense'
      expect(await reasonFor('a')).toMatch(/^unverified: Azure made no token.*AZURE_TOKEN_CREDENTIALS/)
      expect(server.requests).toEqual([])
    } finally {
      process.env.AZURE_TOKEN_CREDENTIALS = 'ManagedIdentityCredential'
    }
  })

  it.each(['AZURE_FEDERATED_TOKEN_FILE', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_CONFIG_DIR'])(
    'takes no credentials from %s in the folder that is checked',
    async variable => {
      const directory = temporaryDirectory()
      try {
        const file = join(directory.path, 'token')
        writeFileSync(file, 'x')
        const environment = { [variable]: file }
        expect(await reasonFor('a', 'keys', { environment, workspace: directory.path })).toMatch(
          new RegExp(`^unverified: ${variable}`),
        )
        expect(server.requests).toEqual([])
        const workspace = join(directory.path, 'checkout')
        expect(await ask(['a'], 'keys', { environment, workspace })).toEqual([missing])
      } finally {
        directory.remove()
      }
    },
  )
})

describe('the vault that the azure backend asks', () => {
  it.each([
    ['https://example.vault.azure.net', 'https://vault.azure.net/.default'],
    ['https://Example.vault.azure.net/', 'https://vault.azure.net/.default'],
    ['https://a1-b.vault.azure.cn', 'https://vault.azure.cn/.default'],
    ['https://example.vault.usgovcloudapi.net', 'https://vault.usgovcloudapi.net/.default'],
    ['http://127.0.0.1:8443', 'https://vault.azure.net/.default'],
  ])('is %s', (vaultUrl, tokenScope) => {
    const url = vaultUrl.toLowerCase().replace(/\/$/, '')
    expect(readVault({ vaultUrl, vaultName: 'other' })).toEqual({ url, tokenScope })
  })

  it.each([
    'http://example.vault.azure.net',
    'https://example.vault.azure.net/secrets',
    'https://example.com',
    'https://vault.azure.net',
    'https://example.vault.azure.net.evil.example',
    'https://evil.example/x.vault.azure.net',
    'https://a.b.vault.azure.net',
    'https://user:pass@example.vault.azure.net',
    'https://1example.vault.azure.net',
    'https://a--b.vault.azure.net',
    'https://169.254.169.254',
    'example',
  ])('is never %s', vaultUrl => {
    expect(readVault({ vaultUrl, vaultName: undefined })).toEqual({
      problem: expect.stringMatching(/^azure-vault-url .*\.$/),
    })
  })

  it('is none that only a stack file names', () => {
    expect(readVault({ vaultUrl: undefined, vaultName: 'Example' })).toEqual({
      problem:
        'The stack file alone names the Azure key vault, and credentials go only where you say. If it is yours, set azure-vault-url to https://example.vault.azure.net.',
    })
  })

  it.each(['evil.example/#', '', 'a', 'x'.repeat(25), '../x', 'a\nb', 'example.vault.azure.net'])(
    'is not named %j',
    vaultName => {
      expect(readVault({ vaultUrl: undefined, vaultName })).toEqual({
        problem: expect.stringMatching(/is no name of an Azure key vault/),
      })
    },
  )
})
