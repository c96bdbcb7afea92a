import { describe, expect, it } from 'vitest'
import { readAddress } from '../../src/http/address.ts'

describe('an address', () => {
  it.each([
    ['https://zenml.example.com', 'https://zenml.example.com'],
    ['https://zenml.example.com/', 'https://zenml.example.com'],
    ['https://zenml.example.com/a/b//', 'https://zenml.example.com/a/b'],
    ['HTTPS://ZenML.Example.com:443', 'https://zenml.example.com'],
    [' https://zenml.example.com:8443\n', 'https://zenml.example.com:8443'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://10.0.0.1', 'https://10.0.0.1'],
  ])('%j is %s', (text, url) => {
    expect(readAddress(text)).toEqual({ url })
  })

  it.each([
    ['', 'not a URL'],
    ['zenml.example.com', 'not a URL'],
    ['https://', 'not a URL'],
    ['https:zenml.example.com', 'not a URL'],
    ['file:///etc/passwd', 'not a URL'],
    ['javascript:alert(1)', 'not a URL'],
    ['http://zenml.example.com', 'not https'],
    ['http://localhost.example.com', 'not https'],
    ['http://127.0.0.1.example.com', 'not https'],
    ['http://0.0.0.0', 'not https'],
    ['https://user:canary@zenml.example.com', 'user name or a password'],
    ['https://canary@zenml.example.com', 'user name or a password'],
    ['https://zenml.example.com/#canary', 'fragment'],
    ['https://zenml.example.com/?canary', 'query'],
    ['https://zenml.example.com/?', 'query'],
    ['https://169.254.169.254/', 'metadata'],
    ['https://0xa9fea9fe/', 'metadata'],
    ['https://[fe80::1]/', 'metadata'],
    ['https://[fd00:ec2::254]/', 'metadata'],
    ['https://[::ffff:169.254.169.254]/', 'metadata'],
    ['https://metadata.google.internal', 'metadata'],
    ['https://zenml.exаmple.com', 'beyond ASCII'],
    ['https://zenml example.com', 'blank'],
    ['https://zenml.example.com\r\nHost: canary', 'blank'],
    [`https://zenml.example.com/${'x'.repeat(2000)}`, 'longer than'],
  ])('%j is refused', (text, why) => {
    const read = readAddress(text)
    expect(read).toEqual({ problem: expect.stringContaining(why) })
    expect(JSON.stringify(read)).not.toContain('canary')
  })
})
