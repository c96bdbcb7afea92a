import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { HttpFault } from '../../scripts/servers/contract-fake.ts'
import { type GcpServer, startGcp } from '../../scripts/servers/gcp.ts'
import type { Answer, Depth } from '../../src/backends/backend.ts'
import { type GcpOptions, isGcpProject } from '../../src/backends/gcp/options.ts'
import { describeBackendContract, type Secrets } from './contract.ts'
import {
  bareSecrets,
  callGcp,
  type GcpSetup,
  gcpBackend,
  globalLabels,
  globalSecrets,
  type StoredSecret,
  store,
  writeCredentials,
} from './gcp-store.ts'
import { temporaryDirectory } from './temporary.ts'

let server: GcpServer
let directory: ReturnType<typeof temporaryDirectory>
let credentials: string

beforeAll(async () => {
  server = await startGcp()
  directory = temporaryDirectory()
  credentials = writeCredentials(server, directory.path)
})

afterEach(() => server.reset())

afterAll(async () => {
  directory.remove()
  await server.close()
})

const never = () => new AbortController().signal

interface Asked extends Partial<GcpOptions>, Pick<Partial<GcpSetup>, 'environment' | 'onCredential'> {
  readonly file?: string
}

async function ask(names: readonly string[], depth: Depth = 'keys', asked: Asked = {}) {
  const { environment = {}, onCredential = () => undefined, file = credentials, ...options } = asked
  const backend = gcpBackend({ server, credentials: file, environment, onCredential }, options)
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

function pathsOf(lines: readonly string[]): readonly string[] {
  return lines.filter(line => !line.endsWith('/v1/token')).map(line => line.split('?')[0] ?? '')
}

/** An error in Google's form, which quotes what nobody may see. */
function refusal(status: number, code: string, ...[reason]: readonly string[]): HttpFault['answer'] {
  const details = reason === undefined ? [] : [{ '@type': 'x', reason }]
  return { status, body: { error: { code: status, message: server.token, status: code, details } } }
}

describeBackendContract('gcp, scope global, over a fake', () => setup(globalSecrets, {}))
describeBackendContract('gcp, scope none, over a fake', () => setup(bareSecrets, { scope: 'none' }))

function setup(write: (secrets: Secrets) => readonly StoredSecret[], options: Partial<GcpOptions>) {
  const make = (more: Partial<GcpOptions> = {}) => gcpBackend({ server, credentials }, { ...options, ...more })
  const broken = (fault: () => HttpFault, isStored = true) => {
    return async (secrets: Secrets) => {
      server.reset()
      if (isStored) await store(server, write(secrets))
      server.inject(fault())
      return make()
    }
  }
  const api = /secretmanager|\/secrets/
  return {
    create: async (secrets: Secrets) => {
      server.reset()
      await store(server, write(secrets))
      return make()
    },
    broken: {
      'no project': () => make({ project: undefined }),
      'no component id': () => make({ scope: 'component' }),
      'a project that is none': () => make({ project: '../evil' }),
      'nothing granted': async (secrets: Secrets) => {
        server.reset()
        await store(server, write(secrets))
        server.grant([])
        return make()
      },
      'a token that is refused': broken(() => ({ match: api, answer: refusal(401, 'UNAUTHENTICATED') })),
      'no token': broken(() => ({ match: /token/, answer: { status: 400, body: { error: 'invalid_grant' } } })),
      'a web page': broken(() => ({ match: api, answer: { status: 200, type: 'text/html', body: server.token } })),
      'a list': broken(() => ({ match: api, answer: { status: 200, body: [server.token] } })),
      '404 without more': broken(() => ({ match: api, answer: { status: 404, body: {} } })),
      'a service that is off': broken(() => ({
        match: api,
        answer: refusal(403, 'PERMISSION_DENIED', 'SERVICE_DISABLED'),
      })),
    },
    canaries: ['canary-google-token-5f2e81'],
    legalNames: ['under_score', '-', '_', '0', 'x'.repeat(63), 'constructor2'],
    cleanup: () => server.reset(),
  }
}

describe('the gcp backend', () => {
  it.each<readonly [string, Partial<StoredSecret>, Answer | string]>([
    ['null and numbers', { versions: ['{"a":null,"b":5,"zenml_schema_name":"arbitrary"}'] }, found('a', 'b')],
    ['inherited names', { versions: ['{"__proto__":"","zenml_schema_name":"arbitrary"}'] }, found('__proto__')],
    ['the latest version', { versions: ['{}', '{"new":"","zenml_schema_name":"arbitrary"}'] }, found('new')],
    ['no marker', { versions: ['{"a":"1"}'] }, 'lacks the entry "zenml_schema_name"'],
    ['no JSON', { versions: ['a=1'] }, 'it is not JSON'],
    ['nothing at all', { versions: [''] }, 'it is not JSON'],
    ['no text', { versions: [Buffer.from([0xff, 0xfe])] }, 'it is binary'],
    ['a broken schema', { versions: ['{"a":"","zenml_schema_name":"gcp"}'] }, 'its schema'],
    ['no version', { versions: [] }, 'has no version'],
    [
      'no labels',
      { labels: {} },
      'without the tags by which ZenML finds it (zenml_scope=global, zenml_secret_name=odd)',
    ],
    ['labels of another', { labels: globalLabels('other') }, 'without the tags'],
  ])('reads a secret with %s as ZenML does', async (_, secret, expected) => {
    const [plain] = globalSecrets({ odd: { a: '' } })
    await store(server, [
      { id: 'zenml-global-odd', versions: plain?.versions ?? [], labels: globalLabels('odd'), ...secret },
    ])
    const [answer] = await ask(['odd'])
    if (typeof expected !== 'string') expect(answer).toEqual(expected)
    else expect(answer).toEqual({ kind: 'unusable', reason: expect.stringContaining(expected) })
  })

  it('reads no value of a secret that is not the one ZenML would take', async () => {
    await store(server, [{ id: 'zenml-global-a', labels: globalLabels('b'), versions: ['{}'] }])
    server.clear()
    expect((await ask(['a'])).map(({ kind }) => kind)).toEqual(['unusable'])
    expect(pathsOf(server.requests)).toEqual(['GET /v1/projects/demo/secrets'])
  })

  it.each(['disable', 'destroy'])('says of a latest version after %s that it cannot be used', async verb => {
    await store(server, globalSecrets({ a: { x: '' } }))
    await callGcp(server, `/zenml-global-a/versions/1:${verb}`, {})
    expect(await reasonFor('a')).toMatch(/^unusable: .*"zenml-global-a".*disabled or destroyed/)
    expect(await ask(['a'], 'names')).toEqual([known])
  })

  it('tells namespaces apart that share an id', async () => {
    const labels = { zenml_scope: 'namespace', zenml_secret_name: 'b-c', zenml_namespace: 'a' }
    const versions = ['{"k":"","zenml_schema_name":"arbitrary"}']
    await store(server, [{ id: 'zenml-namespace-a-b-c', labels, versions }])
    expect(await ask(['b-c'], 'keys', { scope: 'namespace', namespace: 'a' })).toEqual([found('k')])
    expect(await reasonFor('c', 'keys', { scope: 'namespace', namespace: 'a-b' })).toMatch(
      /^unusable: .*zenml_namespace=a-b/,
    )
  })

  it('believes Google over a list that lags behind', async () => {
    await store(server, globalSecrets({ a: { x: '' } }))
    server.inject({ match: /secrets\?/, answer: { status: 200, body: {} } })
    expect(await ask(['a', 'absent'])).toEqual([found('x'), missing])
    expect(await ask(['a', 'absent'], 'names')).toEqual([known, missing])
  })

  it('reads all pages of a list', async () => {
    const pages: readonly HttpFault[] = ['a', 'b'].map((id, index) => ({
      match: index === 0 ? /secrets\?(?!.*pageToken)/ : /secrets\?.*pageToken=n%2F1/,
      answer: {
        status: 200,
        body: {
          secrets: [{ name: `projects/1/secrets/zenml-global-${id}`, labels: globalLabels(id) }],
          ...(index === 0 && { nextPageToken: 'n/1' }),
        },
      },
    }))
    server.inject(...pages)
    expect(await ask(['a', 'b', 'absent'], 'names')).toEqual([known, known, missing])
  })

  it.each<readonly [string, HttpFault['answer']]>([
    ['a list that repeats itself', { status: 200, body: { nextPageToken: 'again' } }],
    ['a list of something else', { status: 200, body: { secrets: ['x'] } }],
    ['a name of something else', { status: 200, body: { secrets: [{ name: 'projects/1/topics/x' }] } }],
  ])('believes nothing of %s', async (_, answer) => {
    server.inject({ match: /secrets\?/, answer })
    expect(await reasonFor('a', 'names')).toMatch(/^unverified: .*not understood/)
    expect(pathsOf(server.requests).length).toBeLessThanOrEqual(2)
  })

  it('believes nothing where every request is answered alike', async () => {
    server.inject({ match: /\/secrets/, answer: { status: 200, body: {} } })
    expect(await reasonFor('a', 'names')).toMatch(/^unverified: .*"get".*not understood/)
    expect(await reasonFor('a')).toMatch(/^unverified: .*"get".*not understood/)
  })

  it('reads no value where only names are asked', async () => {
    await store(server, [...globalSecrets({ a: { x: '' } }), ...bareSecrets({ b: { x: '' } })])
    server.clear()
    await ask(['a', 'absent'], 'names')
    await ask(['b', 'absent'], 'names', { scope: 'none' })
    await ask(['b', 'absent'], 'keys', { scope: 'none' })
    expect(server.requests.length).toBeGreaterThan(3)
    expect(server.requests.filter(line => line.includes('access'))).toEqual([])
  })

  it('asks nothing about names that cannot be', async () => {
    expect((await ask(['a/b', 'Upper', 'projects/x'])).map(({ kind }) => kind)).toEqual(Array(3).fill('illegal-name'))
    expect(server.requests).toEqual([])
  })

  it('hands the token on, to be masked, before it is used', async () => {
    const told: string[] = []
    await ask(['a'], 'names', { onCredential: text => told.push(`${text} ${pathsOf(server.requests).length}`) })
    expect(told).toEqual([`${server.token} 0`])
  })

  it('trades one token for many look-ups', async () => {
    const backend = gcpBackend({ server, credentials })
    await backend.lookUp(['a'], 'names', never())
    await backend.names?.(never())
    expect(server.requests.filter(line => line.endsWith('/v1/token'))).toHaveLength(1)
  })
})

describe('the gcp backend in scope none', () => {
  it.each<readonly [string, Partial<StoredSecret>, RegExp]>([
    ['no schema', { labels: { 'zenml-group-key': 'a' } }, /^unusable: .*zenml-schema-name/],
    ['an unknown schema', { labels: { 'zenml-group-key': 'a', 'zenml-schema-name': 'x' } }, /^unusable: .*no schema/],
    ['an id of its own', { id: 'other' }, /^unusable: .*"other".*does not begin/],
  ])('finds %s unusable', async (_, secret, reason) => {
    const [plain] = bareSecrets({ a: { k: 'v' } })
    await store(server, [{ id: 'a_k', labels: plain?.labels ?? {}, versions: ['v'], ...secret }])
    expect(await reasonFor('a', 'keys', { scope: 'none' })).toMatch(reason)
  })

  it('keeps secrets apart whose ids begin alike', async () => {
    await store(server, bareSecrets({ a: { b_c: '' }, a_b: { c2: '' } }))
    expect(await ask(['a', 'a_b', 'a_b_c'], 'keys', { scope: 'none' })).toEqual([found('b_c'), found('c2'), missing])
  })

  it('leaves keys unverified where the list breaks off', async () => {
    const secrets = [
      { name: 'projects/1/secrets/a_k', labels: { 'zenml-group-key': 'a', 'zenml-schema-name': 'arbitrary' } },
    ]
    const body = { secrets, nextPageToken: 'n' }
    server.inject(
      { match: /secrets\?(?!.*pageToken)/, answer: { status: 200, body } },
      { match: /pageToken/, drop: true },
    )
    expect((await ask(['a', 'b'], 'keys', { scope: 'none' })).map(({ kind }) => kind)).toEqual([
      'unverified',
      'unverified',
    ])
    expect((await ask(['a', 'b'], 'names', { scope: 'none' })).map(({ kind }) => kind)).toEqual(['found', 'unverified'])
  }, 60_000)
})

describe('what the gcp backend says to an identity that may', () => {
  const list = 'secretmanager.secrets.list'
  const get = 'secretmanager.secrets.get'
  const access = 'secretmanager.versions.access'

  it.each<readonly [string, readonly string[], Depth, readonly (string | Answer)[]]>([
    ['only look, of names', [list, get], 'names', [known, missing]],
    [
      'only look, of keys',
      [list, get],
      'keys',
      ['denied: .*versions.access on "zenml-global-a".*roles/secretmanager.secretAccessor', missing],
    ],
    ['only list, of names', [list], 'names', [known, 'denied: .*secrets.get.*roles/secretmanager.viewer']],
    ['only read, of keys', [access], 'keys', [found('x'), 'unverified: .*may not list.*roles/secretmanager.viewer']],
    ['only read, of names', [access], 'names', ['denied: .*secretmanager.viewer', 'denied: .*secretmanager.viewer']],
    ['read one secret, of keys', [`${access}@zenml-global-a`], 'keys', [found('x'), 'denied: .*secretAccessor']],
    ['look at each, of names', [get], 'names', [known, 'unverified: .*may not list']],
    ['look at each and read, of keys', [get, access], 'keys', [found('x'), 'unverified: .*may not list']],
  ])('%s', async (_, permissions, depth, expected) => {
    await store(server, globalSecrets({ a: { x: '' } }))
    server.grant(permissions)
    const answers = await ask(['a', 'absent'], depth)
    expect(answers).toEqual(
      expected.map(answer => {
        if (typeof answer !== 'string') return answer
        const [kind, reason = ''] = answer.split(': ')
        return { kind, reason: expect.stringMatching(reason) }
      }),
    )
  })
})

describe('the gcp backend in trouble', () => {
  const api = /\/secrets/
  it.each<readonly [string, () => HttpFault, RegExp]>([
    [
      'off',
      () => ({ match: api, answer: refusal(403, 'PERMISSION_DENIED', 'SERVICE_DISABLED') }),
      /^unverified: .*"demo" does not exist or has no Secret Manager/,
    ],
    [
      'refused',
      () => ({ match: api, answer: refusal(401, 'UNAUTHENTICATED') }),
      /^unverified: .*GOOGLE_APPLICATION_CREDENTIALS.*metadata server/,
    ],
    [
      'a 403 of a proxy',
      () => ({ match: api, answer: { status: 403, type: 'text/html', body: 'x' } }),
      /^unverified: .*HTTP 403/,
    ],
    [
      'a 404 of a proxy',
      () => ({ match: /secrets\//, answer: { status: 404, type: 'text/html', body: 'x' } }),
      /^unverified: .*HTTP 404/,
    ],
    [
      'a redirect',
      () => ({ match: api, answer: { status: 302, body: '', headers: { location: 'https://evil.example' } } }),
      /^unverified: .*redirect/,
    ],
    ['an invalid filter', () => ({ match: api, answer: refusal(400, 'INVALID_ARGUMENT') }), /^unverified: .*HTTP 400/],
    [
      'no token',
      () => ({
        match: /v1\/token/,
        answer: { status: 400, body: { error: 'invalid_grant', error_description: 'canary' } },
      }),
      /^unverified: Google made no token \(invalid_grant\)\. Tried/,
    ],
  ])('%s', async (_, fault, reason) => {
    server.inject(fault())
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

  it.each([/\/secrets/, /v1\/token/])('stops when the run does, though %s never answers', async match => {
    server.inject({ match, delay: 60_000 })
    const started = performance.now()
    const answers = await gcpBackend({ server, credentials }).lookUp(['a'], 'keys', AbortSignal.timeout(200))
    expect(answers.get('a')).toEqual({ kind: 'unverified', reason: expect.stringMatching(/stopped/) })
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('sends nothing to an endpoint that is not encrypted', async () => {
    const environment = { CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: 'http://gcp.example.invalid' }
    expect(await reasonFor('a', 'keys', { environment })).toMatch(/^unverified: CLOUDSDK_API.*not https/)
  })

  it('says that a host is not there', async () => {
    const environment = { CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: 'http://127.0.0.1:1' }
    expect(await reasonFor('a', 'keys', { environment })).toMatch(/^unverified: .*ECONNREFUSED/)
  }, 60_000)

  it.each(['demo', 'demo-1234', 'example.com:demo-1', '102103502540'])('takes the project %s', project => {
    expect(isGcpProject(project)).toBe(true)
  })

  it.each(['', '..', 'a/b', 'Demo', 'demo\n', 'demo-', '-demo', '1demo', 'demo?x', 'x'.repeat(9999), 'a:b:demo'])(
    'refuses %j as a project',
    async project => {
      expect(await reasonFor('a', 'names', { project })).toMatch(/^unverified: .*no project.*gcp-project/)
      expect(server.requests).toEqual([])
    },
  )
})

describe('where the gcp backend takes credentials from', () => {
  it('refuses a file in the folder that is checked', async () => {
    expect(await reasonFor('a', 'keys', { workspace: directory.path })).toMatch(
      /^unverified: .*credentials\.json.*folder that is checked/,
    )
    expect(server.requests).toEqual([])
  })

  it('takes the file that google-github-actions/auth makes there', async () => {
    const own = temporaryDirectory()
    try {
      const file = join(own.path, 'gha-creds-0123456789abcdef.json')
      renameSync(writeCredentials(server, own.path), file)
      const asked = { file, workspace: own.path }
      expect(await ask(['a'], 'names', { ...asked, environment: { GOOGLE_GHA_CREDS_PATH: file } })).toEqual([missing])
      expect(await reasonFor('a', 'names', asked)).toMatch(/^unverified: .*folder that is checked/)
      const other = { GOOGLE_GHA_CREDS_PATH: join(own.path, 'gha-creds-fedcba9876543210.json') }
      expect(await reasonFor('a', 'names', { ...asked, environment: other })).toMatch(/^unverified/)
    } finally {
      own.remove()
    }
  })

  it('finds the file that gcloud writes, and refuses it in the folder that is checked', async () => {
    const own = temporaryDirectory()
    try {
      const config = join(own.path, 'home/.config/gcloud')
      mkdirSync(config, { recursive: true })
      renameSync(writeCredentials(server, own.path), join(config, 'application_default_credentials.json'))
      const asked = { file: '', homedir: join(own.path, 'home') }
      expect(await ask(['a'], 'names', asked)).toEqual([missing])
      expect(await ask(['a'], 'names', { ...asked, workspace: asked.homedir })).toEqual([missing])
      expect(await reasonFor('a', 'names', { ...asked, workspace: own.path })).toMatch(
        /^unverified: .*folder that is checked/,
      )
      const environment = { CLOUDSDK_CONFIG: config }
      expect(await ask(['a'], 'names', { file: '', environment })).toEqual([missing])
      expect(await reasonFor('a', 'names', { file: '', environment, workspace: config })).toMatch(/^unverified/)
    } finally {
      own.remove()
    }
  })

  it.each([
    { credential_source: { executable: { command: '/bin/false' } } },
    { type: 'impersonated_service_account', source_credentials: { credential_source: { executable: {} } } },
  ])('runs no program that a file names: %j', async rest => {
    const own = temporaryDirectory()
    process.env.GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES = '1'
    try {
      const file = writeCredentials(server, own.path, rest)
      expect(await reasonFor('a', 'names', { file })).toMatch(/^unverified: .*names a program to run/)
    } finally {
      delete process.env.GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES
      own.remove()
    }
  })

  it.each(['{"type": canary', '[]', '{}', ' '.repeat(300_000)])(
    'quotes nothing of a file it cannot read',
    async text => {
      const own = temporaryDirectory()
      try {
        const file = join(own.path, 'broken.json')
        writeFileSync(file, text)
        expect(await reasonFor('a', 'names', { file })).toBe(
          `unverified: Google's credential file "${file}" cannot be read as credentials. Correct GOOGLE_APPLICATION_CREDENTIALS or make the file again.`,
        )
        expect(await reasonFor('a', 'names', { file: join(own.path, 'absent.json') })).toMatch(
          /^unverified: .*cannot be read/,
        )
      } finally {
        own.remove()
      }
    },
  )

  it('asks the metadata server where there is no file, and names every source where there is none', async () => {
    process.env.METADATA_SERVER_DETECTION = 'none'
    try {
      expect(await reasonFor('a', 'names', { file: '' })).toMatch(
        /^unverified: Google made no token.*gcloud auth.*metadata server/,
      )
      process.env.METADATA_SERVER_DETECTION = 'assume-present'
      process.env.GCE_METADATA_HOST = new URL(server.url).host
      expect(await ask(['a'], 'names', { file: '' })).toEqual([missing])
    } finally {
      delete process.env.METADATA_SERVER_DETECTION
      delete process.env.GCE_METADATA_HOST
    }
  })
})
