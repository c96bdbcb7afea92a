import type { ServerResponse } from 'node:http'
import { type Received, type Service, sendJson, startService } from '../http/service.ts'

/** What a Vault in memory is like; changed by the tests as they go. */
export interface FakeVaultState {
  /** Content by path below the mount. */
  secrets: ReadonlyMap<string, unknown>
  /** Version of each that was written over; 1 by default. */
  versions: ReadonlyMap<string, number>
  version: 1 | 2
  /** Whether the server knows `subkeys`. */
  hasSubkeys: boolean
  /** Whether the server tells its version of the engine, as since 1.12. */
  isRecent: boolean
  /** Whether the token may do what. */
  allows: (path: string) => boolean
  /** Answers in place of the server where it returns `true`. */
  fault: (response: ServerResponse, request: Received, count: number) => boolean
}

export interface FakeVault extends Service {
  state: FakeVaultState
}

export const fakeToken = 'canary-vault-token-8e1a'

export function freshState(): FakeVaultState {
  return {
    secrets: new Map(),
    versions: new Map(),
    version: 2,
    hasSubkeys: true,
    isRecent: true,
    allows: () => true,
    fault: () => false,
  }
}

const policyError = { errors: ['1 error occurred:\n\t* permission denied\n\n'] }
const wrongEngine = { data: null, warnings: ['Invalid path for a versioned K/V secrets engine. See the API docs.'] }

/** The calls of Vault that are made, at the mount `secret`, as OpenBao 2.7.2 was seen to answer them. */
export async function startFakeVault(): Promise<FakeVault> {
  const service = await startService((response, request, count) => {
    if (fake.state.fault(response, request, count)) return
    const [json, status] = answer(request, fake.state)
    if (status === 204) response.writeHead(204).end()
    else sendJson(response, json, status)
  })
  const fake: FakeVault = Object.assign(service, { state: freshState() })
  return fake
}

type Answered = readonly [json: unknown, status?: number]

function answer({ method, url, headers, body }: Received, state: FakeVaultState): Answered {
  const { pathname, searchParams } = new URL(url, 'http://vault')
  const path = pathname.slice('/v1/'.length).split('/').map(decodeURIComponent).join('/')
  if (headers['x-vault-token'] !== fakeToken) return [{ errors: ['permission denied'] }, 403]
  if (path === 'sys/internal/ui/mounts/secret') return [mountOf(state)]
  if (path === 'sys/capabilities-self') {
    const { paths } = JSON.parse(body)
    const told = paths.map((asked: string) => [asked, state.allows(asked) ? ['read', 'list'] : ['deny']])
    return [{ data: Object.fromEntries(told) }]
  }
  const isList = searchParams.get('list') === 'true'
  if (!state.allows(isList ? `${path}/` : path)) return [policyError, 403]
  const [mount, kind = '', ...rest] = path.split('/')
  if (mount !== 'secret') return [{ errors: [`no handler for route "${path}".`] }, 404]
  const below = state.version === 2 ? rest.join('/') : [kind, ...rest].filter(part => part !== '').join('/')
  const kinds = ['metadata', 'data', ...(state.hasSubkeys ? ['subkeys'] : [])]
  if (state.version === 2 && !kinds.includes(kind)) return [wrongEngine, 404]
  if (isList) return listOf(below, state.secrets)
  if (method === 'POST') return write(state, below, JSON.parse(body))
  const content = state.secrets.get(below)
  if (method === 'DELETE') {
    state.secrets = new Map([...state.secrets].filter(([path]) => path !== below))
    state.versions = new Map([...state.versions].filter(([path]) => path !== below))
    return [undefined, 204]
  }
  if (content === undefined) return [{ errors: [] }, 404]
  const version = state.versions.get(below) ?? 1
  return [{ data: contentOf(content, { kind: state.version === 2 ? kind : 'plain', version }) }]
}

function write(state: FakeVaultState, path: string, json: any): Answered {
  const before = state.secrets.has(path) ? (state.versions.get(path) ?? 1) : 0
  if (state.version === 2 && json.options?.cas !== undefined && json.options.cas !== before) {
    return [{ errors: ['check-and-set parameter did not match the current version'] }, 400]
  }
  state.secrets = new Map([...state.secrets, [path, state.version === 2 ? json.data : json]])
  state.versions = new Map([...state.versions, [path, before + 1]])
  return state.version === 2
    ? [{ data: { version: before + 1, deletion_time: '', destroyed: false } }]
    : [undefined, 204]
}

function mountOf({ version, isRecent }: FakeVaultState) {
  const plugin = isRecent ? { running_plugin_version: 'v2.7.2' } : {}
  return { data: { path: 'secret/', type: 'kv', options: { version: String(version) }, ...plugin } }
}

function listOf(folder: string, secrets: FakeVaultState['secrets']): Answered {
  const prefix = folder === '' ? '' : `${folder}/`
  const below = [...secrets.keys()].filter(path => path.startsWith(prefix)).map(path => path.slice(prefix.length))
  const keys = [...new Set(below.map(path => path.replace(/\/.*$/s, '/')))]
  return keys.length === 0 ? [{ errors: [] }, 404] : [{ data: { keys } }]
}

function contentOf(content: unknown, { kind, version }: { readonly kind: string; readonly version: number }): unknown {
  const metadata = { deletion_time: '', destroyed: false, version }
  if (kind === 'plain') return content
  if (kind === 'metadata') return { current_version: version, versions: { [version]: metadata } }
  if (kind === 'data') return { data: content, metadata }
  const subkeys = Object.fromEntries(Object.keys(content as object).map(key => [key, null]))
  return { subkeys, metadata }
}
