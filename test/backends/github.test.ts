import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Answer, Backend, Depth } from '../../src/backends/backend.ts'
import { createGithubBackend } from '../../src/backends/github/github.ts'
import type { GithubOptions } from '../../src/backends/github/options.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { type Answering, type Service, sendJson, startService } from '../http/service.ts'
import { describeBackendContract, type Secrets } from './contract.ts'

const canaryToken = 'canary-github-token-27aa'
const never = () => new AbortController().signal
/** No waiting between tries. */
const seams = { sleep: async () => undefined }

let service: Service
let answering: Answering

beforeAll(async () => {
  service = await startService((...call) => answering(...call))
})

beforeEach(() => {
  service.requests.length = 0
  answering = listing([])
})

afterAll(() => service.close())

/** Pages of a hundred names, as GitHub gives them. */
function listing(names: readonly string[], total = names.length): Answering {
  return (response, { url }) => {
    const query = new URL(url, 'http://github').searchParams
    const size = Number(query.get('per_page'))
    const start = (Number(query.get('page')) - 1) * size
    const secrets = names.slice(start, start + size).map(name => ({ name, created_at: '', updated_at: '' }))
    sendJson(response, { total_count: total, secrets })
  }
}

function variables(secrets: Secrets) {
  const entries = Object.entries(secrets).map(([name, content]) => [
    `__ZENML__${name.toUpperCase()}`,
    encoded({ schema: 'arbitrary', content }),
  ])
  return Object.fromEntries(entries)
}

function encoded(json: unknown): string {
  return Buffer.from(JSON.stringify(json)).toString('base64')
}

const job = { GITHUB_ACTIONS: 'true' }
const api = () => ({ GITHUB_API_URL: service.url })
const access: GithubOptions = { repository: 'acme/app', token: new Concealed(canaryToken) }
const none: GithubOptions = { repository: undefined, token: undefined }

function backend(options: GithubOptions, environment: Readonly<Record<string, string>>): Backend {
  return createGithubBackend(options, { environment }, seams)
}

async function ask(made: Backend, names: readonly string[], depth: Depth = 'keys') {
  return [...(await made.lookUp(names, depth, never())).values()]
}

function said(answer: Answer | undefined): string {
  return answer && 'reason' in answer ? `${answer.kind}: ${answer.reason}` : (answer?.kind ?? '')
}

function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}

/** GitHub takes no hyphen and no lower case, where the names of the contract have both. */
function hyphened({ lookUp, names, ...backend }: Backend): Backend {
  const there = new Map([['db-creds', 'db_creds']])
  const back = new Map([
    ['db_creds', 'db-creds'],
    ['DB_CREDS', 'db-creds'],
    ['OTHER', 'other'],
  ])
  return {
    ...backend,
    lookUp: async (asked, depth, signal) => {
      const answers = await lookUp(
        asked.map(name => there.get(name) ?? name),
        depth,
        signal,
      )
      return new Map([...answers].map(([name, answer]) => [back.get(name) ?? name, answer]))
    },
    names: async signal => ((await names?.(signal)) ?? []).map(name => back.get(name) ?? name),
  }
}

function underscored(secrets: Secrets): Secrets {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, content]) => [name.replace('db-creds', 'db_creds'), content]),
  )
}

