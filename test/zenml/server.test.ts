import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { Concealed } from '../../src/text/concealed.ts'
import type { ZenmlCredentials } from '../../src/zenml/credentials.ts'
import { connectZenml, type ZenmlServerOptions } from '../../src/zenml/server.ts'
import { type Service, sendJson } from '../http/service.ts'
import { type FakeOptions, fakeKey, fakeToken, type Instead, startFakeZenml } from './fake-server.ts'
import { replay } from './golden.ts'

const services: Service[] = []
const signal = new AbortController().signal
const key: ZenmlCredentials = { kind: 'api-key', apiKey: new Concealed(` ${fakeKey}\n`) }
const user: ZenmlCredentials = { kind: 'user', username: 'ann', password: new Concealed('canary pass&word') }
const token: ZenmlCredentials = { kind: 'token', token: new Concealed(fakeToken) }
const wrong: ZenmlCredentials = { kind: 'api-key', apiKey: new Concealed('ZENKEY_canary') }

afterEach(async () => {
  await Promise.all(services.splice(0).map(service => service.close()))
})

async function serve(options: FakeOptions = {}): Promise<Service> {
  const service = await startFakeZenml(options)
  services.push(service)
  return service
}

function connect(service: Service, credentials: ZenmlCredentials | undefined, more: Partial<ZenmlServerOptions> = {}) {
  const http = { seams: { sleep: async () => undefined } }
  return connectZenml({ url: service.url, credentials, environment: {}, http, ...more })
}

function always(answer: (response: ServerResponse) => void): Instead {
  return response => {
    answer(response)
    return true
  }
}

const secrets = { path: ['secrets'], signal }

function paths({ requests }: Service): readonly string[] {
  return requests.map(({ method, url }) => `${method} ${url.replace('/api/v1', '')}`).toSorted()
}

async function reasonOf(service: Service, credentials: ZenmlCredentials | undefined): Promise<string> {
  const answer = await connect(service, credentials).read(secrets)
  expect(JSON.stringify(answer)).not.toContain('canary')
  return 'trouble' in answer ? `${answer.trouble.kind}: ${answer.trouble.reason}` : 'read'
}

