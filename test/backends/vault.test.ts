import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Answer, Depth } from '../../src/backends/backend.ts'
import type { VaultOptions } from '../../src/backends/vault/options.ts'
import { dropValues, entriesRead } from '../../src/backends/vault/stored-entries.ts'
import { createVaultBackend } from '../../src/backends/vault/vault.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { type Answering, sendJson, startService } from '../http/service.ts'
import { describeBackendContract, type Secrets } from './contract.ts'
import { type FakeVault, type FakeVaultState, fakeToken, freshState, startFakeVault } from './vault-fake.ts'
import { vaultOptions } from './vault-options.ts'

let fake: FakeVault

beforeAll(async () => {
  fake = await startFakeVault()
})

beforeEach(() => {
  fake.state = freshState()
  fake.requests.length = 0
})

afterAll(() => fake.close())

const never = () => new AbortController().signal
const arbitrary = { zenml_schema_name: 'arbitrary' }
/** No waiting between tries. */
const seams = { sleep: async () => undefined }

function backend(options: Partial<VaultOptions> = {}, environment: Readonly<Record<string, string>> = {}) {
  const all = vaultOptions({ url: fake.url, token: new Concealed(fakeToken), ...options })
  return createVaultBackend(all, { environment }, seams)
}

async function ask(names: readonly string[], depth: Depth = 'keys', options: Partial<VaultOptions> = {}) {
  return [...(await backend(options).lookUp(names, depth, never())).values()]
}

async function askOne(name: string, depth: Depth = 'keys', options: Partial<VaultOptions> = {}) {
  const [answer] = await ask([name], depth, options)
  return answer && 'reason' in answer ? `${answer.kind}: ${answer.reason}` : answer
}

function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}

function hold(secrets: Readonly<Record<string, unknown>>, state: Partial<FakeVaultState> = {}) {
  const entries = Object.entries(secrets).map(([name, content]) => [`zenml/global/${name}`, content] as const)
  fake.state = { ...freshState(), secrets: new Map(entries), ...state }
}

function marked(secrets: Secrets) {
  return Object.fromEntries(Object.entries(secrets).map(([name, content]) => [name, { ...content, ...arbitrary }]))
}

const states: readonly (readonly [string, Partial<FakeVaultState>])[] = [
  ['KV version 2', {}],
  ['KV version 2 before 1.10, without subkeys', { hasSubkeys: false, isRecent: false }],
  ['KV version 1', { version: 1 }],
]

