import { createHash } from 'node:crypto'
import { type FakeAnswer, type FakeRequest, type HttpFake, startFake } from './contract-fake.ts'

/**
 * Google Secret Manager's REST API and the token services of Google, as far as their published descriptions and recorded
 * answers tell. No emulator can be had.
 */
export interface GcpServer extends HttpFake {
  /** Where a token is traded, as `token_url` of a credential file names it. */
  readonly tokenUrl: string
  /** The only token that is good. */
  readonly token: string
  /** Permissions the identity has, such as `secretmanager.secrets.list`, also `…@<id>` for one secret; `undefined`: all. */
  grant(permissions: readonly string[] | undefined): void
  /** Forgets every secret, grant and fault, and the requests. */
  reset(): void
}

interface Version {
  readonly name: string
  readonly createTime: string
  state: 'ENABLED' | 'DISABLED' | 'DESTROYED'
  data: string
}

interface Secret {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly createTime: string
  readonly versions: Version[]
}

interface State {
  readonly secrets: Map<string, Secret>
  granted: readonly string[] | undefined
}

const token = 'canary-google-token-5f2e81'

export async function startGcp(): Promise<GcpServer> {
  const state: State = { secrets: new Map(), granted: undefined }
  const fake = await startFake({ answer: request => answer(state, request) })
  return {
    ...fake,
    tokenUrl: `${fake.url}/v1/token`,
    token,
    grant: permissions => {
      state.granted = permissions
    },
    reset: () => {
      state.secrets.clear()
      state.granted = undefined
      fake.clear()
    },
  }
}

const resource = /^\/v1\/projects\/([^/]+)\/secrets(?:\/([^/:]+))?(?:\/(versions)(?:\/([^/:]+))?)?(?::([a-zA-Z]+))?$/

/** A path with an encoded colon is another path, as for Google. */
function answer(state: State, request: FakeRequest): FakeAnswer {
  const { method, url } = request
  if (method === 'POST' && url.pathname === '/v1/token') return trade(request)
  if (url.pathname.startsWith('/computeMetadata/v1/')) return metadata(url.pathname)
  if (request.token === undefined)
    return failed(401, 'UNAUTHENTICATED', 'Request is missing required authentication credential.')
  if (request.token !== token) return failed(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.')
  const [, project, id, versions, version, verb] = resource.exec(url.pathname) ?? []
  if (project === undefined) return { status: 404, body: '<html>Error 404 (Not Found)!!1</html>', headers: html }
  const parent = `projects/${numberOf(project)}`
  const permission = permissionOf({ method, id, versions, version, verb })
  if (state.granted && !state.granted.includes(permission) && !state.granted.includes(`${permission}@${id}`)) {
    return denied(permission, id === undefined ? `projects/${project}` : url.pathname.slice('/v1/'.length))
  }
  if (id === undefined) return method === 'POST' ? create(state, parent, request) : list(state, parent, url)
  const name = `${parent}/secrets/${decodeURIComponent(id)}`
  const secret = state.secrets.get(name)
  if (!secret) return failed(404, 'NOT_FOUND', `Secret [${name}] not found.`)
  if (verb === 'addVersion') return addVersion(secret, request.body)
  if (!versions && method === 'DELETE') {
    state.secrets.delete(name)
    return { status: 200, body: {} }
  }
  if (!versions) return { status: 200, body: viewOf(secret) }
  return ofVersion(secret, version ?? '', verb)
}

const html = { 'content-type': 'text/html; charset=UTF-8' } as const

/** Of the machine, as Compute Engine has it. */
function metadata(path: string): FakeAnswer {
  const headers = { 'metadata-flavor': 'Google' }
  if (path.endsWith('/universe/universe-domain')) return { status: 200, body: 'googleapis.com', headers }
  const isToken = path.endsWith('/service-accounts/default/token')
  const body = isToken ? { access_token: token, expires_in: 3599, token_type: 'Bearer' } : {}
  return { status: isToken ? 200 : 404, body, headers }
}

/** RFC 8693: the token of somebody else for one of Google's. */
function trade({ body }: FakeRequest): FakeAnswer {
  const form = new URLSearchParams(String(body))
  if (form.get('subject_token') !== 'subject')
    return { status: 400, body: { error: 'invalid_grant', error_description: 'refused' } }
  const issued = 'urn:ietf:params:oauth:token-type:access_token'
  return {
    status: 200,
    body: { access_token: token, issued_token_type: issued, token_type: 'Bearer', expires_in: 3599 },
  }
}

interface Parts {
  readonly method: string
  readonly id: string | undefined
  readonly versions: string | undefined
  readonly version: string | undefined
  readonly verb: string | undefined
}

function permissionOf({ method, id, versions, version, verb }: Parts): string {
  if (verb === 'addVersion') return 'secretmanager.versions.add'
  if (versions) return `secretmanager.versions.${version === undefined ? 'list' : (verb ?? 'get')}`
  if (id === undefined) return `secretmanager.secrets.${method === 'POST' ? 'create' : 'list'}`
  return `secretmanager.secrets.${method === 'DELETE' ? 'delete' : 'get'}`
}

function create({ secrets }: State, parent: string, { url, body }: FakeRequest): FakeAnswer {
  const id = url.searchParams.get('secretId') ?? ''
  const name = `${parent}/secrets/${id}`
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(id))
    return failed(400, 'INVALID_ARGUMENT', `The provided Secret ID [${id}] is invalid.`)
  if (secrets.has(name)) return failed(409, 'ALREADY_EXISTS', `Secret [${name}] already exists.`)
  const { labels = {} } = body as { readonly labels?: Readonly<Record<string, string>> }
  if (!Object.entries(labels).flat().every(isLabel))
    return failed(400, 'INVALID_ARGUMENT', 'Invalid resource field value.')
  const secret: Secret = { name, labels, createTime: new Date().toISOString(), versions: [] }
  secrets.set(name, secret)
  return { status: 200, body: viewOf(secret) }
}