describe('logging in', () => {
  it.each([
    ['an API key', key, 'password='],
    ['a user and a password', user, 'username=ann&password='],
  ])('with %s is done once, by a form', async (_, credentials, form) => {
    const service = await serve()
    const server = connect(service, credentials)
    await Promise.all([server.read(secrets), server.read(secrets), server.info(signal)])
    await server.read(secrets)
    expect(paths(service)).toEqual(['GET /info', 'GET /secrets', 'GET /secrets', 'GET /secrets', 'POST /login'])
    expect(service.requests.find(({ method }) => method === 'POST')?.body.startsWith(form)).toBe(true)
    expect(service.requests.filter(({ headers }) => headers.authorization?.includes('ZENKEY'))).toEqual([])
  })

  it('is not needed with a token', async () => {
    const service = await serve()
    expect(await reasonOf(service, token)).toBe('read')
    expect(paths(service)).toEqual(['GET /info', 'GET /secrets'])
  })

  it('is not needed by a server without accounts', async () => {
    const instead: Instead = (response, { headers }, path) => {
      if (path !== '/api/v1/secrets') return false
      sendJson(response, { authorization: headers.authorization ?? null })
      return true
    }
    const service = await serve({ info: { auth_scheme: 'NO_AUTH' }, instead })
    expect(await connect(service, undefined).read(secrets)).toEqual({ value: { authorization: null } })
  })

  it('tells every credential before it is used, for a log to mask', async () => {
    const service = await serve()
    const told: string[] = []
    const onCredential = (text: string) =>
      void told.push(`${text} ${service.requests.some(({ url }) => url.includes('secrets'))}`)
    await connect(service, key, { onCredential }).read(secrets)
    expect(told).toEqual([`${fakeKey} false`, 'canary-inner-key false', `${fakeToken} false`])
  })

  it('is done again once when a token ends in the middle', async () => {
    let refusals = 0
    const instead: Instead = (response, _, path) => {
      if (path !== '/api/v1/secrets' || refusals >= 5) return false
      refusals++
      replay(response, 'token-bad-signature')
      return true
    }
    const service = await serve({ instead })
    const server = connect(service, key)
    const answers = await Promise.all(Array.from({ length: 5 }, () => server.read(secrets)))
    expect(answers.filter(answer => 'trouble' in answer)).toEqual([])
    expect(paths(service).filter(path => path === 'POST /login').length).toBe(2)
    refusals = 0
    expect(await server.read(secrets)).toMatchObject({ trouble: { kind: 'unverified', status: 401 } })
    expect(paths(service).filter(path => path === 'POST /login').length).toBe(2)
  })

  it.each([
    ['no credentials', undefined, 'unverified: There are no credentials for the ZenML server. Give an API key'],
    ['a wrong key', wrong, 'unverified: The ZenML server refused the API key (HTTP 401), the only credentials tried.'],
    ['a wrong password', { ...user, password: new Concealed('canary') }, 'the user name and password (HTTP 401)'],
    [
      'an old token',
      { kind: 'token', token: new Concealed('canary') } as const,
      'no longer accepts the API token (HTTP 401). It may have expired',
    ],
    ['a token that cannot be sent', { kind: 'token', token: new Concealed('canary\r\nx') } as const, 'Copy it again'],
  ])('with %s ends in a sentence', async (_, credentials, sentence) => {
    expect(await reasonOf(await serve(), credentials)).toContain(sentence)
  })

  it.each([
    ['login-rate-limited', key, 'Logging in with the API key failed: POST'],
    ['login-json-body', key, 'refused the API key (HTTP 400)'],
    [
      'login-pro-key-on-own-server',
      { kind: 'api-key', apiKey: new Concealed('ZENPROKEY_canary') } as const,
      'a key of ZenML Pro',
    ],
    ['html-outside-api', key, 'something other than JSON'],
  ])('that is answered with %s ends in a sentence', async (name, credentials, sentence) => {
    const instead: Instead = (response, _, path) => {
      if (path !== '/api/v1/login') return false
      replay(response, name)
      return true
    }
    expect(await reasonOf(await serve({ instead }), credentials)).toContain(sentence)
  })

  it.each([{}, { access_token: 5 }, { access_token: 'a\nb' }, []])('answered with %j is no login', async json => {
    const instead: Instead = (response, _, path) => {
      if (path !== '/api/v1/login') return false
      sendJson(response, json)
      return true
    }
    expect(await reasonOf(await serve({ instead }), key)).toContain('without a token')
  })
})

describe('asking', () => {
  it('what is no ZenML server ends in a sentence', async () => {
    const html = await serve({ instead: always(response => replay(response, 'html-outside-api')) })
    expect(await reasonOf(html, token)).toContain('A ZenML server answers with JSON.')
    const other = await serve({ instead: always(response => sendJson(response, { status: 'ok' })) })
    expect(await reasonOf(other, token)).toContain('not as a ZenML server does')
  })

  it.each([
    ['rbac-read-denied-get', 'denied', 'role with read on secrets'],
    ['secret-get-unknown', 'absent', 'HTTP 404'],
    ['trailing-slash', 'unverified', 'No API of a ZenML server'],
    ['store-none-get', 'unverified', 'switched off'],
    ['secrets-oneof-999-names', 'unverified', 'HTTP 500'],
    ['bad-idempotency-key', 'unverified', 'HTTP 500'],
    ['secret-get-by-name', 'unverified', 'HTTP 422'],
  ])('what is answered with %s is %s', async (name, kind, words) => {
    const instead: Instead = (response, _, path) => {
      if (path !== '/api/v1/secrets') return false
      replay(response, name)
      return true
    }
    const answer = await connect(await serve({ instead }), token).read(secrets)
    expect(answer).toMatchObject({ trouble: { kind, reason: expect.stringContaining(words) } })
    expect(JSON.stringify(answer)).not.toMatch(/SELECT|\.py|probe|"No secret/)
  })

  it('after trouble asks again, and a run that was stopped does not count', async () => {
    const service = await serve()
    const server = connect(service, key)
    expect(await server.read({ ...secrets, signal: AbortSignal.abort() })).toMatchObject({
      trouble: { kind: 'unverified' },
    })
    expect(await server.read(secrets)).toMatchObject({ value: { total: 0 } })
  })
})
