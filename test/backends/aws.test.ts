import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AwsFault, type AwsProxy, startAwsProxy } from '../../scripts/servers/aws-proxy.ts'
import { createAwsBackend } from '../../src/backends/aws/aws.ts'
import type { AwsOptions } from '../../src/backends/aws/options.ts'
import type { Answer, Depth } from '../../src/backends/backend.ts'
import { type FakeAws, startFakeAws } from './aws-fake.ts'
import { awsStates } from './aws-states.ts'
import { awsOptions, callAws, canaryKey, globalSecrets, store, useAwsEnvironment } from './aws-store.ts'
import { describeBackendContract } from './contract.ts'
import { temporaryDirectory } from './temporary.ts'

let fake: FakeAws
let proxy: AwsProxy
let restoreEnvironment: () => void

beforeAll(async () => {
  fake = await startFakeAws()
  proxy = await startAwsProxy(fake.url)
  restoreEnvironment = useAwsEnvironment(proxy.url)
})

afterEach(() => {
  fake.clear()
  proxy.clear()
})

afterAll(async () => {
  restoreEnvironment()
  await proxy.close()
  await fake.close()
})

function never(): AbortSignal {
  return new AbortController().signal
}

async function ask(names: readonly string[], depth: Depth = 'keys', options: Partial<AwsOptions> = {}) {
  return [...(await createAwsBackend(awsOptions(options)).lookUp(names, depth, never())).values()]
}

async function askOne(name: string, depth: Depth = 'keys', options: Partial<AwsOptions> = {}): Promise<Answer> {
  const [answer] = await ask([name], depth, options)
  if (!answer) throw new Error('There is no answer.')
  return answer
}

function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}

function reasonOf(answer: Answer | undefined): string {
  return answer && 'reason' in answer ? `${answer.kind}: ${answer.reason}` : JSON.stringify(answer)
}

const accessDenied: AwsFault = { operation: '*', error: 'AccessDeniedException', message: canaryKey }

describeBackendContract('aws, scope global, over a fake', () => {
  const broken = (...faults: readonly AwsFault[]) => {
    return () => {
      proxy.inject(...faults)
      return createAwsBackend(awsOptions())
    }
  }
  return {
    create: async secrets => {
      fake.clear()
      proxy.clear()
      await store(fake.url, globalSecrets(secrets))
      return createAwsBackend(awsOptions())
    },
    broken: {
      'no region': () => createAwsBackend(awsOptions({ region: undefined })),
      'no component id': () => createAwsBackend(awsOptions({ scope: 'component' })),
      'a region that is none': () => createAwsBackend(awsOptions({ region: 'evil.example/#' })),
      'access denied': broken(accessDenied),
      'an expired token': broken({ operation: '*', error: 'ExpiredTokenException', message: canaryKey }),
      'a web page': broken({ operation: '*', answer: { type: 'text/html', text: `<html>${canaryKey}</html>` } }),
      'an empty object': broken({ operation: '*', answer: { type: 'application/x-amz-json-1.1', text: '{}' } }),
    },
    canaries: [canaryKey, 'AKIATEST'],
    legalNames: ['under_score', 'with.dot', 'a+b=c', 'x@y', '-', 'UPPER', 'x'.repeat(498), 'constructor2', '..'],
    cleanup: () => undefined,
  }
})

describe('the aws backend in a state ZenML 0.22 was recorded in', () => {
  const cases: readonly { readonly case: string }[] = JSON.parse(
    readFileSync(join(import.meta.dirname, '../fixtures/secrets-managers/aws-edge-0.22.0.json'), 'utf8'),
  )

  it('knows every recorded case', () => {
    expect([...awsStates.keys()]).toEqual([...new Set(cases.map(({ case: name }) => name))])
    expect(awsStates.size).toBe(21)
  })

  it.each([...awsStates])('%s', async (_, { secrets, deleted, faults = [], names, keys }) => {
    await store(fake.url, secrets)
    if (deleted !== undefined) await callAws(fake.url, 'DeleteSecret', { SecretId: deleted })
    proxy.inject(...faults)
    // Alone it is described; among others it is listed.
    for (const asked of [['slack'], ['slack', 'other-a', 'other-b']]) {
      const [existence] = await ask(asked, 'names')
      expect(existence).toEqual(
        names === 'found' ? { kind: 'found', keys: 'not-read' } : expect.objectContaining({ kind: names }),
      )
      const [content] = await ask(asked, 'keys')
      expect(content).toEqual(typeof keys === 'string' ? expect.objectContaining({ kind: keys }) : found(...keys))
    }
  })
})

