import { createHash } from 'node:crypto'
import { type FakeAnswer, type FakeOptions, type FakeRequest, type HttpFake, startFake } from './contract-fake.ts'

/**
 * The secrets of one Azure key vault, Entra's token service and the managed identity of a machine, as far as published
 * descriptions and recorded answers tell. No emulator can be had.
 */
export interface AzureServer extends HttpFake {
  readonly tenant: string
  /** The only token that is good. */
  readonly token: string
  /** Actions the identity may do, such as `readMetadata` and `getSecret`, also `…@<name>` for one secret; `undefined`: all. */
  grant(actions: readonly string[] | undefined): void
  /** Forgets every secret, grant and fault, and the requests. */
  reset(): void
}

interface Version {
  readonly id: string
  readonly value: string
  readonly tags: Readonly<Record<string, string>> | undefined
  readonly attributes: { readonly enabled: boolean; readonly created: number; readonly updated: number }
}

interface Secret {
  readonly name: string
  readonly versions: Version[]
}

interface State {
  /** By name in lower case. */
  readonly secrets: Map<string, Secret>
  /** Those that can be recovered. */
  readonly deleted: Map<string, Secret>
  granted: readonly string[] | undefined
  /** Seconds since 1970, one more for each version, so that none are of the same age. */
  clock: number
}

const token = 'canary-azure-token-9d40c7'
const tenant = '00000000-0000-4000-8000-00000000000a'

export async function startAzure({ tls }: Pick<FakeOptions, 'tls'> = {}): Promise<AzureServer> {
  const state: State = { secrets: new Map(), deleted: new Map(), granted: undefined, clock: 1_790_000_000 }
  const fake = await startFake({ answer: request => answer(state, request), tls })
  return {
    ...fake,
    tenant,
    token,
    grant: actions => {
      state.granted = actions
    },
    reset: () => {
      state.secrets.clear()
      state.deleted.clear()
      state.granted = undefined
      fake.clear()
    },
  }
}

