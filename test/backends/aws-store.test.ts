import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AwsProxy, startAwsProxy } from '../../scripts/servers/aws-proxy.ts'
import { createAwsBackend } from '../../src/backends/aws/aws.ts'
import type { AwsOptions } from '../../src/backends/aws/options.ts'
import { openAwsStore } from '../../src/backends/aws/store.ts'
import { type FakeAws, startFakeAws } from './aws-fake.ts'
import { awsOptions, callAws, canaryKey, type StoredSecret, useAwsEnvironment } from './aws-store.ts'
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

let fake: FakeAws
let proxy: AwsProxy
let restoreEnvironment: () => void

beforeAll(async () => {
  fake = await startFakeAws()
  proxy = await startAwsProxy(fake.url)
  restoreEnvironment = useAwsEnvironment(proxy.url)
})

afterAll(async () => {
  restoreEnvironment()
  await proxy.close()
  await fake.close()
})

const storeOf = (options: Partial<AwsOptions> = {}) =>
  openAwsStore(awsOptions({ componentId, ...options }), { environment: {} })

async function stored(name: string): Promise<any> {
  return {
    ...((await callAws(fake.url, 'GetSecretValue', { SecretId: name })) as object),
    ...((await callAws(fake.url, 'DescribeSecret', { SecretId: name })) as object),
  }
}

for (const [scope, options] of Object.entries(managerScopes)) {
  describeStoreContract(`aws, scope ${scope}, over a fake`, () => {
    fake.clear()
    return {
      create: () => storeOf(options),
      legalNames: ['under_score', 'with.dot', 'a+b=c', 'x@y', '-', 'UPPER', 'upper', 'constructor', '..'],
      illegalNames: ['a/b', 'a b', 'ключ', 'x'.repeat(513), 'a\n'],
      keepsSchema: true,
      cleanup: () => fake.clear(),
    }
  })
}

