import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AwsServer, startAws, stopAws } from '../../scripts/servers/aws.ts'
import { type AzureServer, startAzure } from '../../scripts/servers/azure.ts'
import { type GcpServer, startGcp } from '../../scripts/servers/gcp.ts'
import { callVault, startVault, stopVault, type VaultServer } from '../../scripts/servers/vault.ts'
import { startZenml, stopZenml, type ZenmlServer } from '../../scripts/servers/zenml.ts'
import { openAwsStore } from '../../src/backends/aws/store.ts'
import { openGithubStore } from '../../src/backends/github/store.ts'
import type { SecretStore } from '../../src/backends/secret-store.ts'
import { openVaultStore } from '../../src/backends/vault/store.ts'
import { openZenmlStore } from '../../src/backends/zenml/store.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { awsOptions, useAwsEnvironment } from '../backends/aws-store.ts'
import { azureStore, useAzureEnvironment } from '../backends/azure-store.ts'
import { gcpStore, writeCredentials } from '../backends/gcp-store.ts'
import { type FakeGithub, githubToken, startFakeGithub } from '../backends/github-fake.ts'
import { never, newSecret } from '../backends/manager-store.ts'
import { temporaryDirectory } from '../backends/temporary.ts'
import { vaultOptions } from '../backends/vault-options.ts'
import { type CountingProxy, countingProxy } from './counting-proxy.ts'

const directory = temporaryDirectory()
let aws: AwsServer
let azure: AzureServer
let gcp: GcpServer
let github: FakeGithub
let vault: VaultServer
let vaultProxy: CountingProxy
let zenml: ZenmlServer
let zenmlProxy: CountingProxy
let restore: readonly (() => void)[]

beforeAll(async () => {
  aws = await startAws()
  azure = await startAzure()
  gcp = await startGcp()
  github = await startFakeGithub()
  vault = await startVault()
  vaultProxy = await countingProxy(vault.url)
  zenml = await startZenml()
  zenmlProxy = await countingProxy(zenml.url)
  restore = [useAwsEnvironment(aws.url), useAzureEnvironment(azure)]
  await callVault(vault, 'POST', 'sys/mounts/kv1', { type: 'kv', options: { version: '1' } })
})

afterAll(async () => {
  for (const undo of restore) undo()
  directory.remove()
  await Promise.all([azure.close(), gcp.close(), github.close(), vaultProxy.close(), zenmlProxy.close()])
  stopVault(vault)
  stopZenml(zenml)
  await stopAws(aws)
})

interface Row {
  readonly backend: string
  /** A new one, which remembers nothing. */
  readonly open: () => SecretStore
  /** What the server was asked so far. */
  readonly log: () => readonly string[]
  /** Secrets of a page; `Infinity` where there are no pages. */
  readonly page: number
  /** Requests for each secret that is registered: two where only a look tells whether the name is free, or a secret and its value are written apart. */
  readonly each: 1 | 2
  /** Requests besides, once a store: logins and probes. */
  readonly once: number
  /** The same for a list, where that is less. */
  readonly onceToList?: number
  /** Whether one list tells of all that is registered which names are taken. */
  readonly listsFirst?: boolean
}

const total = 1_000
const registered = 100

const vaultStore = (mount: string) => {
  const token = new Concealed(vault.token)
  return openVaultStore(vaultOptions({ url: vaultProxy.url, token, mount }), { environment: {} })
}
const gcpOf = (scope: string) => {
  const credentials = writeCredentials(gcp, directory.path)
  return gcpStore({ server: gcp, credentials }, { scope })
}
const zenmlStore = () => {
  const none = { token: undefined, username: undefined, password: undefined, verifySsl: undefined }
  const options = { url: zenmlProxy.url, apiKey: new Concealed(zenml.apiKey), ...none }
  return openZenmlStore(options, { environment: {} })
}
const githubStore = () => {
  const options = { repository: 'acme/app', token: new Concealed(githubToken) }
  return openGithubStore(options, { environment: { GITHUB_API_URL: github.url } })
}

const logs = {
  aws: () => aws.calls,
  gcp: () => gcp.requests,
  azure: () => azure.requests.filter(request => !request.includes('/msi/token')),
  github: () => github.requests,
  vault: () => vaultProxy.requests,
  zenml: () => zenmlProxy.requests,
}

/**
 * As the stores say of themselves, and never more besides the work itself than a check may take: three on AWS and Vault,
 * two on ZenML, one on Google. On Azure a token is not counted: its library keeps one for all stores of a process.
 */
const rows: readonly Row[] = [
  {
    backend: 'aws',
    open: () => openAwsStore(awsOptions(), { environment: {} }),
    log: logs.aws,
    page: 100,
    each: 1,
    once: 0,
  },
  {
    backend: 'vault, KV version 2',
    open: () => vaultStore('secret'),
    log: logs.vault,
    page: Infinity,
    each: 1,
    once: 1,
  },
  { backend: 'vault, KV version 1', open: () => vaultStore('kv1'), log: logs.vault, page: Infinity, each: 2, once: 1 },
  { backend: 'zenml', open: zenmlStore, log: logs.zenml, page: 5_000, each: 1, once: 2 },
  { backend: 'gcp', open: () => gcpOf('global'), log: logs.gcp, page: 5_000, each: 2, once: 1 },
  {
    backend: 'gcp, scope none',
    open: () => gcpOf('none'),
    log: logs.gcp,
    page: 5_000,
    each: 2,
    once: 1,
    listsFirst: true,
  },
  { backend: 'azure', open: () => azureStore({ server: azure }), log: logs.azure, page: 25, each: 2, once: 0 },
  {
    backend: 'azure, scope none',
    open: () => azureStore({ server: azure }, { scope: 'none' }),
    log: logs.azure,
    page: 25,
    each: 1,
    once: 0,
    listsFirst: true,
  },
  { backend: 'github', open: githubStore, log: logs.github, page: 100, each: 2, once: 1, onceToList: 0 },
]

/** Registers secrets of one key, four at a time: the servers of tests take no more. */
async function register(store: SecretStore, from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index).values()
  const work = async () => {
    for (const number of numbers) await store.create(newSecret(`s${number}`, { x: '1' }), never())
  }
  await Promise.all([work(), work(), work(), work()])
}

function pages(secrets: number, page: number): number {
  return Math.max(1, Math.ceil(secrets / page))
}

describe.each(rows)(
  'the store of $backend',
  ({ open, log, page, each, once, onceToList = once, listsFirst = false }) => {
    beforeAll(async () => {
      azure.reset()
      gcp.reset()
      await register(open(), registered, total)
    })

    it(`registers ${registered} secrets with no more requests than that takes`, async () => {
      const before = log().length
      await register(open(), 0, registered)
      const lists = listsFirst ? pages(total - registered, page) : 0
      expect(log().slice(before)).toHaveLength(once + lists + each * registered)
    })

    it(`lists ${total} secrets page by page`, async () => {
      const before = log().length
      const listed = await open().list(never())
      expect(new Set(listed.map(({ name }) => name.toLowerCase())).size).toBe(total)
      expect(log().slice(before)).toHaveLength(onceToList + pages(total, page))
    })
  },
)
