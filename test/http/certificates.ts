import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** PEM texts. */
interface Certificate {
  readonly key: string
  readonly cert: string
}

/** An authority of the test's own, in a directory of the test's own. */
export interface Authority {
  readonly cert: string
  /** A certificate for a host, valid for `days` from now; negative: no longer. */
  issue(host: string, days?: number): Certificate
}

export function createAuthority(directory: string): Authority {
  const file = (name: string) => join(directory, name)
  const read = (name: string) => readFileSync(file(name), 'utf8')
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=test authority', '-days', '2')
  return {
    cert: read('ca.pem'),
    issue: (host, days = 1) => {
      const name = /^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`
      writeFileSync(file('extensions'), `subjectAltName=${name}\n`)
      openssl('req', ...newKey, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=test')
      const sign = ['-req', '-in', 'leaf.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'] as const
      openssl('x509', ...sign, '-days', String(days), '-extfile', 'extensions', '-out', 'leaf.pem')
      return { key: read('leaf.key'), cert: read('leaf.pem') }
    },
  }
}
