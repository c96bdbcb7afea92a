import { describe, expect, it } from 'vitest'
import { proxyFor } from '../../src/http/proxy.ts'

const proxy = 'http://proxy.example.com:3128'

describe('the proxy for an address', () => {
  it.each([
    ['https://a.example.com', {}, undefined],
    ['https://a.example.com', { HTTPS_PROXY: '' }, undefined],
    ['https://a.example.com', { HTTPS_PROXY: proxy }, `${proxy}/`],
    ['https://a.example.com', { https_proxy: proxy }, `${proxy}/`],
    ['https://a.example.com', { https_proxy: proxy, HTTPS_PROXY: 'http://other' }, `${proxy}/`],
    ['https://a.example.com', { HTTPS_PROXY: 'proxy.example.com:3128' }, `${proxy}/`],
    ['https://a.example.com', { HTTP_PROXY: proxy }, undefined],
    ['https://a.example.com', { HTTPS_PROXY: 'socks5://proxy' }, 'invalid'],
    ['https://a.example.com', { HTTPS_PROXY: 'http://' }, 'invalid'],
    ['http://localhost:1', { HTTPS_PROXY: proxy }, undefined],
    ['https://127.0.0.1:1', { HTTPS_PROXY: proxy }, undefined],
    ['https://[::1]:1', { HTTPS_PROXY: proxy }, undefined],
  ] as const)('%s with %j is %s', (url, environment, expected) => {
    const found = proxyFor(new URL(url), environment)
    expect(found instanceof URL ? found.href : found).toBe(expected)
  })

  it.each([
    ['https://a.example.com', '*', true],
    ['https://a.example.com', 'a.example.com', true],
    ['https://a.example.com', 'A.EXAMPLE.COM', true],
    ['https://a.example.com', 'example.com', true],
    ['https://a.example.com', '.example.com', true],
    ['https://a.example.com', '*.example.com', true],
    ['https://a.example.com', 'x, .example.com ,y', true],
    ['https://a.example.com', 'x example.com', true],
    ['https://a.example.com', 'ample.com', false],
    ['https://a.example.com', 'b.example.com', false],
    ['https://a.example.com', 'a.example.com.evil', false],
    ['https://a.example.com', ',', false],
    ['https://a.example.com', 'example.com:443', true],
    ['https://a.example.com', 'example.com:8443', false],
    ['https://a.example.com:8443', 'example.com:8443', true],
    ['https://10.1.2.3', '10.1.2.3', true],
    ['https://[2001:db8::1]', '2001:db8::1', true],
    ['https://[2001:db8::1]', '[2001:db8::1]', true],
    ['https://[2001:db8::1]:8443', '[2001:db8::1]:8443', true],
    ['https://[2001:db8::1]:8443', '[2001:db8::1]:443', false],
  ])('%s with NO_PROXY %j: exempt is %s', (url, list, exempt) => {
    for (const name of ['NO_PROXY', 'no_proxy']) {
      expect(proxyFor(new URL(url), { HTTPS_PROXY: proxy, [name]: list }) === undefined).toBe(exempt)
    }
  })
})
