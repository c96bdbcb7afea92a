import type { AzureServer } from '../../scripts/servers/azure.ts'
import { createAzureBackend } from '../../src/backends/azure/azure.ts'
import type { AzureOptions } from '../../src/backends/azure/options.ts'
import { openAzureStore } from '../../src/backends/azure/store.ts'
import type { Secrets } from './contract.ts'

/** A secret as Key Vault stores it. */
export interface StoredSecret {
  readonly name: string
  readonly value: string
  readonly tags?: Readonly<Record<string, string>>
  readonly enabled?: boolean
}

export async function store(server: AzureServer, secrets: readonly StoredSecret[]): Promise<void> {
  for (const { name, value, tags, enabled = true } of secrets) {
    const response = await fetch(`${server.url}/secrets/${name}?api-version=7.4`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ value, tags, attributes: { enabled } }),
    })
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`)
  }
}

/** All that the vault holds, by name. */
export async function dumpAzure(server: AzureServer): Promise<Readonly<Record<string, Dumped>>> {
  const headers = { authorization: `Bearer ${server.token}` }
  const get = async (address: string): Promise<any> => (await fetch(address, { headers })).json()
  const dumped: Record<string, Dumped> = {}
  let next: string | null = `${server.url}/secrets?api-version=7.4`
  while (next !== null) {
    const page: any = await get(next)
    for (const { id, tags } of page.value) {
      const { value } = await get(`${id}?api-version=7.4`)
      dumped[id.split('/').at(-1)] = { value, tags }
    }
    next = page.nextLink
  }
  return dumped
}

interface Dumped {
  readonly value: string
  readonly tags: Readonly<Record<string, string>>
}

/** Secrets as ZenML writes them in scope `global`. */
export function globalSecrets(secrets: Secrets): readonly StoredSecret[] {
  return Object.entries(secrets).map(([name, content]) => ({
    name: `zenml-global-${name}`,
    value: JSON.stringify({ ...content, zenml_schema_name: 'arbitrary' }),
    tags: globalTags(name),
  }))
}

export function globalTags(name: string): Readonly<Record<string, string>> {
  return { zenml_scope: 'global', zenml_secret_name: name, zenml_component_name: 'sm' }
}

/** The same in scope `none`: one for each key. */
export function bareSecrets(secrets: Secrets): readonly StoredSecret[] {
  return Object.entries(secrets).flatMap(([name, content]) =>
    Object.entries(content).map(([key, value]) => ({
      name: bareName(name, key),
      value,
      tags: { 'zenml-group-key': name, 'zenml-key-name': key, 'zenml-schema-name': 'arbitrary' },
    })),
  )
}

export function bareName(name: string, key: string): string {
  return `zenml-${Buffer.from(Buffer.from(`${name}-${key}`).toString('base64')).toString('hex')}`
}

/** Makes Azure's library find the managed identity of a server of tests and nothing else; returns what undoes it. */
export function useAzureEnvironment({ url }: AzureServer): () => void {
  const before = { ...process.env }
  const isAzure = (name: string) => /^(?:AZURE_|AZD_|IDENTITY_|MSI_)/.test(name)
  for (const name of Object.keys(process.env)) if (isAzure(name)) delete process.env[name]
  Object.assign(process.env, {
    AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential',
    IDENTITY_ENDPOINT: `${url}/msi/token`,
    IDENTITY_HEADER: 'canary-identity-header',
  })
  return () => {
    for (const name of Object.keys(process.env)) if (isAzure(name)) delete process.env[name]
    Object.assign(process.env, before)
  }
}

export interface AzureSetup {
  readonly server: AzureServer
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly onCredential?: (text: string) => void
}

/** A backend over a server of tests. */
export function azureBackend(setup: AzureSetup, options: Partial<AzureOptions> = {}) {
  return createAzureBackend(azureOptions(setup, options), contextOf(setup))
}

/** A store over the same. */
export function azureStore(setup: AzureSetup, options: Partial<AzureOptions> = {}) {
  return openAzureStore(azureOptions(setup, options), contextOf(setup))
}

function contextOf({ environment = {}, onCredential }: AzureSetup) {
  return { environment, onCredential }
}

function azureOptions({ server }: AzureSetup, options: Partial<AzureOptions>): AzureOptions {
  return {
    vaultUrl: server.url,
    vaultName: undefined,
    scope: 'global',
    namespace: undefined,
    componentId: undefined,
    workspace: '/nowhere/workspace',
    ...options,
  }
}
