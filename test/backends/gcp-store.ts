import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GcpServer } from '../../scripts/servers/gcp.ts'
import { createGcpBackend } from '../../src/backends/gcp/gcp.ts'
import type { GcpOptions } from '../../src/backends/gcp/options.ts'
import { openGcpStore } from '../../src/backends/gcp/store.ts'
import type { Secrets } from './contract.ts'

/** A secret as Google stores it. */
export interface StoredSecret {
  readonly id: string
  readonly labels?: Readonly<Record<string, string>>
  /** Of each version; a `Buffer` where it is no text. */
  readonly versions: readonly (string | Buffer)[]
}

const url = ({ url }: GcpServer, path: string) => `${url}/v1/projects/demo/secrets${path}`

/** A request that has to succeed. */
export async function callGcp(server: GcpServer, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(url(server, path), {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

export async function store(server: GcpServer, secrets: readonly StoredSecret[]): Promise<void> {
  for (const { id, labels, versions } of secrets) {
    await callGcp(server, `?secretId=${id}`, { replication: { automatic: {} }, labels })
    for (const version of versions) {
      await callGcp(server, `/${id}:addVersion`, { payload: { data: Buffer.from(version).toString('base64') } })
    }
  }
}

/** All that the server holds, by id. */
export async function dumpGcp(server: GcpServer): Promise<Readonly<Record<string, Dumped>>> {
  const headers = { authorization: `Bearer ${server.token}` }
  const get = async (path: string): Promise<any> => (await fetch(url(server, path), { headers })).json()
  const { secrets = [] } = await get('')
  const dumped = secrets.map(async ({ name, labels }: any) => {
    const id = name.split('/').at(-1)
    const versions: string[] = []
    for (let number = 1; ; number++) {
      const { payload } = await get(`/${id}/versions/${number}:access`)
      if (!payload) return [id, { labels, versions }]
      versions.push(Buffer.from(payload.data, 'base64').toString())
    }
  })
  return Object.fromEntries(await Promise.all(dumped))
}

interface Dumped {
  readonly labels: Readonly<Record<string, string>>
  readonly versions: readonly string[]
}

/** Secrets as ZenML writes them in scope `global`. */
export function globalSecrets(secrets: Secrets): readonly StoredSecret[] {
  return Object.entries(secrets).map(([name, content]) => ({
    id: `zenml-global-${name}`,
    labels: globalLabels(name),
    versions: [JSON.stringify({ ...content, zenml_schema_name: 'arbitrary' })],
  }))
}

export function globalLabels(name: string): Readonly<Record<string, string>> {
  return { zenml_scope: 'global', zenml_secret_name: name, zenml_component_name: 'sm' }
}

/** The same in scope `none`: one for each key. */
export function bareSecrets(secrets: Secrets): readonly StoredSecret[] {
  return Object.entries(secrets).flatMap(([name, content]) =>
    Object.entries(content).map(([key, value]) => ({
      id: `${name}_${key}`,
      labels: { 'zenml-group-key': name, 'zenml-schema-name': 'arbitrary' },
      versions: [value],
    })),
  )
}

/** A credential file for workload identity whose token service is that of the test; `rest` goes into it too. */
export function writeCredentials(server: GcpServer, directory: string, rest: object = {}): string {
  const subject = join(directory, 'subject')
  writeFileSync(subject, 'subject')
  const file = join(directory, 'credentials.json')
  const content = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/p',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: server.tokenUrl,
    credential_source: { file: subject },
    ...rest,
  }
  writeFileSync(file, JSON.stringify(content))
  return file
}

export interface GcpSetup {
  readonly server: GcpServer
  /** Of `writeCredentials`. */
  readonly credentials: string
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly onCredential?: (text: string) => void
}

/** A backend over a server of tests. */
export function gcpBackend(setup: GcpSetup, options: Partial<GcpOptions> = {}) {
  return createGcpBackend(gcpOptions(options), contextOf(setup))
}

/** A store over the same. */
export function gcpStore(setup: GcpSetup, options: Partial<GcpOptions> = {}) {
  return openGcpStore(gcpOptions(options), contextOf(setup))
}

function contextOf({ server, credentials, environment, onCredential }: GcpSetup) {
  return {
    environment: {
      CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: server.url,
      GOOGLE_APPLICATION_CREDENTIALS: credentials,
      ...environment,
    },
    onCredential,
  }
}

function gcpOptions(options: Partial<GcpOptions>): GcpOptions {
  return {
    project: 'demo',
    scope: 'global',
    namespace: undefined,
    componentId: undefined,
    homedir: '/nowhere/home',
    workspace: '/nowhere/workspace',
    ...options,
  }
}
