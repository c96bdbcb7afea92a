import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AwsServer, startAws, stopAws } from '../../scripts/servers/aws.ts'
import type { AwsFault } from '../../scripts/servers/aws-proxy.ts'
import { createAwsBackend } from '../../src/backends/aws/aws.ts'
import type { AwsOptions } from '../../src/backends/aws/options.ts'
import type { Answer, Depth } from '../../src/backends/backend.ts'
import { awsStates } from '../backends/aws-states.ts'
import {
  awsOptions,
  callAws,
  canaryKey,
  globalSecrets,
  type StoredSecret,
  store,
  useAwsEnvironment,
} from '../backends/aws-store.ts'
import { describeBackendContract, type Secrets } from '../backends/contract.ts'

const golden = join(import.meta.dirname, '../fixtures/secrets-managers')

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

const never = () => new AbortController().signal

async function ask(names: readonly string[], depth: Depth, options: Partial<AwsOptions> = {}) {
  return [...(await createAwsBackend(awsOptions(options)).lookUp(names, depth, never())).values()]
}

function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}

function tally(calls: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const call of calls) counts.set(call, (counts.get(call) ?? 0) + 1)
  return Object.fromEntries([...counts].toSorted())
}

describeBackendContract('aws, scope global, on moto', () => setup(globalSecrets, {}))
describeBackendContract('aws, scope none, on moto', () => setup(bareSecrets, { scope: 'none' }))

function bareSecrets(secrets: Secrets): readonly StoredSecret[] {
  return globalSecrets(secrets).map(({ Name, SecretString = '' }) => ({
    Name: Name.slice('zenml/global/'.length),
    SecretString,
  }))
}

function setup(write: (secrets: Secrets) => readonly StoredSecret[], options: Partial<AwsOptions>) {
  const broken = (...faults: readonly AwsFault[]) => {
    return () => {
      server.inject(...faults)
      return createAwsBackend(awsOptions(options))
    }
  }
  return {
    create: async (secrets: Secrets) => {
      await server.reset()
      await store(server.url, write(secrets))
      return createAwsBackend(awsOptions(options))
    },
    broken: {
      'access denied': broken({ operation: '*', error: 'AccessDeniedException', message: canaryKey }),
      'an expired token': broken({ operation: '*', error: 'ExpiredTokenException' }),
      'a web page': broken({ operation: '*', answer: { type: 'text/html', text: '<html>' } }),
    },
    canaries: [canaryKey],
    legalNames: ['under_score', 'with.dot', 'a+b=c', 'x@y', '-', 'UPPER', '..'],
    cleanup: () => server.reset(),
  }
}

describe('secrets as the aws manager of ZenML stored them, on moto', () => {
  interface Golden extends StoredSecret {
    readonly Tags: readonly { readonly Key: string; readonly Value: string }[]
  }

  it.each(['0.13.2', '0.22.0'])('%s: are found in their own scope, and in no other', async version => {
    const secrets: readonly Golden[] = JSON.parse(readFileSync(join(golden, `aws-golden-${version}.json`), 'utf8'))
    await server.reset()
    await store(
      server.url,
      secrets.map(({ Name, SecretString = '', Tags }) => ({ Name, SecretString, Tags })),
    )
    const ids = secrets.map(({ Name }) => Name.split('/')).filter(([, scope]) => scope === 'component')
    const scopes: readonly Partial<AwsOptions>[] = [
      { scope: 'none' },
      { scope: 'global' },
      { scope: 'namespace', namespace: 'team' },
      ...[...new Set(ids.map(([, , id]) => id))].map(componentId => ({ scope: undefined, componentId })),
    ]
    expect(scopes).toHaveLength(5)
    for (const options of scopes) {
      for (const asked of [
        ['db-creds', 'aws-creds'],
        ['db-creds', 'aws-creds', 'absent'],
      ]) {
        expect((await ask(asked, 'keys', options)).slice(0, 2)).toEqual([
          found('username', 'password', 'unicode'),
          found('aws_access_key_id', 'aws_secret_access_key'),
        ])
        const existing = (await ask(asked, 'names', options)).slice(0, 2)
        expect(existing.map(({ kind }) => kind)).toEqual(['found', 'found'])
      }
      const names = await createAwsBackend(awsOptions(options)).names?.(never())
      expect(names?.toSorted()).toEqual(['aws-creds', 'db-creds'])
    }
    for (const other of [
      { scope: 'namespace', namespace: 'tea' },
      { componentId: '11111111-2222-4333-8444-555555555555', scope: undefined },
    ]) {
      expect(await ask(['db-creds', 'aws-creds', 'absent'], 'keys', other)).toEqual(Array(3).fill({ kind: 'missing' }))
    }
  })
})