for (const [name, state] of states) {
  describeBackendContract(`vault, ${name}, over a fake`, () => {
    const broken = (more: Partial<FakeVaultState>, options: Partial<VaultOptions> = {}) => {
      return (secrets: Secrets) => {
        hold(marked(secrets), { ...state, ...more })
        return backend(options)
      }
    }
    const always = (answer: Answering) => {
      const fault: FakeVaultState['fault'] = (...call) => {
        answer(...call)
        return true
      }
      return broken({ fault })
    }
    return {
      create: secrets => {
        hold(marked(secrets), state)
        return backend()
      },
      broken: {
        'no address': broken({}, { url: undefined }),
        'an address that is none': broken({}, { url: `http://user:${fakeToken}@vault.example.com` }),
        'plain http elsewhere': broken({}, { url: 'http://vault.example.com' }),
        'a mount that is none': broken({}, { mount: '../sys' }),
        'no component id': broken({}, { scope: 'component' }),
        'no credentials': broken({}, { token: undefined }),
        'a wrong token': broken({}, { token: new Concealed('canary-wrong') }),
        'a token with a line break': broken({}, { token: new Concealed('canary-wrong\nx') }),
        'nothing allowed': broken({ allows: () => false }),
        'a web page': always(response => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')),
        'an empty object': always(response => sendJson(response, {})),
        'a list': always(response => sendJson(response, [])),
        'a redirect': always(response => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()),
        'errors of its own': always(response => sendJson(response, { errors: [fakeToken] }, 500)),
      },
      canaries: [fakeToken, 'canary-wrong'],
      legalNames: ['under_score', 'with.dot', 'a+b=c', '-', 'UPPER', 'x'.repeat(300), '%2e', '...', 'a b', 'ключ'],
      cleanup: () => undefined,
    }
  })
}

describe('the vault backend', () => {
  it('sends its token and the namespace to the address alone, with every request', async () => {
    hold({ a: arbitrary })
    await ask(['a', 'b'], 'keys', { vaultNamespace: 'admin/team' })
    const sent = fake.requests.map(({ headers }) => [headers['x-vault-token'], headers['x-vault-namespace']])
    expect(new Set(sent.map(String))).toEqual(new Set([`${fakeToken},admin/team`]))
    expect(fake.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1/sys/internal/ui/mounts/secret',
      'POST /v1/sys/capabilities-self',
      'GET /v1/secret/metadata/zenml/global?list=true',
      'GET /v1/secret/subkeys/zenml/global/a?depth=1',
      'GET /v1/secret/subkeys/zenml/global/b?depth=1',
    ])
  })

  it('asks nothing about names that cannot be', async () => {
    const answers = await ask(['..', 'a/../b', 'a//b', '/a', 'a/', '.', ''])
    expect(answers.map(({ kind }) => kind)).toEqual(Array(7).fill('illegal-name'))
    expect(fake.requests).toEqual([])
  })

  it('logs in and finds the engine once, however often it is asked', async () => {
    hold({ a: arbitrary })
    const made = backend()
    await made.lookUp(['a'], 'names', never())
    await made.lookUp(['a'], 'names', never())
    await made.names?.(never())
    const probes = fake.requests.filter(({ url }) => url.includes('mounts'))
    expect(probes).toHaveLength(1)
  })

  it('recovers from a run that was stopped', async () => {
    hold({ a: arbitrary })
    const made = backend()
    await made.lookUp(['a'], 'names', AbortSignal.abort())
    expect([...(await made.lookUp(['a'], 'names', never())).values()]).toEqual([{ kind: 'found', keys: 'not-read' }])
  })

  it('lists each folder once', async () => {
    hold({ a: arbitrary, 'x/a': arbitrary, 'x/b': arbitrary, 'x/y/a': arbitrary })
    await ask(['a', 'b', 'x/a', 'x/b', 'x/c', 'x/y/a', 'x/y/b'], 'names')
    const lists = fake.requests.filter(({ url }) => url.includes('list=true')).map(({ url }) => url)
    expect(lists).toEqual([
      '/v1/secret/metadata/zenml/global?list=true',
      '/v1/secret/metadata/zenml/global/x?list=true',
      '/v1/secret/metadata/zenml/global/x/y?list=true',
    ])
  })

  it.each([
    [
      { aws_access_key_id: 'a', aws_secret_access_key: 'b', aws_session_token: null, zenml_schema_name: 'aws' },
      ['aws_access_key_id', 'aws_secret_access_key'],
    ],
    [
      { rclone_config_s3_region: 'x', zenml_schema_name: 'seldon_s3' },
      ['rclone_config_s3_region', 'rclone_config_s3_type', 'rclone_config_s3_provider', 'rclone_config_s3_env_auth'],
    ],
    [
      JSON.parse('{"__proto__": {"x": 1}, "constructor": "", "zenml_schema_name": "arbitrary"}'),
      ['__proto__', 'constructor'],
    ],
    [{ data: { data: 1 }, metadata: 2, errors: [], ...arbitrary }, ['data', 'metadata', 'errors']],
    [{ a: null, b: 5, c: true, d: '', ...arbitrary }, ['a', 'b', 'c', 'd']],
    [arbitrary, []],
  ])('KV version 1: reads %j as ZenML does', async (content, keys) => {
    hold({ a: content }, { version: 1 })
    expect(await ask(['a'])).toEqual([found(...keys)])
  })

  it.each([
    [{ x: '1' }, 'zenml_schema_name'],
    [{ x: '1', zenml_schema_name: 'nope' }, 'no schema that ZenML knows'],
    [{ x: '1', zenml_schema_name: 5 }, 'no schema that ZenML knows'],
    [{ x: '1', zenml_schema_name: 'aws' }, 'a key that its schema does not allow'],
    [{ zenml_schema_name: 'basic_auth', username: 'x' }, 'lacks a key that its schema requires'],
  ])('KV version 1: %j is unusable', async (content, words) => {
    hold({ a: content }, { version: 1 })
    expect(await askOne('a')).toMatch(new RegExp(`^unusable: ZenML cannot read "zenml/global/a": .*${words}`))
  })

  it('finds the version of the engine by its answers where the server keeps it to itself', async () => {
    const content = marked({ a: { x: '1' } })
    const fault: FakeVaultState['fault'] = (response, { url }) => {
      const isSystem = url.includes('/sys/')
      if (isSystem) sendJson(response, { message: 'blocked' }, 403)
      return isSystem
    }
    for (const version of [1, 2] as const) {
      hold(content, { version, fault })
      expect(await ask(['a', 'absent'])).toEqual([found('x'), { kind: 'missing' }])
    }
    hold({}, { fault })
    expect(await askOne('a')).toMatch(/^unverified: .*sys\/capabilities-self/)
    hold({}, { fault, version: 1 })
    expect(await askOne('a')).toMatch(/^denied: Vault has no engine at "secret", or hides it\./)
  })

  it('does not take a folder that is hidden for one that is not there', async () => {
    hold({}, { allows: path => !path.endsWith('/') })
    expect(await ask(['a', 'b'])).toEqual([{ kind: 'missing' }, { kind: 'missing' }])
    const lying: FakeVaultState['fault'] = (response, { url }) => {
      const isRead = url.includes('/secret/') && !url.includes('/sys/')
      if (isRead) sendJson(response, { errors: [] }, 404)
      return isRead
    }
    hold({}, { allows: () => false, fault: lying })
    expect((await ask(['a'], 'keys')).map(({ kind }) => kind)).toEqual(['denied'])
    expect((await ask(['a'], 'names')).map(({ kind }) => kind)).toEqual(['denied'])
  })

  it('never asks for a value where only names are asked, nor where keys can be had without', async () => {
    hold(marked({ a: { x: '1' } }))
    await ask(['a', 'b'], 'keys')
    await ask(['a', 'b'], 'names')
    expect(fake.requests.filter(({ url }) => url.includes('/secret/data/'))).toEqual([])
  })

  it('lists the names of its own folder alone', async () => {
    hold({ a: arbitrary, 'x/b': arbitrary, 'x/y/c': arbitrary })
    expect(await backend().names?.(never())).toEqual(['a'])
  })

  it('takes a secret that is listed and cannot be found for one without a version', async () => {
    const fault: FakeVaultState['fault'] = (response, { url }) => {
      const isRead = url.includes('/subkeys/')
      if (isRead) sendJson(response, { errors: [] }, 404)
      return isRead
    }
    hold({ a: arbitrary }, { fault })
    expect(await askOne('a')).toBe(
      'unusable: "zenml/global/a" exists in Vault, but it holds no version. Register it again.',
    )
  })

  it('takes a secret of version 2 without the marker for none of ZenML', async () => {
    hold({ a: { x: '1' } })
    expect(await askOne('a')).toMatch(
      /^unusable: ZenML cannot read "zenml\/global\/a": it lacks the entry "zenml_schema_name"/,
    )
  })

  it('asks for the permission that shows least', async () => {
    const fault: FakeVaultState['fault'] = (response, { url }) => {
      const isAsked = url.includes('capabilities-self')
      if (isAsked) sendJson(response, { errors: ['1 error occurred:\n\t* permission denied\n\n'] }, 403)
      return isAsked
    }
    hold({ a: arbitrary }, { allows: path => path.endsWith('/'), fault })
    expect(await askOne('a')).toBe(
      'denied: The token may not read "secret/subkeys/zenml/global/a" in Vault. Add to a policy of it: path "secret/subkeys/zenml/global/a" { capabilities = ["read"] }.',
    )
  })

  it('drops values while it parses', () => {
    const text = JSON.stringify({
      data: { data: { a: 'canary', b: 271828, c: ['canary', { d: 271828 }], n: null, ...arbitrary } },
    })
    const parsed = JSON.parse(text, dropValues)
    expect(JSON.stringify(parsed)).not.toMatch(/canary|271828/)
    expect([...(entriesRead(parsed, 2) ?? [])]).toEqual([
      ['a', ''],
      ['b', 0],
      ['c', ['', { d: 0 }]],
      ['n', null],
      ['zenml_schema_name', 'arbitrary'],
    ])
  })

  it('tries what an old server lacks on one secret only', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `secret-${index}`)
    hold(Object.fromEntries(names.map(name => [name, arbitrary])), { hasSubkeys: false, isRecent: false })
    expect(await ask(names)).toEqual(Array(50).fill(found()))
    expect(fake.requests.filter(({ url }) => url.includes('/subkeys/'))).toHaveLength(1)
    expect(fake.requests.length).toBeLessThanOrEqual(50 + 4)
  })
})