describeBackendContract('github, inside a job that maps secrets, with a list', () => {
  const filled = (secrets: Secrets) => ({ ...job, ...api(), ...variables(underscored(secrets)) })
  const listed = (answer: Answering) => () => {
    answering = answer
    return hyphened(backend(access, { ...job, ...api() }))
  }
  return {
    create: secrets => {
      answering = listing(Object.keys(variables(underscored(secrets))))
      return hyphened(backend(access, filled(secrets)))
    },
    broken: {
      'no list and nothing mapped': () => hyphened(backend(none, job)),
      'no job and no list': () => hyphened(backend(none, {})),
      'mapped, but all empty': secrets => {
        const empty = Object.keys(variables(underscored({ ...secrets, absent: {} }))).map(name => [name, ''] as const)
        return hyphened({ ...backend(none, { ...job, ...Object.fromEntries(empty) }), names: async () => [] })
      },
      'a repository that is none': () => hyphened(backend({ ...access, repository: '../acme' }, { ...job, ...api() })),
      'a list that is refused': listed(response => sendJson(response, { message: canaryToken }, 403)),
      'a list that is hidden': listed(response => sendJson(response, { message: 'Not Found' }, 404)),
      'a token that is wrong': listed(response => sendJson(response, { message: 'Bad credentials' }, 401)),
      'a limit that is reached': listed(response => sendJson(response, {}, 403, { 'x-ratelimit-remaining': '0' })),
      'a failure': listed(response => sendJson(response, {}, 503)),
      'a redirect': listed(response => response.writeHead(301, { location: 'http://127.0.0.1:1/' }).end()),
      'a web page': listed(response => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')),
      'an empty object': listed(response => sendJson(response, {})),
      null: listed(response => sendJson(response, null)),
      'a list of nonsense': listed(response => sendJson(response, { total_count: 1, secrets: [null] })),
      'a count that is too high': listed(listing([], 3)),
    },
    canaries: [canaryToken],
    legalNames: ['under_score', 'UPPER', '_', '1', 'x'.repeat(200)],
    cleanup: () => undefined,
  }
})

describeBackendContract('github, inside a job that maps secrets, without a list', () => {
  return {
    create: secrets => {
      const mapped = Object.keys(secrets).length === 0 ? { control: {} } : underscored(secrets)
      return hyphened(backend(none, { ...job, ...variables(mapped) }))
    },
    broken: { 'nothing mapped': () => hyphened(backend(none, job)) },
    legalNames: ['under_score', 'UPPER', '_', '1', 'x'.repeat(200)],
    cleanup: () => undefined,
  }
})

describe('inside a job the github backend', () => {
  const judge = async (text: string, depth: Depth = 'keys') =>
    said((await ask(backend(none, { ...job, __ZENML__A: text }), ['a'], depth))[0])

  it('finds a secret by its name in any case, and sends nothing', async () => {
    const made = backend(access, { ...job, ...api(), ...variables({ mlf_creds: { username: 'x' } }) })
    expect(await ask(made, ['mlf_creds', 'MLF_CREDS', 'Mlf_Creds'])).toEqual(Array(3).fill(found('username')))
    expect(await ask(made, ['mlf_creds'], 'names')).toEqual([{ kind: 'found', keys: 'not-read' }])
    expect(service.requests).toEqual([])
  })

  it.each([
    [403, 'missing'],
    [404, 'missing'],
    [401, 'unverified'],
    [503, 'unverified'],
  ])('takes the answer %i to the token of the job for no list, or for doubt: %s', async (status, kind) => {
    answering = response => sendJson(response, { message: 'Resource not accessible by integration' }, status)
    const environment = { ...job, ...api(), ...variables({ a: { k: 'x' } }) }
    const answers = await ask(backend(access, environment), ['a', 'b'])
    expect(answers.map(answer => answer.kind)).toEqual(['found', kind])
    const own = backend(access, { ...environment, GITHUB_AUTHENTICATION_TOKEN: canaryToken })
    expect((await ask(own, ['b']))[0]?.kind).not.toBe('missing')
  })

  it('takes only the exact word for a job, as ZenML does', async () => {
    for (const GITHUB_ACTIONS of ['True', '1', '']) {
      const made = backend(none, { GITHUB_ACTIONS, ...variables({ a: {} }) })
      expect(said((await ask(made, ['a']))[0])).toMatch(
        /^unverified: GitHub shows secrets only to a job that maps them/,
      )
    }
  })

  it('knows no name that GitHub cannot hold', async () => {
    const made = backend(access, { ...job, ...api(), ...variables({ a: {} }) })
    const answers = await ask(made, ['mlf-creds', 'a b', 'a.b', '', 'ı', 'a\n'])
    expect(answers.map(({ kind }) => kind)).toEqual(Array(6).fill('illegal-name'))
    expect(service.requests).toEqual([])
  })

  it.each([
    ['not base64 of text', 'ab'],
    ['not base64 of text', 'ä'],
    ['not base64 of text', Buffer.from([0xff, 0xfe, 0xfd]).toString('base64')],
    ['not base64 of JSON', Buffer.from('token=canary-x').toString('base64')],
    ['lacks the entries', encoded([])],
    ['lacks the entries', encoded('text')],
    ['lacks the entries', encoded({ content: {} })],
    ['lacks the entries', encoded({ schema: 'arbitrary' })],
    ['no schema that ZenML knows', encoded({ schema: 'nope', content: {} })],
    ['a key that its schema does not allow', encoded({ schema: 'aws', content: { x: '' } })],
    ['lacks a key that its schema requires', encoded({ schema: 'aws', content: {} })],
  ])('says that it is %s', async (words, text) => {
    const answer = await judge(text)
    expect(answer).toMatch(/^unusable: ZenML cannot read __ZENML__A: /)
    expect(answer).toContain(words)
    expect(answer).not.toContain('canary')
    expect(await judge(text, 'names')).toBe('found')
  })

  it('reads keys as ZenML does', async () => {
    const secrets = {
      __ZENML__A: encoded({ schema: 'arbitrary', content: { a: null, constructor: 1 } }),
      __ZENML__B: encoded({
        schema: 'aws',
        content: { aws_access_key_id: '', aws_secret_access_key: '', aws_session_token: null },
      }),
      __ZENML__C: encoded({ schema: 'kserve_az', content: {} }),
    }
    expect(await ask(backend(none, { ...job, ...secrets }), ['a', 'b', 'c'])).toEqual([
      found('a', 'constructor'),
      found('aws_access_key_id', 'aws_secret_access_key'),
      found('storage_type'),
    ])
  })

  it('takes an empty variable for nothing certain, unless a list tells more', async () => {
    expect(await judge('')).toMatch(/^unverified: __ZENML__A is empty in this job: .*fork/)
    const made = backend(access, { ...job, ...api(), __ZENML__A: '', __ZENML__B: '' })
    answering = listing(['__ZENML__A'])
    const answers = await ask(made, ['a', 'b', 'c'])
    expect(answers.map(said)).toEqual([
      expect.stringMatching(/^unverified: The secret exists on GitHub, but __ZENML__A is empty/),
      'missing',
      'missing',
    ])
  })

  it('tells which variable a job that maps none needs', async () => {
    const [answer] = await ask(backend(none, job), ['a'])
    expect(said(answer)).toBe(
      'unverified: The job maps no secret of ZenML. Give the job "env: __ZENML__A: ${{ secrets.__ZENML__A }}".',
    )
  })

  it('tells which variable is missing for a secret that is there', async () => {
    answering = listing(['__ZENML__A', '__ZENML__B'])
    const made = backend(access, { ...job, ...api(), ...variables({ b: { x: '' } }) })
    const [a, b] = await ask(made, ['a', 'b'])
    expect(said(a)).toMatch(/^unverified: .* the job does not map it.*secrets\.__ZENML__A \}\}"\.$/)
    expect(b).toEqual(found('x'))
    expect(await ask(made, ['a', 'b', 'c'], 'names')).toEqual([
      { kind: 'found', keys: 'not-read' },
      { kind: 'found', keys: 'not-read' },
      { kind: 'missing' },
    ])
  })
})