describe('the aws backend', () => {
  it.each([
    ['{"a":1,"a":2,"zenml_schema_name":"nope","zenml_schema_name":"arbitrary"}', ['a']],
    ['{"__proto__":{"x":1},"constructor":"","zenml_schema_name":"arbitrary"}', ['__proto__', 'constructor']],
    [
      '{"aws_access_key_id":"a","aws_secret_access_key":"b","aws_session_token":null,"zenml_schema_name":"aws"}',
      ['aws_access_key_id', 'aws_secret_access_key'],
    ],
    ['{"zenml_schema_name":"arbitrary"}', []],
  ])('reads %s as ZenML does', async (SecretString, keys) => {
    const [secret] = globalSecrets({ odd: {} })
    await store(fake.url, [{ ...secret, Name: 'zenml/global/odd', SecretString }])
    expect(await askOne('odd')).toEqual(found(...keys))
  })

  it('says of a secret without a value that it has none', async () => {
    const [secret] = globalSecrets({ empty: {} })
    await store(fake.url, [{ Name: 'zenml/global/empty', ...(secret?.Tags && { Tags: secret.Tags }) }])
    expect(reasonOf(await askOne('empty'))).toMatch(/^unusable: .*holds no current value/)
  })

  it('finds a secret of scope none under its bare name, unless it carries the tag of another scope', async () => {
    const SecretString = '{"a":"1","zenml_schema_name":"arbitrary"}'
    await store(fake.url, [
      { Name: 'bare', SecretString },
      { Name: 'tagged', SecretString, Tags: [{ Key: 'zenml_scope', Value: 'global' }] },
      { Name: 'path/bare', SecretString },
    ])
    const backend = createAwsBackend(awsOptions({ scope: 'none' }))
    expect([...(await backend.lookUp(['bare', 'tagged'], 'keys', never())).values()]).toEqual([
      found('a'),
      expect.objectContaining({ kind: 'unusable', reason: expect.stringContaining('zenml_scope') }),
    ])
    expect(await backend.names?.(never())).toEqual(['bare'])
  })

  it('believes AWS over a list that lags behind', async () => {
    fake.hideNew(true)
    await store(fake.url, globalSecrets({ a: { x: '' }, b: { x: '' }, c: { x: '' }, d: { x: '' } }))
    const names = ['a', 'b', 'c', 'd', 'absent']
    expect((await ask(names, 'names')).map(({ kind }) => kind)).toEqual(['found', 'found', 'found', 'found', 'missing'])
    expect((await ask(names, 'keys')).map(({ kind }) => kind)).toEqual(['found', 'found', 'found', 'found', 'missing'])
  })

  it('reads one by one where reading in batches is denied', async () => {
    await store(fake.url, globalSecrets({ a: { x: '' }, b: { y: '' } }))
    proxy.inject({ operation: 'BatchGetSecretValue', error: 'AccessDeniedException' })
    expect(await ask(['a', 'b', 'absent'])).toEqual([found('x'), found('y'), { kind: 'missing' }])
  })

  it('reads what it may not look at otherwise', async () => {
    await store(fake.url, globalSecrets({ a: { x: '' }, b: { y: '' } }))
    proxy.inject(
      { operation: 'ListSecrets', error: 'AccessDeniedException' },
      { operation: 'DescribeSecret', error: 'AccessDeniedException' },
    )
    expect(await ask(['a', 'b', 'absent'])).toEqual([found('x'), found('y'), { kind: 'missing' }])
    expect((await ask(['a', 'b', 'absent'], 'names')).map(({ kind }) => kind)).toEqual(['denied', 'denied', 'denied'])
  })

  it('reads no value and asks for none where only names are asked', async () => {
    await store(fake.url, globalSecrets({ a: { x: '' }, b: { y: '' }, c: {} }))
    await ask(['a', 'b', 'c', 'absent'], 'names')
    await ask(['a'], 'names')
    expect(new Set(proxy.calls)).toEqual(new Set(['GetCallerIdentity', 'ListSecrets', 'DescribeSecret']))
  })

  it('asks nothing about names that cannot be', async () => {
    expect((await ask(['a/b', 'arn:aws:secretsmanager:x'])).map(({ kind }) => kind)).toEqual([
      'illegal-name',
      'illegal-name',
    ])
    expect(proxy.calls).toEqual([])
  })

  it('has at most eight calls under way', async () => {
    proxy.inject({ operation: '*', delay: 5 })
    await ask(
      Array.from({ length: 300 }, (_, index) => `absent-${index}`),
      'names',
    )
    expect(proxy.mostAtOnce()).toBe(8)
  })

  it('lists the names of its scope alone', async () => {
    await store(fake.url, globalSecrets({ a: {}, b: {} }))
    await store(fake.url, [
      { Name: 'zenml/global/foreign', SecretString: '{}' },
      { Name: 'other', SecretString: '{}' },
    ])
    expect(await createAwsBackend(awsOptions()).names?.(never())).toEqual(['a', 'b'])
  })
})

