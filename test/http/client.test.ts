import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpClient, type HttpClientOptions, type HttpResult } from '../../src/http/client.ts'
import type { HttpRequest } from '../../src/http/request.ts'
import { troubleSentence } from '../../src/http/trouble.ts'
import { type Answering, type Service, sendJson, startService } from './service.ts'

const canary = 'canary-4f1c'
const services: Service[] = []

afterEach(async () => {
  await Promise.all(services.splice(0).map(service => service.close()))
})

async function serve(answer: Answering): Promise<Service> {
  const service = await startService(answer)
  services.push(service)
  return service
}

interface Asked {
  readonly result: HttpResult
  readonly pauses: readonly number[]
}

/** One request, without any real pause. */
async function ask(
  url: string,
  options: Partial<HttpClientOptions> = {},
  request: Partial<HttpRequest> = {},
): Promise<Asked> {
  const pauses: number[] = []
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds)
  const client = createHttpClient({
    baseUrl: url,
    headers: { authorization: `Bearer ${canary}` },
    ...options,
    seams: { sleep, random: () => 1, ...options.seams },
  })
  const signal = new AbortController().signal
  const result = await client.request({ method: 'GET', path: ['things'], query: [['q', canary]], signal, ...request })
  return { result, pauses }
}

function troubleOf(result: HttpResult) {
  if (!('trouble' in result)) throw new Error('an answer, where trouble was expected')
  expect(JSON.stringify([result, troubleSentence(result.trouble)])).not.toContain(canary)
  expect(troubleSentence(result.trouble)).toMatch(/^[\x20-\x7e]+[.]$/)
  return result.trouble
}

describe('a request', () => {
  it('carries what it was given, encoded, and asks for plain JSON', async () => {
    const service = await serve(response => sendJson(response, { a: [1] }))
    const path = ['a/b', '..x', 'contains:x', 'ключ', '?#%']
    const query = [['name', 'oneof:["a&b=c"]'] as const, ['x', '\ud800'] as const]
    const { result } = await ask(`${service.url}/base/`, { headers: { 'x-token': ` ${canary}\n` } }, { path, query })
    expect(result).toEqual({ status: 200, json: { a: [1] }, headers: new Map() })
    expect(service.requests[0]?.url).toBe(
      '/base/a%2Fb/..x/contains%3Ax/%D0%BA%D0%BB%D1%8E%D1%87/%3F%23%25?name=oneof%3A%5B%22a%26b%3Dc%22%5D&x=%EF%BF%BD',
    )
    expect(service.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'x-token': canary,
    })
  })

  it('carries a form or JSON', async () => {
    const service = await serve(response => sendJson(response, null))
    await ask(service.url, {}, { method: 'POST', form: [['password', 'a b&c']] })
    await ask(service.url, {}, { method: 'PUT', json: { a: 'ключ' } })
    expect(service.requests.map(({ method, headers, body }) => [method, headers['content-type'], body])).toEqual([
      ['POST', 'application/x-www-form-urlencoded', 'password=a%20b%26c'],
      ['PUT', 'application/json', '{"a":"ключ"}'],
    ])
  })

  it.each([[['..']], [['a', '.']], [['']], [['\ud800']]])('is not sent to the path %j', async path => {
    const service = await serve(response => sendJson(response, {}))
    const { result } = await ask(service.url, {}, { path })
    expect(troubleOf(result).kind).toBe('unusable')
    expect(service.requests).toEqual([])
  })

  it.each(['a\r\nx-evil: 1', 'a\0b', 'a\u007fb', 'ключ'])(
    'is not sent with the header %j, which is not shown',
    async value => {
      const service = await serve(response => sendJson(response, {}))
      const { result } = await ask(service.url, { headers: { authorization: `${canary}${value}` } })
      expect(troubleOf(result)).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('Copy it again') })
      expect(service.requests).toEqual([])
    },
  )

  it('is not sent to an address that cannot be used', async () => {
    const { result } = await ask('http://example.com')
    expect(troubleOf(result)).toMatchObject({ kind: 'unusable', reason: expect.stringContaining('not https') })
  })

  it('drops what the caller takes out while the answer is parsed', async () => {
    const service = await serve(response => sendJson(response, { keep: 1, drop: canary }))
    const { result } = await ask(service.url, {}, { revive: (key, value) => (key === 'drop' ? null : value) })
    expect(result).toMatchObject({ json: { keep: 1, drop: null } })
  })

  it('hands on the headers that are asked for alone', async () => {
    const service = await serve(response => sendJson(response, {}, 200, { link: '<x>', 'set-cookie': canary }))
    const { result } = await ask(service.url, { keepHeaders: ['link', 'etag'] })
    expect(result).toMatchObject({ headers: new Map([['link', '<x>']]) })
  })

  it('is one of at most 8 under way', async () => {
    let running = 0
    let peak = 0
    const service = await serve(response => {
      peak = Math.max(peak, ++running)
      setTimeout(() => {
        running--
        sendJson(response, {})
      }, 10)
    })
    const client = createHttpClient({ baseUrl: service.url })
    const { signal } = new AbortController()
    await Promise.all(Array.from({ length: 30 }, () => client.request({ method: 'GET', path: ['x'], signal })))
    expect([peak, service.requests.length]).toEqual([8, 30])
  })
})