describe('what the aws store writes', () => {
  afterEach(() => {
    fake.clear()
    proxy.clear()
  })

  const golden: readonly StoredSecret[] = goldenFile('aws-golden-0.22.0.json')

  it.each(golden.map(secret => [secret.Name, secret] as const))(
    'is byte for byte what ZenML wrote, tags included: %s',
    async (Name, { SecretString = '', Tags = [] }) => {
      const { zenml_schema_name: schema, ...values } = JSON.parse(SecretString)
      const tag = (key: string) => Tags.find(({ Key }) => Key === key)?.Value
      const path = Name.split('/')
      const options = {
        scope: tag('zenml_scope') ?? 'none',
        namespace: tag('zenml_namespace'),
        componentId: tag('zenml_component_uuid'),
        componentName: tag('zenml_component_name'),
      }
      const store = storeOf(options)
      await store.create(newSecret(path.at(-1) ?? '', values, schema), never())
      expect(await stored(Name)).toMatchObject({ SecretString, Tags })
      expect((await store.read(path.at(-1) ?? '', never()))?.values).toEqual(new Map(Object.entries(values)))
    },
  )

  it('escapes all that Python escapes', async () => {
    const value = '\u007f\u0000\u001f\b\f\n\r\t"\\/é🔑\u2028'
    await storeOf().create(newSecret('odd', { [value]: value }), never())
    const escaped = '"\\u007f\\u0000\\u001f\\b\\f\\n\\r\\t\\"\\\\/\\u00e9\\ud83d\\udd11\\u2028"'
    const { SecretString } = await stored('zenml/global/odd')
    expect(SecretString).toBe(`{${escaped}: ${escaped}, "zenml_schema_name": "arbitrary"}`)
  })

  it('leaves out what AWS takes in no tag', async () => {
    await storeOf({ componentId: 'none', componentName: 'ключ' }).create(newSecret('a', { b: 'c' }), never())
    const keys = (await stored('zenml/global/a')).Tags.map(({ Key }: any) => Key)
    expect(keys).toEqual(['zenml_scope', 'zenml_secret_name', 'zenml_component_uuid', 'zenml_secret_schema'])
  })

  it('keeps entries that are no texts, or says why it cannot', async () => {
    const payload = '{"a": null, "b": true, "c": "x", "zenml_schema_name": "arbitrary"}'
    await callAws(fake.url, 'CreateSecret', { Name: 'zenml/global/a', SecretString: payload })
    const store = storeOf()
    expect((await store.read('a', never()))?.values).toEqual(
      new Map([
        ['a', 'None'],
        ['b', 'True'],
        ['c', 'x'],
      ]),
    )
    const set = new Map([['c', 'é']])
    await store.update('a', { set, remove: new Set() }, never())
    expect((await stored('zenml/global/a')).SecretString).toBe(payload.replace('"x"', '"\\u00e9"'))
    await callAws(fake.url, 'CreateSecret', { Name: 'zenml/global/n', SecretString: payload.replace('true', '1.0') })
    const error = await troubleOf(store.update('n', { set, remove: new Set() }, never()))
    expect([error.trouble, error.message]).toEqual(['unsupported', expect.stringContaining('"b"')])
    await store.update('n', { set: new Map([['b', '2']]), remove: new Set() }, never())
    expect((await store.read('n', never()))?.values.get('b')).toBe('2')
  })

  it.each([
    ['no JSON', 'token=canary'],
    ['no marker', '{"a": "canary"}'],
    ['an unknown schema', '{"a": "canary", "zenml_schema_name": "canary"}'],
    ['a marker that is no text', '{"a": "canary", "zenml_schema_name": {"arbitrary": 1}}'],
    ['a missing key', '{"aws_access_key_id": "canary", "zenml_schema_name": "aws"}'],
    ['a list', '["canary"]'],
  ])('never replaces a secret with %s', async (_, SecretString) => {
    await callAws(fake.url, 'CreateSecret', { Name: 'zenml/global/a', SecretString })
    const store = storeOf()
    expect((await troubleOf(store.read('a', never()))).trouble).toBe('failed')
    const change = { set: new Map([['a', canaryValue]]), remove: new Set<string>() }
    expect((await troubleOf(store.update('a', change, never()))).trouble).toBe('failed')
    expect((await stored('zenml/global/a')).SecretString).toBe(SecretString)
  })

  it('refuses values that ZenML could not read, or that are too long', async () => {
    const store = storeOf()
    const cases: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
      [{ zenml_schema_name: canaryValue }, 'arbitrary'],
      [{ aws_access_key_id: canaryValue }, 'aws'],
      [{ a: canaryValue }, 'nope'],
      [{ a: 'x'.repeat(65_536) }, 'arbitrary'],
    ]
    for (const [values, schema] of cases) {
      expect((await troubleOf(store.create(newSecret('bad', values, schema), never()))).trouble).toBe('illegal-values')
    }
    await store.create(newSecret('typed', { token: canaryValue }, 'gcp'), never())
    const change = { set: new Map(), remove: new Set(['token']) }
    expect((await troubleOf(store.update('typed', change, never()))).trouble).toBe('illegal-values')
    expect(await callAws(fake.url, 'ListSecrets', {})).toMatchObject({ SecretList: [{ Name: 'zenml/global/typed' }] })
  })
})

