import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, startZenml, stopZenml, type ZenmlServer } from '../../scripts/servers/zenml.ts'
import { type CountingProxy, countingProxy } from './counting-proxy.ts'
import { zenmlStore } from './zenml-store.ts'

const cli = join(import.meta.dirname, '../../src/cli/index.ts')
const folder = import.meta.dirname

let server: ZenmlServer
let proxy: CountingProxy
let store: Awaited<ReturnType<typeof zenmlStore>>
let componentIds: ReadonlyMap<string, string>

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The command line as a user starts it, with the server's coordinates in the environment. */
function run(...args: readonly string[]): Promise<Run> {
  const { NODE_OPTIONS: _, ...inherited } = process.env
  const env = { ...inherited, ZENML_STORE_URL: proxy.url, ZENML_STORE_API_KEY: server.apiKey }
  proxy.requests.length = 0
  return new Promise(resolve => {
    execFile(process.execPath, [cli, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
}

async function register(
  stack: string,
  components: Readonly<Record<string, object>>,
): Promise<ReadonlyMap<string, string>> {
  const token = store.tokens.caller
  const ids = new Map<string, string>()
  for (const [type, component] of Object.entries(components)) {
    const json = { name: `${stack} ${type}`, type, ...component }
    ids.set(type, (await call(server.url, 'POST', { path: 'components', json, token })).id)
  }
  const json = { name: stack, components: Object.fromEntries([...ids].map(([type, id]) => [type, [id]])) }
  await call(server.url, 'POST', { path: 'stacks', json, token })
  return ids
}

const orchestrator = { flavor: 'local', configuration: {} }
const ownFlavor = {
  name: 'own',
  type: 'alerter',
  source: 'flavors.own.OwnFlavor',
  integration: 'custom',
  is_custom: true,
  config_schema: {
    type: 'object',
    title: 'OwnConfig',
    properties: { tok: { anyOf: [{ type: 'string' }, { type: 'null' }], sensitive: true, default: null } },
  },
}

beforeAll(async () => {
  server = await startZenml()
  store = await zenmlStore(server)
  proxy = await countingProxy(server.url)
  await store.fill([{ name: 'aws', values: { key: 'canary-1', secret: 'canary-2' }, private: false, by: 'caller' }])
  await call(server.url, 'POST', { path: 'flavors', json: ownFlavor, token: store.tokens.caller })
  const s3 = { path: 's3://bucket/path', key: '{{aws.key}}', secret: '{{aws.secret}}' }
  await register('good', { orchestrator, artifact_store: { flavor: 's3', configuration: s3 } })
  componentIds = await register('bad one', {
    orchestrator,
    artifact_store: { flavor: 's3', configuration: { ...s3, secret: '{{aws.sekret}}', token: '{{absent.token}}' } },
    alerter: { flavor: 'own', configuration: { tok: 'hunter2' } },
  })
})

afterAll(async () => {
  await proxy?.close()
  if (server) stopZenml(server)
})

describe('check --stack on a real ZenML server', () => {
  it('passes a stack whose secrets are there, with nine requests, one of them a login', async () => {
    const { code, stdout, stderr } = await run('check', '--stack', 'good')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Passed: 2 references to 1 secret, all found /)
    expect(proxy.requests.map(line => line.replace(/\?.*|[\da-f-]{36}/g, '')).toSorted()).toEqual([
      'GET /api/v1/code_repositories',
      'GET /api/v1/components',
      'GET /api/v1/flavors',
      'GET /api/v1/info',
      'GET /api/v1/projects',
      'GET /api/v1/secrets',
      'GET /api/v1/secrets/',
      'GET /api/v1/stacks',
      'POST /api/v1/login',
    ])
  })

  it('names stack, component, attribute and page of what is wrong', async () => {
    const { code, stdout } = await run('check', '--stack', 'bad one', '--format', 'json')
    const report = JSON.parse(stdout)
    const store = { type: 'artifact_store', name: 'bad one artifact_store', flavor: 's3' }
    const shown = report.findings.map(({ message, help, suggestions, ...finding }: Record<string, unknown>) => finding)
    const located = (type: string) => ({ url: `${proxy.url}/components/${componentIds.get(type)}`, stack: 'bad one' })
    const sorted = (findings: readonly { readonly kind: string }[]) =>
      findings.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
    expect(sorted(shown)).toEqual([
      {
        kind: 'missing-key',
        severity: 'error',
        secret: 'aws',
        key: 'sekret',
        component: store,
        attribute: 'secret',
        ...located('artifact_store'),
      },
      {
        kind: 'missing-secret',
        severity: 'error',
        secret: 'absent',
        key: 'token',
        component: store,
        attribute: 'token',
        ...located('artifact_store'),
      },
      {
        kind: 'plaintext-secret',
        severity: 'warning',
        component: { type: 'alerter', name: 'bad one alerter', flavor: 'own' },
        attribute: 'tok',
        ...located('alerter'),
      },
    ])
    expect(code).toBe(1)
    expect(stdout).not.toMatch(/hunter2|canary/)
  })

  it('checks both stacks with one login, and does not look at keys at SECRET_EXISTS', async () => {
    const { code, stdout } = await run('check', '--stack', 'good', '--stack', 'bad one', '--level', 'SECRET_EXISTS')
    expect(code).toBe(1)
    expect(stdout).toContain('1 secret missing')
    expect(proxy.requests.filter(line => line.startsWith('POST'))).toEqual(['POST /api/v1/login'])
  })

  it('lists what a stack needs, asking for no secret', async () => {
    const { code, stdout } = await run('references', '--stack', 'good', '--tree')
    expect(code).toBe(0)
    expect(stdout).toContain('artifact_store "good artifact_store" (s3)')
    expect(proxy.requests.filter(line => line.includes('/secrets'))).toEqual([])
  })

  it('cannot run for a stack there is not, and names the nearest', async () => {
    const { code, stdout, stderr } = await run('check', '--stack', 'goood')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('no stack "goood"')
    expect(stderr).toContain('The nearest ones are: "good".')
  })

  it('cannot verify a stack with a key that the server refuses', async () => {
    const { code, stdout } = await run('check', '--stack', 'good', '--zenml-api-key', 'ZENKEY_nonsense')
    expect(code).toBe(3)
    expect(stdout).toContain('What the registered stack "good" needs is not known')
    expect(stdout).not.toContain('nonsense')
  })
})