/** Of keys and values; keys are shorter still, which does not matter here. */
function isLabel(text: string): boolean {
  return /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(text)
}

function addVersion(secret: Secret, body: unknown): FakeAnswer {
  const { payload } = body as { readonly payload?: { readonly data?: string } }
  if (Buffer.from(payload?.data ?? '', 'base64').length > 65_536)
    return failed(400, 'INVALID_ARGUMENT', 'The provided payload is too long.')
  const name = `${secret.name}/versions/${secret.versions.length + 1}`
  const version: Version = { name, createTime: new Date().toISOString(), state: 'ENABLED', data: payload?.data ?? '' }
  secret.versions.push(version)
  return { status: 200, body: viewOfVersion(version) }
}

function list({ secrets }: State, parent: string, { searchParams }: URL): FakeAnswer {
  const terms = (searchParams.get('filter') ?? '').split(' AND ').filter(term => term !== '')
  const conditions = terms.map(conditionOf)
  if (conditions.includes(undefined)) return failed(400, 'INVALID_ARGUMENT', `Invalid filter: ${terms.join(' AND ')}`)
  const matching = [...secrets.values()].filter(
    secret => secret.name.startsWith(`${parent}/`) && conditions.every(condition => condition?.(secret)),
  )
  const size = Math.min(Number(searchParams.get('pageSize')) || 25_000, 25_000)
  const start = Number(Buffer.from(searchParams.get('pageToken') ?? '', 'base64url').toString())
  const page = matching.slice(start, start + size)
  const next = start + size < matching.length ? Buffer.from(String(start + size)).toString('base64url') : undefined
  const isPartial = searchParams.has('fields')
  const isDated = searchParams.get('fields')?.includes('createTime')
  const part = ({ name, labels, createTime }: Secret) => ({
    ...partOf({ name, labels }),
    ...(isDated && { createTime }),
  })
  // What is empty is left out of JSON made from protocol buffers.
  return {
    status: 200,
    body: {
      ...(page.length > 0 && { secrets: page.map(secret => (isPartial ? part(secret) : viewOf(secret))) }),
      ...(next !== undefined && { nextPageToken: next }),
      ...(matching.length > 0 && terms.length === 0 && !isPartial && { totalSize: matching.length }),
    },
  }
}

/** Of the filters that Google documents those ZenML uses: `labels.a=b`, `labels.a:*`, `name:part`. */
function conditionOf(term: string): ((secret: Secret) => boolean) | undefined {
  const [, label, equal] = /^labels\.([a-z0-9_-]+)(?:=([a-z0-9_-]+)|:\*)$/.exec(term) ?? []
  if (label !== undefined) {
    return ({ labels }) => (equal === undefined ? label in labels : labels[label] === equal)
  }
  const [, part] = /^name:([\w-]+)$/.exec(term) ?? []
  return part === undefined ? undefined : ({ name }) => (name.split('/').at(-1) ?? '').includes(part)
}

/** `latest` is the version made last, whatever its state. */
function ofVersion(secret: Secret, version: string, verb: string | undefined): FakeAnswer {
  const found = version === 'latest' ? secret.versions.at(-1) : secret.versions[Number(version) - 1]
  if (!found) return failed(404, 'NOT_FOUND', `Secret [${secret.name}] not found or has no versions.`)
  if (verb === 'disable' || verb === 'destroy') found.state = verb === 'disable' ? 'DISABLED' : 'DESTROYED'
  if (verb !== 'access') return { status: 200, body: viewOfVersion(found) }
  if (found.state !== 'ENABLED') {
    return failed(400, 'FAILED_PRECONDITION', `Secret Version [${found.name}] is in ${found.state} state.`)
  }
  const payload = { data: found.data, dataCrc32c: crc32c(Buffer.from(found.data, 'base64')) }
  return { status: 200, body: { name: found.name, payload } }
}

function viewOf({ name, labels, createTime }: Secret) {
  const etag = `"${createHash('md5').update(name).digest('hex').slice(0, 14)}"`
  return { ...partOf({ name, labels }), replication: { automatic: {} }, createTime, etag }
}

function partOf({ name, labels }: Pick<Secret, 'name' | 'labels'>) {
  return { name, ...(Object.keys(labels).length > 0 && { labels }) }
}

function viewOfVersion({ name, createTime, state }: Version) {
  return { name, createTime, state, replicationStatus: { automatic: {} } }
}

function denied(permission: string, target: string): FakeAnswer {
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'IAM_PERMISSION_DENIED',
    domain: 'iam.googleapis.com',
  }
  const message = `Permission '${permission}' denied for resource '${target}' (or it may not exist).`
  return failed(403, 'PERMISSION_DENIED', message, [info])
}

function failed(
  code: number,
  status: string,
  message: string,
  ...[details]: readonly (readonly object[])[]
): FakeAnswer {
  return { status: code, body: { error: { code, message, status, ...(details && { details }) } } }
}

/** Names in answers carry the project's number. */
function numberOf(project: string): string {
  if (/^\d+$/.test(project)) return project
  return String(100_000_000_000 + createHash('md5').update(project).digest().readUInt32BE(0))
}

function crc32c(bytes: Buffer): string {
  let sum = ~0
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0x82f63b78 : sum >>> 1
  }
  return String(~sum >>> 0)
}

// Serves until its process is ended.
if (import.meta.main) {
  const { url, tokenUrl, close } = await startGcp()
  console.log(JSON.stringify({ url, tokenUrl, pid: process.pid }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => close().finally(() => process.exit(0)))
}