describe('a state ZenML 0.22 was recorded in, on moto', () => {
  it.each([...awsStates])('%s', async (_, { secrets, deleted, faults = [], names, keys }) => {
    await server.reset()
    await store(server.url, secrets)
    if (deleted !== undefined) await callAws(server.url, 'DeleteSecret', { SecretId: deleted })
    server.inject(...faults)
    for (const asked of [['slack'], ['slack', 'other-a', 'other-b']]) {
      expect((await ask(asked, 'names'))[0]?.kind).toBe(names)
      const [answer] = await ask(asked, 'keys')
      expect(answer).toEqual(typeof keys === 'string' ? expect.objectContaining({ kind: keys }) : found(...keys))
    }
  })

  it('a secret without a value is unusable, and spoils no batch', async () => {
    await server.reset()
    const [empty, full] = globalSecrets({ empty: {}, full: { a: '' } })
    await store(server.url, [{ Name: empty?.Name ?? '', Tags: empty?.Tags ?? [] }, ...(full ? [full] : [])])
    const [first, second] = await ask(['empty', 'full'], 'keys')
    expect(first).toEqual({ kind: 'unusable', reason: expect.stringContaining('no current value') })
    expect(second).toEqual(found('a'))
  })
})

describe('calls made to moto', () => {
  const counts = [1, 10, 100, 1000]
  const names = Array.from({ length: 1000 }, (_, index) => `secret-${index}`)

  beforeAll(async () => {
    await server.reset()
    await store(server.url, globalSecrets(Object.fromEntries(names.map(name => [name, { key: 'v' }]))))
  })

  beforeEach(() => server.clear())

  it.each([
    [1, { DescribeSecret: 1, GetCallerIdentity: 1 }],
    [10, { GetCallerIdentity: 1, ListSecrets: 1 }],
    [1000, { GetCallerIdentity: 1, ListSecrets: 10 }],
  ])('for the names of %i secrets', async (count, expected) => {
    const answers = await ask(names.slice(0, count), 'names')
    expect(answers).toEqual(Array(count).fill({ kind: 'found', keys: 'not-read' }))
    expect(tally(server.calls)).toEqual(expected)
  })

  it.each([
    [1, { BatchGetSecretValue: 1, DescribeSecret: 1, GetCallerIdentity: 1 }],
    [10, { BatchGetSecretValue: 1, GetCallerIdentity: 1, ListSecrets: 1 }],
    [1000, { BatchGetSecretValue: 50, GetCallerIdentity: 1, ListSecrets: 10 }],
  ])('for the keys of %i secrets', async (count, expected) => {
    const answers = await ask(names.slice(0, count), 'keys')
    expect(answers).toEqual(Array(count).fill(found('key')))
    expect(tally(server.calls)).toEqual(expected)
    expect(server.mostAtOnce()).toBeLessThanOrEqual(8)
  })

  it('for 100 secrets among 1,000 are at most twice those of lists by names', async () => {
    await ask(
      names.filter((_, index) => index % 10 === 0),
      'names',
    )
    expect(tally(server.calls).ListSecrets).toBeLessThanOrEqual(20)
  })

  describe('where the scope holds 100', () => {
    beforeAll(async () => {
      await server.reset()
      await store(server.url, globalSecrets(Object.fromEntries(names.slice(0, 100).map(name => [name, { key: 'v' }]))))
    })

    it.each<readonly [Depth, object]>([
      ['names', { GetCallerIdentity: 1, ListSecrets: 1 }],
      ['keys', { BatchGetSecretValue: 5, GetCallerIdentity: 1, ListSecrets: 1 }],
    ])('for the %s of all of them', async (depth, expected) => {
      const answers = await ask(names.slice(0, 100), depth)
      expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['found']))
      expect(tally(server.calls)).toEqual(expected)
      expect(server.calls.length).toBeLessThanOrEqual(100 / 20 + 3)
    })
  })

  it.each(counts)('never touch a value where only names of %i are asked', async count => {
    await ask(names.slice(0, count), 'names')
    expect(server.calls.filter(call => call.includes('Value'))).toEqual([])
  })
})

describe('faults on the way to moto', () => {
  beforeAll(async () => {
    await server.reset()
    await store(server.url, globalSecrets({ a: { x: '' } }))
  })

  beforeEach(() => server.clear())

  it.each<readonly [string, AwsFault, string]>([
    ['throttled once', { operation: '*', error: 'ThrottlingException', times: 1 }, 'found'],
    ['always throttled', { operation: 'BatchGetSecretValue', error: 'ThrottlingException' }, 'unverified'],
    ['500 once', { operation: '*', error: 'InternalServiceError', status: 500, times: 1 }, 'found'],
    ['always 503', { operation: 'BatchGetSecretValue', error: 'ServiceUnavailable', status: 503 }, 'unverified'],
    ['a broken connection', { operation: '*', drop: true, times: 1 }, 'found'],
    ['connections that always break', { operation: 'BatchGetSecretValue', drop: true }, 'unverified'],
    ['all denied', { operation: '*', error: 'AccessDeniedException' }, 'denied'],
  ])('%s', async (_, fault, kind) => {
    server.inject(fault)
    expect((await ask(['a'], 'keys'))[0]?.kind).toBe(kind)
  })

  it('a call that hangs once is given up after ten seconds and made again', async () => {
    server.inject({ operation: 'DescribeSecret', delay: 60_000, times: 1 })
    const started = performance.now()
    expect(await ask(['a'], 'names')).toEqual([{ kind: 'found', keys: 'not-read' }])
    expect(performance.now() - started).toBeGreaterThan(9_000)
    expect(performance.now() - started).toBeLessThan(15_000)
  })
})