describe('the aws backend in trouble', () => {
  it.each<readonly [string, AwsFault, RegExp]>([
    [
      'may not describe',
      { operation: 'DescribeSecret', error: 'AccessDeniedException' },
      /^denied: .*identity "assumed-role\/ci\/run" \(account ending in 9012\) may not call secretsmanager:DescribeSecret on "zenml\/global\/a" in us-east-1/,
    ],
    [
      'expired',
      { operation: 'DescribeSecret', error: 'ExpiredTokenException' },
      /^unverified: .*ExpiredTokenException.*AWS_ACCESS_KEY_ID.*AWS_PROFILE.*AWS_ROLE_ARN.*instance/,
    ],
    ['clock', { operation: 'DescribeSecret', error: 'RequestTimeTooSkewed' }, /^unverified: .*clock/],
    ['unknown error', { operation: 'DescribeSecret', error: 'TeapotException' }, /^unverified: .*TeapotException/],
    ['hostile error', { operation: 'DescribeSecret', error: '::error::x\u001b' }, /^unverified: [ -~]*$/],
    [
      'no identity',
      { operation: 'GetCallerIdentity', error: 'ExpiredToken' },
      /^unverified: AWS finds no such secret, but does not say who asked/,
    ],
    [
      'a page for the identity',
      { operation: 'GetCallerIdentity', answer: { type: 'text/html', text: '<p>x' } },
      /^unverified: AWS finds no such secret/,
    ],
    ['a redirect', { operation: 'DescribeSecret', error: 'x', status: 302 }, /^unverified/],
  ])('%s', async (_, fault, reason) => {
    proxy.inject(fault)
    expect(reasonOf(await askOne('a', 'names'))).toMatch(reason)
  })

  it.each<readonly [string, string, RegExp]>([
    ['AccessDeniedException', 'denied', /secretsmanager:GetSecretValue.*kms:Decrypt/],
    ['DecryptionFailure', 'unusable', /KMS/],
    ['InvalidRequestException', 'unusable', /deletion/],
    ['InternalServiceError', 'unverified', /InternalServiceError/],
  ])('one secret of a batch that answers %s is %s', async (ErrorCode, kind, reason) => {
    await store(fake.url, globalSecrets({ a: {} }))
    const text = JSON.stringify({
      SecretValues: [],
      Errors: [{ SecretId: 'zenml/global/a', ErrorCode, Message: canaryKey }],
    })
    proxy.inject({ operation: 'BatchGetSecretValue', answer: { type: 'application/x-amz-json-1.1', text } })
    expect(await askOne('a')).toEqual({ kind, reason: expect.stringMatching(reason) })
  })

  it('a secret that a batch says nothing of is not missing', async () => {
    proxy.inject({ operation: 'BatchGetSecretValue', answer: { type: 'application/x-amz-json-1.1', text: '{}' } })
    expect((await askOne('a')).kind).toBe('unverified')
  })

  it('is throttled once, and answers', async () => {
    proxy.inject({ operation: 'DescribeSecret', error: 'ThrottlingException', times: 1 })
    expect(await askOne('a', 'names')).toEqual({ kind: 'missing' })
    expect(proxy.calls.filter(call => call === 'DescribeSecret')).toHaveLength(2)
  })

  it('gives up after four tries', async () => {
    proxy.inject({ operation: 'DescribeSecret', error: 'InternalServiceError', status: 500 })
    expect(reasonOf(await askOne('a', 'names'))).toMatch(
      /^unverified: .*DescribeSecret.*InternalServiceError.*tried again/,
    )
    expect(proxy.calls.filter(call => call === 'DescribeSecret')).toHaveLength(4)
  })

  it('stops when the run does, though AWS never answers', async () => {
    proxy.inject({ operation: '*', delay: 60_000 })
    const started = performance.now()
    const answers = await createAwsBackend(awsOptions()).lookUp(['a'], 'keys', AbortSignal.timeout(200))
    expect(reasonOf(answers.get('a'))).toMatch(/^unverified: The run was stopped/)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('sends nothing to an endpoint that is not encrypted', async () => {
    process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = 'http://aws.example.invalid'
    try {
      expect(reasonOf(await askOne('a', 'names'))).toMatch(/^unverified: .*not https/)
    } finally {
      process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = proxy.url
    }
  })

  it('goes through the proxy of HTTPS_PROXY, and says where that fails', async () => {
    const targets: (string | undefined)[] = []
    const refusing = createServer().on('connect', (request, socket) => {
      targets.push(request.url)
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    })
    await new Promise<void>(resolve => refusing.listen(0, '127.0.0.1', resolve))
    const address = refusing.address()
    const endpoint = 'https://secretsmanager.us-east-1.amazonaws.com'
    const HTTPS_PROXY = `http://user:${canaryKey}@127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = endpoint
    try {
      const reason = reasonOf(await askOne('a', 'names', { environment: { HTTPS_PROXY } }))
      expect(reason).toMatch(/^unverified: The proxy of HTTPS_PROXY did not connect to AWS \(HTTP_403\)/)
      expect(targets).toEqual(['secretsmanager.us-east-1.amazonaws.com:443'])
    } finally {
      process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = proxy.url
      refusing.close()
    }
  })

  it('asks nothing where HTTPS_PROXY cannot be used', async () => {
    const environment = { HTTPS_PROXY: 'ftp://proxy' }
    expect(reasonOf(await askOne('a', 'names', { environment }))).toMatch(/^unverified: HTTPS_PROXY does not hold/)
    expect(proxy.calls).toEqual([])
  })

  it('names every source of credentials where there are none', async () => {
    const { AWS_ACCESS_KEY_ID } = process.env
    delete process.env.AWS_ACCESS_KEY_ID
    try {
      expect(reasonOf(await askOne('a', 'names'))).toMatch(
        /^unverified: AWS took no credentials \(CredentialsProviderError\).*AWS_PROFILE/,
      )
      expect(proxy.calls).toEqual([])
    } finally {
      process.env.AWS_ACCESS_KEY_ID = AWS_ACCESS_KEY_ID
    }
  })

  it.each(['us-east-1', 'ap-southeast-2', 'us-gov-west-1', 'eusc-de-east-1', 'us-iso-east-1'])(
    'takes the region %s',
    async region => {
      expect(await askOne('a', 'names', { region })).toEqual({ kind: 'missing' })
    },
  )

  it.each([
    '',
    'us-east-1.evil.example',
    'us-east-1/',
    'US-EAST-1',
    'evil.example',
    'us-east-1\n',
    `us-${'a-'.repeat(9999)}1`,
  ])('refuses %j as a region', async region => {
    expect(reasonOf(await askOne('a', 'names', { region }))).toMatch(/^unverified: .*no region.*aws-region/)
    expect(proxy.calls).toEqual([])
  })

  it('takes no credentials from files in the folder that is checked', async () => {
    const directory = temporaryDirectory()
    try {
      mkdirSync(join(directory.path, '.aws'))
      const config = join(directory.path, '.aws/config')
      writeFileSync(config, '[default]\ncredential_process = /bin/false\n')
      const workspace = directory.path
      const byName = { environment: { AWS_CONFIG_FILE: config }, workspace }
      expect(reasonOf(await askOne('a', 'names', byName))).toMatch(/^unverified: .*\.aws\/config.*AWS_CONFIG_FILE/)
      const byHome = { homedir: workspace, workspace: join(workspace, '..') }
      expect(reasonOf(await askOne('a', 'names', byHome))).toMatch(/^unverified/)
      expect(proxy.calls).toEqual([])
      const elsewhere = { environment: { AWS_CONFIG_FILE: config }, workspace: join(workspace, 'checkout') }
      expect(await askOne('a', 'names', elsewhere)).toEqual({ kind: 'missing' })
    } finally {
      directory.remove()
    }
  })
})