describe('statuses', () => {
  const scripted = (...statuses: readonly number[]) =>
    serve((response, _, count) => {
      const status = statuses[count - 1] ?? 200
      sendJson(response, { detail: canary }, status, { 'x-request-id': 'request-1' })
    })

  it.each([
    [[503], 2, [500]],
    [[408, 425, 429], 4, [500, 1000, 2000]],
    [[500, 502, 504], 4, [500, 1000, 2000]],
  ])('%j are tried again until there is an answer', async (statuses, requests, expected) => {
    const service = await scripted(...statuses)
    const { result, pauses } = await ask(service.url)
    expect(result).toMatchObject({ status: 200 })
    expect([service.requests.length, pauses]).toEqual([requests, expected])
  })

  it('that do not get better are trouble after four tries', async () => {
    const service = await scripted(503, 503, 503, 503, 503)
    const trouble = troubleOf((await ask(service.url)).result)
    const host = new URL(service.url).host
    expect(trouble).toEqual({
      kind: 'status',
      status: 503,
      requestId: 'request-1',
      detail: undefined,
      headers: new Map(),
      method: 'GET',
      host,
      path: '/things',
      tries: 4,
    })
    expect(troubleSentence(trouble)).toBe(
      `GET ${host}/things was answered 4 times with HTTP 503, request request-1. Try again later.`,
    )
  })

  it.each([400, 401, 403, 404, 405, 409, 412, 422, 501])('%i is trouble at once', async status => {
    const service = await scripted(status)
    expect(troubleOf((await ask(service.url)).result)).toMatchObject({ kind: 'status', status, tries: 1 })
    expect(service.requests.length).toBe(1)
  })

  it('are tried again where a client says so', async () => {
    const service = await scripted(412)
    expect((await ask(service.url, { retryStatuses: [412] })).result).toMatchObject({ status: 200 })
  })

  it('are never tried again for what is not idempotent', async () => {
    const service = await scripted(503, 200, 503, 200)
    expect(troubleOf((await ask(service.url, {}, { method: 'POST' })).result)).toMatchObject({ status: 503, tries: 1 })
    await ask(service.url)
    expect((await ask(service.url, {}, { method: 'POST', idempotent: true })).result).toMatchObject({ status: 200 })
  })

  it('come with what the reader of errors makes of the body', async () => {
    const service = await scripted(404)
    const readError = (json: unknown) => ((json as { detail: string }).detail === canary ? 'known' : undefined)
    expect(troubleOf((await ask(service.url, { readError })).result)).toMatchObject({ status: 404, detail: 'known' })
  })

  it.each([
    ['1', [2000]],
    ['86400', []],
  ])('with Retry-After %s are waited for, within reason', async (after, expected) => {
    const service = await serve((response, _, count) =>
      sendJson(response, {}, count === 1 ? 429 : 200, { 'retry-after': after }),
    )
    expect((await ask(service.url)).pauses).toEqual(expected)
  })

  it.each([301, 302, 303, 307, 308, 304])('%i is refused, and nothing goes where it leads', async status => {
    const other = await serve(response => sendJson(response, {}))
    const service = await serve(response => {
      response.writeHead(status, { location: `${other.url}/${canary}` })
      response.end()
    })
    expect(troubleOf((await ask(service.url)).result)).toMatchObject({ kind: 'redirect', status })
    expect([service.requests.length, other.requests]).toEqual([1, []])
  })
})