describe('faults of a Vault', () => {
  const scripted = (statuses: readonly (readonly [number, unknown])[], part: string) => {
    const left = [...statuses]
    const fault: FakeVaultState['fault'] = (response, { url }) => {
      const next = url.includes(part) ? left.shift() : undefined
      if (next) sendJson(response, next[1], next[0])
      return next !== undefined
    }
    return fault
  }
  const sealed = { errors: ['Vault is sealed'] }

  it.each<readonly [string, readonly (readonly [number, unknown])[], string]>([
    ['behind its primary once', [[412, { errors: ['required index state not present'] }]], 'found'],
    ['behind its primary for good', Array(9).fill([412, { errors: [] }]), 'unverified'],
    ['busy once', [[429, { errors: ['rate limit quota exceeded'] }]], 'found'],
    ['busy for good', Array(9).fill([429, { errors: [] }]), 'unverified'],
    ['sealed once', [[503, sealed]], 'found'],
    ['sealed for good', Array(9).fill([503, sealed]), 'unverified'],
    ['not initialised', [[501, { errors: [] }]], 'unverified'],
    ['a standby for disaster recovery', [[472, { errors: [] }]], 'unverified'],
    ['a standby for performance', [[473, { errors: [] }]], 'unverified'],
    ['a failure once', [[500, { errors: ['1 error occurred'] }]], 'found'],
    ['a bad request', [[400, { errors: ['relative paths not supported'] }]], 'unverified'],
    ['a token that expires', [[403, { errors: ['permission denied'] }]], 'unverified'],
    [
      "a token that expires, in Vault's newer words",
      [[403, { errors: ['2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n'] }]],
      'unverified',
    ],
    ['no such route', [[404, { errors: ['no handler for route'] }]], 'unverified'],
    ['a 404 of something else', [[404, { message: 'not found' }]], 'unverified'],
    ['a 404 without a body', [[404, '']], 'unverified'],
  ])('%s', async (_, statuses, kind) => {
    for (const part of ['/sys/internal', '?list=true', '/subkeys/']) {
      hold(marked({ a: { x: '1' } }), { fault: scripted(statuses, part) })
      const [answer] = await ask(['a'])
      expect([part, answer?.kind]).toEqual([
        part,
        part === '/sys/internal' && _.startsWith('a 404') ? expect.stringMatching(/found|unverified/) : kind,
      ])
    }
  })

  it('says what is wrong and what to do', async () => {
    hold({}, { fault: scripted(Array(9).fill([503, sealed]), '') })
    expect(await askOne('a')).toMatch(
      /^unverified: GET 127\.0\.0\.1:\d+\/v1\/sys\/internal\/ui\/mounts\/secret was answered 4 times with HTTP 503.* Ask whoever runs it to unseal it\.$/,
    )
    hold({})
    expect(await askOne('a', 'keys', { url: undefined })).toBe(
      'unverified: Nothing says where Vault is. Set vault-url or VAULT_ADDR, such as https://vault.example.com:8200.',
    )
    expect(await askOne('a', 'keys', { token: undefined })).toMatch(
      /^unverified: There is nothing to log in to Vault with: .*Give one of them\.$/,
    )
    expect(await askOne('a', 'keys', { token: undefined, role: 'ci' })).toMatch(
      /^unverified: .*permissions: id-token: write/,
    )
    expect(await askOne('a', 'keys', { mount: 'a/../b' })).toMatch(
      /^unverified: "a\/\.\.\/b" is no path of Vault, .*Correct vault-mount\.$/,
    )
  })

  it.each([
    [{ path: 'secret/', type: 'pki' }, /^unverified: The engine of Vault at "secret" is "pki"/],
    [{ path: 'se/', type: 'kv' }, /^unverified: The engine of Vault is mounted at "se\/", not "secret"/],
    [{ path: 5, type: 'kv' }, /^unverified: Vault answered with something other/],
  ])('an engine %j is not asked', async (data, words) => {
    hold({}, { fault: scripted([[200, { data }]], '/sys/internal') })
    expect(await askOne('a')).toMatch(words)
    expect(fake.requests.filter(({ url }) => url.includes('/secret/') && !url.includes('/sys/'))).toEqual([])
  })

  it('a secret whose version is deleted or destroyed is unusable', async () => {
    for (const [metadata, words] of [
      [{ deletion_time: '2020-01-01T00:00:00Z', destroyed: false }, 'is deleted'],
      [{ deletion_time: '', destroyed: true }, 'is destroyed'],
    ] as const) {
      hold(marked({ a: {} }), { fault: scripted([[404, { data: { subkeys: null, metadata } }]], '/subkeys/') })
      expect(await askOne('a')).toContain(
        `unusable: "zenml/global/a" exists in Vault, but its current version ${words}`,
      )
    }
    const metadata = { deletion_time: '2020-01-01T00:00:00Z', destroyed: false }
    hold(marked({ a: {} }), { fault: scripted([[200, { data: { subkeys: null, metadata } }]], '/subkeys/') })
    expect(await askOne('a')).toMatch(/^unusable: .*is deleted/)
  })

  it.each([
    ['2999-01-01T00:00:00.123456789Z', 'found'],
    ['', 'found'],
    ['2020-01-01T00:00:00.123456789Z', 'unusable'],
    ['nonsense', 'unusable'],
  ])('by metadata a deletion at %j means %s', async (deletion_time, kind) => {
    const data = { current_version: 2, versions: { 1: { destroyed: true }, 2: { deletion_time, destroyed: false } } }
    const fault = scripted([[200, { data }]], '/metadata/zenml/global/a')
    hold(marked({ a: {} }), { fault, allows: path => path.includes('/metadata/') && !path.endsWith('/') })
    expect((await ask(['a'], 'names'))[0]?.kind).toBe(kind)
  })

  it('a login that is refused, or that gives no token, says what to check', async () => {
    const login = async (answering: Answering) => {
      const service = await startService(answering)
      const options = {
        url: service.url,
        token: undefined,
        roleId: 'role',
        secretId: new Concealed('canary-secret-id'),
      }
      const said = await askOne('a', 'keys', options)
      await service.close()
      expect(said).not.toContain('canary')
      return [said, service.requests.length]
    }
    expect(await login(response => sendJson(response, { errors: ['invalid role or secret ID'] }, 400))).toEqual([
      expect.stringMatching(/^unverified: Vault refused the login to the AppRole/),
      1,
    ])
    expect(await login(response => sendJson(response, { errors: ['permission denied'] }, 403))).toEqual([
      expect.stringMatching(/^unverified: Vault lets nobody log in there/),
      1,
    ])
    expect(await login(response => sendJson(response, { auth: {} }))).toEqual([
      expect.stringMatching(/^unverified: Vault answered a login without a token/),
      1,
    ])
    expect(await login(response => sendJson(response, sealed, 503))).toEqual([
      expect.stringMatching(/^unverified: .*unseal/),
      4,
    ])
  })
})