function answer(state: State, request: FakeRequest): FakeAnswer {
  const { url, method } = request
  const entra = ofEntra(request)
  if (entra) return entra
  if (request.token === undefined) return unauthorized(url, 'AKV10000: Request is missing a Bearer or PoP token.')
  if (request.token !== token) return unauthorized(url, 'AKV10022: Invalid audience.')
  if (!url.searchParams.has('api-version')) return failed(400, 'BadParameter', 'api-version must be specified')
  const [secrets, name, sub] = url.pathname
    .split('/')
    .slice(1)
    .filter(part => part !== '')
    .map(decodeURIComponent)
  if (secrets === 'deletedsecrets' && name !== undefined && sub === 'recover') return recover(state, name, url)
  if (secrets === 'deletedsecrets' && name !== undefined) return lookAtDeleted(state, name, url)
  if (secrets !== 'secrets') return failed(404, 'NotFound', 'Not found')
  const action = actionOf(method, name, sub)
  if (state.granted && !state.granted.includes(action) && !state.granted.includes(`${action}@${name}`)) {
    return failed(403, 'Forbidden', `Caller is not authorized. Action: '${action}'`, 'ForbiddenByRbac')
  }
  if (name === undefined) return listAll(state, url)
  if (!/^[0-9a-zA-Z-]{1,127}$/.test(name))
    return failed(400, 'BadParameter', `The request URI contains an invalid name: ${name}`)
  if (method === 'PUT') return put(state, name, request)
  const secret = state.secrets.get(name.toLowerCase())
  if (sub === 'versions') return versionsOf(secret, url)
  if (method === 'DELETE') return remove(state, name, url)
  const version = sub === undefined ? secret?.versions.at(-1) : secret?.versions.find(({ id }) => id === sub)
  if (!secret || !version) {
    return failed(404, 'SecretNotFound', `A secret with (name/id) ${name} was not found in this key vault.`)
  }
  if (!version.attributes.enabled) {
    return failed(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', 'SecretDisabled')
  }
  return { status: 200, body: { value: version.value, ...viewOf(url, secret, version) } }
}

/** Client secrets and federated assertions; managed identities as App Service hands them out. */
function ofEntra({ url, body, method }: FakeRequest): FakeAnswer | undefined {
  const base = `${url.origin}/${tenant}`
  const expiry = { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 }
  if (url.pathname === '/msi/token') {
    const expires_on = String(Math.floor(Date.now() / 1000) + 3599)
    return {
      status: 200,
      body: { access_token: token, expires_on, resource: 'https://vault.azure.net', token_type: 'Bearer' },
    }
  }
  if (url.pathname.endsWith('/.well-known/openid-configuration')) {
    const body = {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    }
    return { status: 200, body }
  }
  if (method !== 'POST' || !url.pathname.endsWith('/oauth2/v2.0/token')) return undefined
  const form = new URLSearchParams(String(body))
  const isGood = form.get('client_secret') === 'right' || form.get('client_assertion') !== null
  if (isGood) return { status: 200, body: { ...expiry, access_token: token } }
  const error_description = 'AADSTS7000215: Invalid client secret provided.'
  return { status: 401, body: { error: 'invalid_client', error_description, error_codes: [7000215] } }
}

function actionOf(method: string, name: string | undefined, sub: string | undefined): string {
  if (method === 'PUT') return 'setSecret'
  if (method === 'DELETE') return 'delete'
  return name === undefined || sub === 'versions' ? 'readMetadata' : 'getSecret'
}

function put(state: State, name: string, { url, body }: FakeRequest): FakeAnswer {
  const {
    value = '',
    tags,
    attributes,
  } = body as {
    readonly value?: string
    readonly tags?: Readonly<Record<string, string>>
    readonly attributes?: { readonly enabled?: boolean }
  }
  if (state.deleted.has(name.toLowerCase())) {
    const message = `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused.`
    return failed(409, 'Conflict', message, 'ObjectIsDeletedButRecoverable')
  }
  if (value.length > 25 * 1024) return failed(400, 'BadParameter', 'The secret value is too long.')
  const secret = state.secrets.get(name.toLowerCase()) ?? { name, versions: [] }
  state.secrets.set(name.toLowerCase(), secret)
  const created = state.clock++
  const id = createHash('md5').update(`${name}/${created}`).digest('hex')
  const version = { id, value, tags, attributes: { enabled: attributes?.enabled ?? true, created, updated: created } }
  secret.versions.push(version)
  return { status: 200, body: { value, ...viewOf(url, secret, version) } }
}

/** At once, where the service takes seconds. */
function remove({ secrets, deleted }: State, name: string, url: URL): FakeAnswer {
  const secret = secrets.get(name.toLowerCase())
  const version = secret?.versions.at(-1)
  if (!secret || !version) {
    return failed(404, 'SecretNotFound', `A secret with (name/id) ${name} was not found in this key vault.`)
  }
  secrets.delete(name.toLowerCase())
  deleted.set(name.toLowerCase(), secret)
  return { status: 200, body: viewOfDeleted(url, secret, version) }
}

function lookAtDeleted({ deleted }: State, name: string, url: URL): FakeAnswer {
  const secret = deleted.get(name.toLowerCase())
  const version = secret?.versions.at(-1)
  if (!secret || !version) return failed(404, 'SecretNotFound', `Deleted Secret not found: ${name}`)
  return { status: 200, body: viewOfDeleted(url, secret, version) }
}

function viewOfDeleted(url: URL, secret: Secret, version: Version) {
  const { updated } = version.attributes
  return {
    recoveryId: `${url.origin}/deletedsecrets/${secret.name}`,
    deletedDate: updated,
    scheduledPurgeDate: updated + 7_776_000,
    ...viewOf(url, secret, version),
  }
}

function recover({ secrets, deleted, granted }: State, name: string, url: URL): FakeAnswer {
  if (granted && !granted.includes('recover')) {
    return failed(403, 'Forbidden', "Caller is not authorized. Action: 'recover'", 'ForbiddenByRbac')
  }
  const secret = deleted.get(name.toLowerCase())
  const version = secret?.versions.at(-1)
  if (!secret || !version) return failed(404, 'SecretNotFound', `Deleted Secret not found: ${name}`)
  deleted.delete(name.toLowerCase())
  secrets.set(name.toLowerCase(), secret)
  return { status: 200, body: viewOf(url, secret, version) }
}

function listAll({ secrets }: State, url: URL): FakeAnswer {
  const sorted = [...secrets.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return page(
    url,
    sorted.flatMap(secret => secret.versions.slice(-1).map(({ id: _, ...version }) => viewOf(url, secret, version))),
  )
}

/** In the order of their ids; of a name that is not there the list is empty. */
function versionsOf(secret: Secret | undefined, url: URL): FakeAnswer {
  const sorted = secret?.versions.toSorted((a, b) => (a.id < b.id ? -1 : 1)) ?? []
  return page(url, secret ? sorted.map(version => viewOf(url, secret, version)) : [])
}

/** Never more than 25; the last page says so with a null. */
function page(url: URL, items: readonly object[]): FakeAnswer {
  const size = Math.min(Number(url.searchParams.get('maxresults')) || 25, 25)
  const start = Number(url.searchParams.get('$skiptoken'))
  const query = new URLSearchParams({
    'api-version': url.searchParams.get('api-version') ?? '',
    $skiptoken: String(start + size),
  })
  const nextLink = start + size < items.length ? `${url.origin}${url.pathname}?${query}&maxresults=${size}` : null
  return { status: 200, body: { value: items.slice(start, start + size), nextLink } }
}

function viewOf(
  url: URL,
  { name }: Secret,
  { id, tags, attributes }: Omit<Version, 'id' | 'value'> & { readonly id?: string },
) {
  const recovery = { recoveryLevel: 'Recoverable+Purgeable', recoverableDays: 90 }
  return {
    id: `${url.origin}/secrets/${name}${id === undefined ? '' : `/${id}`}`,
    attributes: { ...attributes, ...recovery },
    ...(tags && { tags }),
  }
}

function unauthorized(url: URL, message: string): FakeAnswer {
  const challenge = `Bearer authorization="${url.origin}/${tenant}", resource="https://vault.azure.net"`
  return { ...failed(401, 'Unauthorized', message), headers: { 'www-authenticate': challenge } }
}

function failed(status: number, code: string, message: string, ...[inner]: readonly string[]): FakeAnswer {
  return { status, body: { error: { code, message, ...(inner !== undefined && { innererror: { code: inner } }) } } }
}

// Serves until its process is ended.
if (import.meta.main) {
  const { url, close } = await startAzure()
  console.log(JSON.stringify({ url, tenant, pid: process.pid }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => close().finally(() => process.exit(0)))
}
