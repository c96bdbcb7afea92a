import type { ServerResponse } from 'node:http'
import { type Received, type Service, sendJson, startService } from '../http/service.ts'
import { change, create, type FakeSecret } from './fake-writes.ts'
import { recorded, replay } from './golden.ts'

/** How this server differs from ZenML 0.98 with SQLite and no permissions. */
export interface FakeOptions {
  readonly info?: object
  readonly secrets?: FakeSecrets
  /** Default and largest size of a page. */
  readonly pageLimit?: number
  /** A server before 0.53.1: flat items with a scope; before 0.9x: `oneof` is plain text. */
  readonly old?: boolean
  readonly plainOneof?: boolean
  /** Compares names as MySQL does. */
  readonly mysql?: boolean
  /** Gives the first page for every page. */
  readonly repeatsPages?: boolean
  /** Takes a request from the server; true where it did answer. */
  readonly instead?: Instead | undefined
}

/** By the number in their ids; deleted ones leave a hole. */
type FakeSecrets = readonly (FakeSecret | undefined)[]

export type Instead = (response: ServerResponse, request: Received, path: string) => boolean

export const fakeKey = `ZENKEY_${Buffer.from('{"id":"f1d65156-dedd-4267-81d6-1c03518c0132","key":"canary-inner-key"}').toString('base64')}`
export const fakeToken = 'canary.access.token'

/** A ZenML server in this process that knows one API key and one token. */
export function startFakeZenml(given: FakeOptions = {}): Promise<Service> {
  const stored = [...(given.secrets ?? [])]
  const options = { ...given, secrets: stored }
  return startService((response, request) => {
    const { pathname: path, searchParams: query } = new URL(request.url, 'http://server')
    if (options.instead?.(response, request, path)) return
    if (!path.startsWith('/api/')) return replay(response, 'html-outside-api')
    if (path === '/api/v1/info') return sendJson(response, { ...recorded('info').body, ...options.info })
    if (path === '/api/v1/login') return logIn(response, request)
    if (request.headers.authorization !== `Bearer ${fakeToken}`) return replay(response, 'token-bad-signature')
    if (path === '/api/v1/secrets' && request.method === 'POST') {
      const index = create(response, stored, request)
      return index === undefined ? undefined : get(response, idOf(index), options)
    }
    if (path === '/api/v1/secrets') return list(response, query, options)
    const id = /^\/api\/v1\/secrets\/([\da-f-]{36})$/.exec(path)?.[1]
    if (!id) return replay(response, 'trailing-slash')
    if (request.method !== 'GET' && !change(response, stored, { ...request, index: indexOf(id) })) return
    get(response, id, options)
  })
}

function logIn(response: ServerResponse, { body }: Received) {
  const form = new URLSearchParams(body)
  const isKey = form.get('password') === fakeKey && !form.get('username')
  const isUser = form.get('username') === 'ann' && form.get('password') === 'canary pass&word'
  if (!isKey && !isUser) return replay(response, 'login-key-wrong')
  sendJson(response, { ...recorded('login-api-key').body, access_token: fakeToken })
}

function list(response: ServerResponse, query: URLSearchParams, options: FakeOptions) {
  const { secrets = [], pageLimit = 10_000 } = options
  const size = Number(query.get('size') ?? Math.min(20, pageLimit))
  if (size > pageLimit) return replay(response, 'page-size-above-server-limit')
  const filter = query.get('name')
  if (filter?.startsWith('oneof:') && !options.plainOneof && !filter.startsWith('oneof:[')) {
    return replay(response, 'secrets-oneof-not-json')
  }
  const hits = secrets
    .flatMap((secret, index) => (secret ? [itemOf(options)(secret, index)] : []))
    .filter(({ name }) => filter === null || matches(filter, name, options))
  const index = options.repeatsPages ? 1 : Number(query.get('page') ?? 1)
  const items = hits.slice((index - 1) * size, index * size)
  const total_pages = Math.max(1, Math.ceil(hits.length / size))
  sendJson(response, { index, max_size: size, total_pages, total: hits.length, items })
}

function get(response: ServerResponse, id: string, options: FakeOptions) {
  const index = indexOf(id)
  const secret = options.secrets?.[index]
  if (!secret) return replay(response, 'secret-get-unknown')
  const item: any = itemOf(options)(secret, index)
  if (options.old) item.values = secret.values
  else item.body.values = secret.values
  sendJson(response, item)
}

const dates = { created: '2026-11-23T18:46:40.359976', updated: '2026-11-23T18:46:44.244561' }

function idOf(index: number): string {
  return `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`
}

function indexOf(id: string): number {
  return Number.parseInt(id.slice(-12), 16)
}

function itemOf({ old }: FakeOptions) {
  return ({ name, private: own = false }: FakeSecret, index: number) => {
    const id = idOf(index)
    if (old) return { id, name, scope: own ? 'user' : 'workspace', values: {} }
    return { id, name, body: { private: own, values: {}, ...dates }, metadata: null, permission_denied: false }
  }
}

function matches(filter: string, name: string, { plainOneof, mysql }: FakeOptions): boolean {
  const fold = (text: string) => (mysql ? text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() : text)
  const same = (asked: string) => fold(asked) === fold(name)
  if (filter.startsWith('equals:')) return same(filter.slice(7))
  if (filter.startsWith('oneof:') && !plainOneof) return JSON.parse(filter.slice(6)).some(same)
  return same(filter)
}