describe('the list of secrets in the published description of GitHub', () => {
  const file = join(import.meta.dirname, '../fixtures/schemas/github-repository-secrets.openapi.json')
  const { paths, components } = JSON.parse(readFileSync(file, 'utf8'))
  const path = '/repos/{owner}/{repo}/actions/secrets'
  const { parameters, responses } = paths[path].get
  const { schema, examples } = responses['200'].content['application/json']

  it('is what is asked for', async () => {
    await ask(backend(access, api()), ['a'])
    const { method, url } = service.requests[0]!
    const { pathname, searchParams } = new URL(url, service.url)
    expect(`${method} ${pathname}`).toBe(`GET ${path.replace('{owner}', 'acme').replace('{repo}', 'app')}`)
    const known = parameters.map(({ $ref }: any) => components.parameters[$ref.split('/').at(-1)].name)
    expect(known).toEqual(expect.arrayContaining([...searchParams.keys()]))
  })

  it('is how the service of these tests answers', async () => {
    answering = listing(['__ZENML__A'])
    const answer = await (await fetch(`${service.url}/?per_page=100&page=1`)).json()
    const validate = new Ajv({ strict: false, validateFormats: false }).compile({ ...schema, components })
    expect(validate(answer)).toBe(true)
    expect(validate({ secrets: [] })).toBe(false)
  })

  it('is understood in its own example', async () => {
    const { value } = components.examples[examples.default.$ref.split('/').at(-1)]
    const text = JSON.stringify(value).replace('GH_TOKEN', '__ZENML__GH_TOKEN')
    answering = response => sendJson(response, JSON.parse(text))
    const answers = await ask(backend(access, api()), ['gh_token', 'gist_id'], 'names')
    expect(answers).toEqual([{ kind: 'found', keys: 'not-read' }, { kind: 'missing' }])
  })
})

