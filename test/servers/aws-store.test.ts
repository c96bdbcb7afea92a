import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AwsServer, startAws, stopAws } from '../../scripts/servers/aws.ts'
import type { AwsOptions } from '../../src/backends/aws/options.ts'
import { openAwsStore } from '../../src/backends/aws/store.ts'
import { awsOptions, callAws, type StoredSecret, useAwsEnvironment } from '../backends/aws-store.ts'
import { componentId, goldenFile, managerScopes, never, newSecret, troubleOf } from '../backends/manager-store.ts'
import { describeStoreContract } from '../backends/store-contract.ts'

let server: AwsServer
let restoreEnvironment: () => void

beforeAll(async () => {
  server = await startAws()
  restoreEnvironment = useAwsEnvironment(server.url)
})

afterAll(async () => {
  restoreEnvironment()
  await stopAws(server)
})

const storeOf = (options: Partial<AwsOptions> = {}) =>
  openAwsStore(awsOptions({ componentId, ...options }), { environment: {} })

for (const [scope, options] of Object.entries(managerScopes)) {
  describeStoreContract(`aws, scope ${scope}, on moto`, async () => {
    await server.reset()
    return {
      create: () => storeOf(options),
      legalNames: ['under_score', 'with.dot', 'a+b=c', 'x@y', '-', 'UPPER', '..'],
      illegalNames: ['a/b', 'a b', 'ключ', 'x'.repeat(513)],
      keepsSchema: true,
      cleanup: () => server.reset(),
    }
  })
}

describe('the aws store on moto', () => {
  it.each(['0.13.2', '0.22.0'])('writes what ZenML %s wrote, byte for byte', async version => {
    await server.reset()
    const golden: readonly StoredSecret[] = goldenFile(`aws-golden-${version}.json`)
    for (const { Name, SecretString = '', Tags = [] } of golden) {
      const tag = (key: string) => Tags.find(({ Key }) => Key === key)?.Value
      const { zenml_schema_name: schema, ...values } = JSON.parse(SecretString)
      const options = {
        scope: tag('zenml_scope') ?? 'none',
        namespace: tag('zenml_namespace'),
        componentId: tag('zenml_component_uuid'),
        componentName: tag('zenml_component_name'),
      }
      await storeOf(options).create(newSecret(Name.split('/').at(-1) ?? '', values, schema), never())
      expect(await callAws(server.url, 'GetSecretValue', { SecretId: Name })).toMatchObject({ SecretString })
      const { Tags: written = [] } = (await callAws(server.url, 'DescribeSecret', { SecretId: Name })) as StoredSecret
      expect(written).toEqual(Tags)
    }
    expect(golden.length).toBeGreaterThan(7)
  })

  it('frees a name at once, also of a secret that is scheduled for deletion', async () => {
    await server.reset()
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    await callAws(server.url, 'DeleteSecret', { SecretId: 'zenml/global/a' })
    expect(await store.list(never())).toEqual([])
    const error = await troubleOf(store.create(newSecret('a', { x: '2' }), never()))
    expect([error.trouble, error.message]).toEqual(['exists', expect.stringContaining('scheduled for deletion')])
    await store.delete('a', never())
    await store.create(newSecret('a', { x: '3' }), never())
    expect((await store.read('a', never()))?.values).toEqual(new Map([['x', '3']]))
  })

  it('tells of a change that was made in the same moment', async () => {
    await server.reset()
    const store = storeOf()
    await store.create(newSecret('a', { x: '1' }), never())
    for (const x of ['2', '3']) await store.update('a', { set: new Map([['x', x]]), remove: new Set() }, never())
    server.clear()
    server.inject({ operation: 'PutSecretValue', delay: 500, times: 1 })
    const caught = troubleOf(store.update('a', { set: new Map([['x', '4']]), remove: new Set() }, never()))
    while (!server.calls.includes('PutSecretValue')) await new Promise(done => setTimeout(done, 5))
    const SecretString = '{"x": "5", "zenml_schema_name": "arbitrary"}'
    await callAws(server.url, 'PutSecretValue', { SecretId: 'zenml/global/a', SecretString })
    const error = await caught
    expect([error.trouble, error.message]).toEqual(['failed', expect.stringContaining('somebody else')])
  })

  it('lists a thousand secrets with ten calls and registers a hundred with as many', async () => {
    await server.reset()
    const store = storeOf()
    const register = (number: number) => store.create(newSecret(`s${number}`, { x: '1' }), never())
    for (let start = 0; start < 1000; start += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, index) => register(start + index)))
    }
    server.clear()
    const listed = await store.list(never())
    expect(listed).toHaveLength(1000)
    expect(listed[0]).toMatchObject({ schema: 'arbitrary', scope: 'global', created: expect.stringMatching(/^20.*Z$/) })
    expect(server.calls).toEqual(Array(10).fill('ListSecrets'))
    server.clear()
    for (let number = 1000; number < 1100; number++) await register(number)
    expect(server.calls).toEqual(Array(100).fill('CreateSecret'))
  })
})
