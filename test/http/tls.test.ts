import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createHttpClient, type HttpClientOptions } from '../../src/http/client.ts'
import { troubleSentence } from '../../src/http/trouble.ts'
import { temporaryDirectory } from '../backends/temporary.ts'
import { type Authority, createAuthority } from './certificates.ts'
import { type ConnectProxy, startConnectProxy } from './connect-proxy.ts'
import { type Service, sendJson, startService } from './service.ts'

const directory = temporaryDirectory()
const open: { close(): Promise<void> }[] = []
let authority: Authority

beforeAll(() => {
  authority = createAuthority(directory.path)
})
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()))
})
afterAll(directory.remove)

async function serve(host: string, days?: number): Promise<Service> {
  const service = await startService(response => sendJson(response, { ok: true }), authority.issue(host, days))
  open.push(service)
  return service
}

async function proxyTo(port: number, status?: number): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(port, status)
  open.push(proxy)
  return proxy
}

async function ask(options: HttpClientOptions) {
  const sleep = async () => undefined
  const client = createHttpClient({ ...options, seams: { sleep } })
  const result = await client.request({ method: 'GET', path: ['x'], signal: new AbortController().signal })
  const sentence = 'trouble' in result ? troubleSentence(result.trouble) : ''
  expect(JSON.stringify([result, sentence])).not.toContain('canary')
  return { result, sentence }
}

describe('TLS', () => {
  it('is trusted with the certificate of an authority that is given', async () => {
    const service = await serve('127.0.0.1')
    const { result } = await ask({ baseUrl: service.url, caBundle: authority.cert })
    expect(result).toMatchObject({ json: { ok: true } })
  })

  it('is refused from an unknown authority, at once, and the sentence says what to set', async () => {
    const service = await serve('127.0.0.1')
    const { result, sentence } = await ask({ baseUrl: service.url })
    expect(result).toMatchObject({ trouble: { kind: 'tls', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', tries: 1 } })
    expect(sentence).toContain('NODE_EXTRA_CA_CERTS')
    expect(service.requests).toEqual([])
  })

  it('is refused even where Node is told to accept anything', async () => {
    const service = await serve('127.0.0.1')
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    const { result } = await ask({ baseUrl: service.url })
    if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before
    expect(result).toMatchObject({ trouble: { kind: 'tls' } })
    expect(service.requests).toEqual([])
  })

  it.each([
    ['for another host', 'other.test', 1, 'ERR_TLS_CERT_ALTNAME_INVALID', 'another host'],
    ['that has expired', '127.0.0.1', -1, 'CERT_HAS_EXPIRED', 'clock'],
  ])('is refused with a certificate %s', async (_, host, days, code, advice) => {
    const service = await serve(host, days)
    const { result, sentence } = await ask({ baseUrl: service.url, caBundle: authority.cert })
    expect(result).toMatchObject({ trouble: { kind: 'tls', code, tries: 1 } })
    expect(sentence).toContain(advice)
  })

  it('is refused where no TLS is spoken', async () => {
    const service = await startService(response => sendJson(response, {}))
    open.push(service)
    const { result } = await ask({ baseUrl: service.url.replace('http:', 'https:') })
    expect(result).toMatchObject({ trouble: { kind: 'tls' } })
    expect(service.requests).toEqual([])
  })
})

describe('a proxy', () => {
  const baseUrl = 'https://zenml.test'

  it('is asked to connect, and the certificate is still that of the service', async () => {
    const service = await serve('zenml.test')
    const proxy = await proxyTo(service.port)
    const environment = { HTTPS_PROXY: `http://user:canary%40@127.0.0.1:${proxy.port}` }
    const { result } = await ask({ baseUrl, environment, caBundle: authority.cert })
    expect(result).toMatchObject({ json: { ok: true } })
    const authorization = `Basic ${Buffer.from('user:canary@').toString('base64')}`
    expect(proxy.connects).toEqual([{ target: 'zenml.test:443', authorization }])
    expect(service.requests[0]?.headers['proxy-authorization']).toBeUndefined()
    expect((await ask({ baseUrl, environment })).result).toMatchObject({ trouble: { kind: 'tls' } })
  })

  it('that refuses is trouble of its own, and its password is not shown', async () => {
    const proxy = await proxyTo(1, 407)
    const environment = { HTTPS_PROXY: `http://user:canary@127.0.0.1:${proxy.port}` }
    const { result, sentence } = await ask({ baseUrl, environment })
    expect(result).toMatchObject({ trouble: { kind: 'proxy', code: 'HTTP_407', tries: 1 } })
    expect(sentence).toBe(
      'GET zenml.test/x failed: the proxy of HTTPS_PROXY did not connect (HTTP_407). Check HTTPS_PROXY and NO_PROXY.',
    )
  })

  it('that is not there is trouble of its own', async () => {
    const proxy = await startConnectProxy(1)
    await proxy.close()
    const environment = { https_proxy: `127.0.0.1:${proxy.port}` }
    expect((await ask({ baseUrl, environment })).result).toMatchObject({
      trouble: { kind: 'proxy', code: 'ECONNREFUSED' },
    })
  })

  it('of another kind is never passed over in silence', async () => {
    const { result } = await ask({ baseUrl, environment: { HTTPS_PROXY: 'socks5://user:canary@127.0.0.1:1' } })
    expect(result).toMatchObject({ trouble: { kind: 'proxy' } })
  })
})