describe('the aws store', () => {
  afterEach(() => {
    fake.clear()
    proxy.clear()
  })

  it('lists with schema, scope and age, and nothing of others', async () => {
    const store = storeOf()
    await store.create(newSecret('b', { token: 'x' }, 'gcp'), never())
    await store.create(newSecret('a', { token: 'x' }), never())
    await store.create(newSecret('gone', { token: 'x' }), never())
    await callAws(fake.url, 'DeleteSecret', { SecretId: 'zenml/global/gone' })
    await callAws(fake.url, 'CreateSecret', { Name: 'zenml/global/foreign', SecretString: '{}' })
    await storeOf({ scope: 'namespace', namespace: 'team' }).create(newSecret('other', { token: 'x' }), never())
    const common = {
      keys: undefined,
      scope: 'global',
      created: '2026-09-21T14:13:20.000Z',
      updated: '2026-09-21T14:13:21.000Z',
    }
    expect(await store.list(never())).toEqual([
      { name: 'a', schema: 'arbitrary', ...common },
      { name: 'b', schema: 'gcp', ...common },
    ])
  })

  it('is read back by what checks stacks', async () => {
    await storeOf().create(newSecret('a', { x: '', __proto__x: '' }), never())
    const answers = await createAwsBackend(awsOptions()).lookUp(['a'], 'keys', never())
    expect(answers.get('a')).toEqual({ kind: 'found', keys: new Set(['x', '__proto__x']) })
  })

  it('says so where a name is taken by a secret that is scheduled for deletion, which a deletion frees', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    await callAws(fake.url, 'DeleteSecret', { SecretId: 'zenml/global/a' })
    expect(await store.read('a', never())).toBeUndefined()
    const error = await troubleOf(store.create(newSecret('a', { x: canaryValue }), never()))
    expect([error.trouble, error.message]).toEqual(['exists', expect.stringContaining('scheduled for deletion')])
    const change = { set: new Map(), remove: new Set<string>() }
    expect((await troubleOf(store.update('a', change, never()))).trouble).toBe('absent')
    await store.delete('a', never())
    await store.create(newSecret('a', { x: '2' }), never())
  })

  it('tells of a change that was made in the same moment', async () => {
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    proxy.inject({ operation: 'PutSecretValue', delay: 300, times: 1 })
    const updating = store.update('a', { set: new Map([['x', canaryValue]]), remove: new Set() }, never())
    const caught = troubleOf(updating)
    while (!proxy.calls.includes('PutSecretValue')) await new Promise(resolve => setTimeout(resolve, 5))
    const put = { SecretId: 'zenml/global/a', SecretString: '{}', ClientRequestToken: 'other' }
    await callAws(fake.url, 'PutSecretValue', put)
    const error = await caught
    expect([error.trouble, error.message]).toEqual(['failed', expect.stringContaining('somebody else')])
  })

  it('makes one call to register a secret and one to list a hundred', async () => {
    const store = storeOf()
    for (let number = 0; number < 101; number++) {
      await store.create(newSecret(`s${number}`, { x: '1' }), never())
    }
    expect(proxy.calls).toEqual(Array(101).fill('CreateSecret'))
    proxy.clear()
    expect(await store.list(never())).toHaveLength(101)
    expect(proxy.calls).toEqual(['ListSecrets', 'ListSecrets'])
  })

  it.each([
    ['no region', { region: undefined }],
    ['a region that is none', { region: 'evil.example/#' }],
    ['no component id', { scope: 'component', componentId: undefined }],
    ['an unknown scope', { scope: 'GLOBAL' }],
  ])('is not opened with %s', (_, options) => {
    expect(() => storeOf(options)).toThrow(expect.objectContaining({ name: 'SecretStoreError', trouble: 'failed' }))
  })
})

describe('the aws store, where the service fails', () => {
  const operations = {
    list: { operation: 'ListSecrets' },
    read: { operation: 'GetSecretValue', body: 'held' },
    create: { operation: 'CreateSecret' },
    update: { operation: 'PutSecretValue' },
    delete: { operation: 'DeleteSecret' },
  }

  beforeAll(() => prepare(storeOf()))
  afterEach(() => proxy.clear())
  afterAll(() => fake.clear())

  const names = ['held', 'other', 'gone', 'made'].map(name => `zenml/global/${name}`)
  const left = async () => JSON.stringify(await callAws(fake.url, 'BatchGetSecretValue', { SecretIdList: names }))

  it.each([
    ['denies', { error: 'AccessDeniedException' }, 'denied'],
    ['throttles', { error: 'ThrottlingException' }, 'unreachable'],
    ['answers with 500', { error: 'InternalServiceError', status: 500 }, 'unreachable'],
    ['cuts the connection', { drop: true }, 'unreachable'],
    ['answers with a web page', { answer: { type: 'text/html', text: `<p>${canaryKey}` } }, 'unreachable'],
    ['takes no credentials', { error: 'ExpiredTokenException' }, 'unreachable'],
  ])(
    'as it %s, leaves all as it was and says why',
    async (_, fault, trouble) => {
      const before = await left()
      const message = `${canaryKey} ${canaryValue}`
      proxy.inject(...Object.values(operations).map(where => ({ ...where, message, ...fault })))
      for (const [method, error] of await everyTrouble(storeOf())) {
        expect([method, error.trouble]).toEqual([method, trouble])
        const { operation } = operations[method as keyof typeof operations]
        if (trouble === 'denied') expect(error.message).toContain(`secretsmanager:${operation}`)
      }
      expect(await left()).toBe(before)
    },
    30_000,
  )

  it('for a moment, tries again', async () => {
    const before = await left()
    proxy.inject(...Object.values(operations).map(where => ({ ...where, error: 'ThrottlingException', times: 1 })))
    await Promise.all(Object.values(everyMethod).map(act => act(storeOf())))
    expect(await left()).not.toBe(before)
  })
})

it('the aws store says so where nothing answers', async () => {
  const restore = useAwsEnvironment('http://127.0.0.1:9')
  try {
    for (const [, { trouble }] of await everyTrouble(storeOf())) expect(trouble).toBe('unreachable')
  } finally {
    restore()
  }
})