describe('bodies', () => {
  it.each<[string, Record<string, string>, string | Buffer]>([
    ['a web page', { 'content-type': 'text/html' }, `<html>${canary}`],
    ['JSON that says it is text', { 'content-type': 'text/plain' }, `{"a":"${canary}"}`],
    ['JSON that says nothing', {}, '{}'],
    ['half of JSON', { 'content-type': 'application/json' }, `{"token": "${canary}`],
    ['nothing', { 'content-type': 'application/json' }, ''],
    ['compressed JSON', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, gzipSync('{}')],
    ['JSON that says it is compressed', { 'content-type': 'application/json', 'content-encoding': 'br' }, '{}'],
  ])('%s is not JSON and never shown', async (_, headers, body) => {
    const service = await serve(response => {
      response.writeHead(200, headers)
      response.end(body)
    })
    expect(troubleOf((await ask(service.url)).result)).toMatchObject({ kind: 'not-json', status: 200 })
    expect(service.requests.length).toBe(1)
  })

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/problem+json'])(
    '%s is JSON',
    async type => {
      const service = await serve(response => {
        response.writeHead(200, { 'content-type': type })
        response.end('{"__proto__": 1}')
      })
      const { result } = await ask(service.url)
      expect('json' in result && Object.keys(result.json as object)).toEqual(['__proto__'])
    },
  )

  it('too long are left in the middle', async () => {
    let sent = 0
    const service = await serve(response => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const chunk = Buffer.alloc(2 ** 16, 32)
      const write = () => {
        while (!response.destroyed && sent < 2 ** 28) {
          sent += chunk.length
          if (!response.write(chunk)) {
            response.once('drain', write)
            return
          }
        }
      }
      write()
    })
    expect(troubleOf((await ask(service.url)).result)).toMatchObject({ kind: 'too-large', limit: 2 ** 20 })
    expect(sent).toBeLessThan(2 ** 24)
    expect(troubleOf((await ask(service.url, {}, { maxBytes: 10 })).result)).toMatchObject({ limit: 10 })
  })

  it('cut short are a broken connection, which is tried again', async () => {
    const service = await serve((response, _, count) => {
      if (count > 2) return sendJson(response, { whole: true })
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"a": ')
      setTimeout(() => response.destroy(), 5)
    })
    expect((await ask(service.url)).result).toMatchObject({ json: { whole: true } })
    expect(service.requests.length).toBe(3)
  })
})

describe('connections', () => {
  it('that are refused are tried four times', async () => {
    const service = await startService(response => sendJson(response, {}))
    await service.close()
    const { result, pauses } = await ask(service.url)
    expect(troubleOf(result)).toMatchObject({ kind: 'network', code: 'ECONNREFUSED', tries: 4 })
    expect(pauses).toEqual([500, 1000, 2000])
  })

  it('that break are tried again', async () => {
    const service = await serve((response, _, count) => {
      if (count < 3) response.destroy()
      else sendJson(response, { count })
    })
    expect((await ask(service.url)).result).toMatchObject({ json: { count: 3 } })
  })

  it('to a host that is not there are tried twice', async () => {
    let tries = 0
    const transport = () => {
      tries++
      return Promise.reject(Object.assign(new Error(`getaddrinfo ${canary}`), { code: 'ENOTFOUND' }))
    }
    const trouble = troubleOf((await ask('https://zenml.invalid', { seams: { transport } })).result)
    expect(trouble).toMatchObject({ kind: 'dns', code: 'ENOTFOUND', tries: 2 })
    expect([tries, troubleSentence(trouble)]).toEqual([
      2,
      'GET zenml.invalid/things failed: the host was not found (ENOTFOUND). Check the address.',
    ])
  })

  it.each<[string, Answering]>([
    ['say nothing', () => undefined],
    [
      'drip',
      response => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const timer = setInterval(() => response.write(' '), 20)
        response.once('close', () => clearInterval(timer))
      },
    ],
  ])('that %s are given up in time, twice', async (_, answer) => {
    const service = await serve(answer)
    const trouble = troubleOf((await ask(service.url, { timeout: 150 })).result)
    expect(trouble).toMatchObject({ kind: 'timeout', tries: 2 })
    expect(service.requests.length).toBe(2)
  })

  it('end with the run', async () => {
    const service = await serve(() => undefined)
    const signal = AbortSignal.timeout(100)
    expect(troubleOf((await ask(service.url, {}, { signal })).result)).toMatchObject({ kind: 'aborted', tries: 1 })
    const late = await ask(service.url, {}, { signal: AbortSignal.abort() })
    expect(troubleOf(late.result).kind).toBe('aborted')
    expect(service.requests.length).toBe(1)
  })

  it('are not waited for beyond the run: the last answer stands', async () => {
    const service = await serve(response => sendJson(response, {}, 429, { 'retry-after': '30' }))
    const client = createHttpClient({ baseUrl: service.url })
    const began = Date.now()
    const result = await client.request({ method: 'GET', path: ['x'], signal: AbortSignal.timeout(200) })
    expect(troubleOf(result)).toMatchObject({ kind: 'status', status: 429, tries: 1 })
    expect(Date.now() - began).toBeLessThan(5_000)
  })
})