describe('by a list the github backend', () => {
  const names = Array.from({ length: 250 }, (_, index) => `__ZENML__S${index}`)

  it.each([
    [1, 1],
    [10, 1],
    [100, 1],
    [250, 3],
  ])('finds %i secrets with %i requests', async (count, requests) => {
    answering = listing(['OTHER', ...names].slice(1, count + 1))
    const asked = names.slice(0, count).map(name => name.slice('__ZENML__'.length).toLowerCase())
    const made = backend(access, api())
    expect(await ask(made, [...asked, 'absent', 'other'], 'names')).toEqual([
      ...Array(count).fill({ kind: 'found', keys: 'not-read' }),
      { kind: 'missing' },
      { kind: 'missing' },
    ])
    expect(service.requests).toHaveLength(requests)
  })

  it('never claims to know keys', async () => {
    answering = listing(['__ZENML__A'])
    const [there, absent] = await ask(backend(access, api()), ['a', 'b'])
    expect(said(there)).toMatch(/^unverified: .*shows nothing that is in it/)
    expect(absent).toEqual({ kind: 'missing' })
  })

  it("sends ZenML's own token rather than the one for comments, to the address of the environment", async () => {
    const told: string[] = []
    const environment = { ...api(), GITHUB_AUTHENTICATION_TOKEN: 'canary-own' }
    const made = createGithubBackend(access, { environment, onCredential: text => told.push(text) }, seams)
    await ask(made, ['a'])
    expect(told).toEqual(['canary-own'])
    expect(service.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/repos/acme/app/actions/secrets?per_page=100&page=1', 'Bearer canary-own'],
    ])
  })

  it('keeps what it found where a later page fails', async () => {
    const pages = listing(names)
    answering = (response, request, count) =>
      count === 1 ? pages(response, request, count) : sendJson(response, {}, 403)
    const answers = await ask(backend(access, api()), ['s0', 's200'], 'names')
    expect(answers.map(({ kind }) => kind)).toEqual(['found', 'denied'])
  })

  it('ends where a list goes round in circles', async () => {
    answering = response => sendJson(response, { total_count: 5, secrets: [{ name: '__ZENML__A' }] })
    const answers = await ask(backend(access, api()), ['a', 'b'], 'names')
    expect(answers.map(({ kind }) => kind)).toEqual(['found', 'unverified'])
    expect(service.requests).toHaveLength(2)
  })

  it.each<readonly [number, object, Readonly<Record<string, string>>, RegExp]>([
    [
      403,
      { message: 'Resource not accessible by integration' },
      {},
      /^denied: .* GITHUB_TOKEN of a job can never list secrets/,
    ],
    [
      404,
      { message: 'Not Found' },
      {},
      /^unverified: GitHub has no repository "acme\/app", or hides it.*can never list secrets/,
    ],
    [401, { message: 'Bad credentials' }, {}, /^unverified: GitHub does not know the token/],
    [403, { message: 'API rate limit exceeded' }, {}, /^unverified: .*rate limit is reached/],
    [403, { message: 'secondary limit' }, { 'retry-after': '60' }, /^unverified: .*rate limit is reached/],
    [403, {}, { 'x-ratelimit-remaining': '0' }, /^unverified: .*rate limit is reached/],
    [
      500,
      {},
      {},
      /^unverified: GET 127\.0\.0\.1:\d+\/repos\/acme\/app\/actions\/secrets was answered 4 times with HTTP 500/,
    ],
  ])('says of %i %j what to do', async (status, body, headers, words) => {
    answering = response => sendJson(response, body, status, headers)
    expect(said((await ask(backend(access, api()), ['a']))[0])).toMatch(words)
  })

  it.each([
    'acme',
    'acme/',
    '/app',
    'a/b/c',
    '../acme',
    'acme/..',
    'acme/app?x',
    'acme/app#',
    'ac me/app',
    '__proto__',
  ])('sends nothing for the repository %j', async repository => {
    const [answer] = await ask(backend({ ...access, repository }, api()), ['a'])
    expect(said(answer)).toMatch(/^unverified: ".*" is no repository of GitHub/)
    expect(service.requests).toEqual([])
  })
})
