import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { callVault, startVault, stopVault, type VaultServer } from '../../scripts/servers/vault.ts'
import type { Answer, Backend, Depth } from '../../src/backends/backend.ts'
import type { BackendContext } from '../../src/backends/context.ts'
import type { VaultOptions } from '../../src/backends/vault/options.ts'
import { createVaultBackend } from '../../src/backends/vault/vault.ts'
import { Concealed } from '../../src/text/concealed.ts'
import type { Secrets } from '../backends/contract.ts'
import { vaultOptions } from '../backends/vault-options.ts'
import { type CountingProxy, countingProxy } from './counting-proxy.ts'

export const never = () => new AbortController().signal
export const arbitrary = { zenml_schema_name: 'arbitrary' }

/** A KV engine. */
export interface Stored {
  readonly mount: string
  readonly version: 1 | 2
}

/** What the tests of one file do with a real server of their own. */
export interface RealVault {
  server(): VaultServer
  /** Of the backends, since the test began. */
  readonly requests: string[]
  peak(): number
  /** As root; has to succeed. */
  call(method: string, ...request: readonly [path: string, json?: unknown]): Promise<any>
  newMount(version: 1 | 2): Promise<string>
  write(to: Stored, path: string, content: unknown): Promise<void>
  /** Secrets as ZenML writes them, in a mount of their own. */
  fill(version: 1 | 2, prefix: string, secrets: Secrets): Promise<string>
  /** A token that may do what a policy says, and ask what it may do unless `isBare`. */
  tokenFor(policy: string, isBare?: boolean): Promise<Concealed>
  backend(options: Partial<VaultOptions>, context?: BackendContext): Backend
  ask(names: readonly string[], depth: Depth, options: Partial<VaultOptions>): Promise<readonly Answer[]>
}

/** Starts a server before the tests of a file and ends it after them. */
export function realVault(): RealVault {
  let server: VaultServer
  let proxy: CountingProxy
  let made = 0
  beforeAll(async () => {
    server = await startVault()
    proxy = await countingProxy(server.url)
  })
  beforeEach(() => {
    proxy.requests.length = 0
  })
  afterAll(async () => {
    await proxy.close()
    stopVault(server)
  })

  const call: RealVault['call'] = (method, ...request) => callVault(server, method, ...request)

  const newMount = async (version: 1 | 2) => {
    const mount = `team/kv${++made}`
    await call('POST', `sys/mounts/${mount}`, { type: 'kv', options: { version: String(version) } })
    if (version === 2) await upgraded(mount)
    return mount
  }

  /** A new engine of version 2 refuses all until it has set itself up. */
  const upgraded = async (mount: string) => {
    for (let tries = 0; ; tries++) {
      try {
        await call('POST', `${mount}/data/ready`, { data: {} })
        await call('DELETE', `${mount}/metadata/ready`)
        return
      } catch (error) {
        if (tries > 50) throw error
        await sleep(20)
      }
    }
  }

  const write = async ({ mount, version }: Stored, path: string, content: unknown) => {
    const encoded = path.split('/').map(encodeURIComponent).join('/')
    const isV2 = version === 2
    await call('POST', `${mount}/${isV2 ? 'data/' : ''}${encoded}`, isV2 ? { data: content } : content)
  }

  const backend: RealVault['backend'] = (options, context = { environment: {} }) =>
    createVaultBackend(vaultOptions({ url: proxy.url, token: new Concealed('root'), ...options }), context)

  return {
    server: () => server,
    get requests() {
      return proxy.requests
    },
    peak: () => proxy.peak(),
    call,
    newMount,
    write,
    fill: async (version, prefix, secrets) => {
      const mount = await newMount(version)
      const entries = Object.entries(secrets)
      for (let start = 0; start < entries.length; start += 20) {
        const some = entries.slice(start, start + 20)
        const to = { mount, version }
        await Promise.all(some.map(([name, content]) => write(to, prefix + name, { ...content, ...arbitrary })))
      }
      return mount
    },
    tokenFor: async (policy, isBare = false) => {
      const name = `policy-${++made}`
      await call('PUT', `sys/policies/acl/${name}`, { policy })
      const token = await call('POST', 'auth/token/create', { policies: [name], no_default_policy: isBare })
      return new Concealed(token.auth.client_token)
    },
    backend,
    ask: async (names, depth, options) => [...(await backend(options).lookUp(names, depth, never())).values()],
  }
}

export function found(...keys: readonly string[]): Answer {
  return { kind: 'found', keys: new Set(keys) }
}
