import { readAddress } from '../http/address.ts'
import { createHttpClient, type HttpClientOptions, type HttpResult } from '../http/client.ts'
import type { HttpRequest } from '../http/request.ts'
import type { ZenmlCredentials } from './credentials.ts'
import { zenmlError } from './error.ts'
import { explain } from './explain.ts'
import { readInfo, type ZenmlInfo } from './info.ts'
import { createLogin } from './login.ts'
import { unverified, type ZenmlResult } from './result.ts'

export interface ZenmlServerOptions {
  readonly url: string
  /** `undefined`: only a server that asks for no login answers. */
  readonly credentials: ZenmlCredentials | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
  /** PEM of certificates trusted beside Node's own. */
  readonly caBundle?: string | undefined
  /** Told of each credential before its first use. */
  readonly onCredential?: ((text: string) => void) | undefined
  /** What tests replace. */
  readonly http?: Pick<HttpClientOptions, 'seams' | 'timeout'> | undefined
}

/** A call that only reads. */
export interface ZenmlRead {
  /** Below `/api/v1`. No name ever goes here: names are values of `query`. */
  readonly path: readonly string[]
  readonly query?: HttpRequest['query']
  readonly revive?: HttpRequest['revive']
  readonly maxBytes?: number | undefined
  readonly signal: AbortSignal
}

/** A call that changes something. Nothing of its answer comes back: the server repeats the values it was sent. */
export interface ZenmlWrite extends Pick<ZenmlRead, 'path' | 'query' | 'signal'> {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly json?: unknown
  /** Whether doing it twice is the same as doing it once; only then is it sent again after trouble on the way. */
  readonly idempotent: boolean
}

/** A ZenML server, version 0.34 or later. Nothing is asked before it is needed; no method rejects. */
export interface ZenmlServer {
  /** As given, without slashes at its end. */
  readonly url: string
  /** Asked once. Where the server needs credentials, logging in runs beside it. */
  info(signal: AbortSignal): Promise<ZenmlResult<ZenmlInfo>>
  /** JSON, logged in; a login that has ended is renewed once a run. */
  read(request: ZenmlRead): Promise<ZenmlResult<unknown>>
  /** The same for a change. Trouble without a status, or with one of 500 and more, leaves open whether it was made. */
  write(request: ZenmlWrite): Promise<ZenmlResult<'done'>>
}

const api = ['api', 'v1'] as const

export function connectZenml(options: ZenmlServerOptions): ZenmlServer {
  const address = readAddress(options.url)
  const { environment, caBundle, http } = options
  const client = createHttpClient({ baseUrl: options.url, environment, caBundle, readError: zenmlError, ...http })
  const login = createLogin({ client, credentials: options.credentials, onCredential: options.onCredential })
  let known: Promise<ZenmlResult<ZenmlInfo>> | undefined

  async function info(signal: AbortSignal): Promise<ZenmlResult<ZenmlInfo>> {
    known ??= Promise.all([askInfo(signal), options.credentials && login.header(signal)]).then(([result]) => result)
    const result = await known
    if ('trouble' in result) known = undefined
    return result
  }

  async function askInfo(signal: AbortSignal): Promise<ZenmlResult<ZenmlInfo>> {
    const result = await client.request({ method: 'GET', path: [...api, 'info'], signal })
    if ('trouble' in result) return { trouble: explain(result.trouble) }
    const value = readInfo(result.json)
    return value ? { value } : unverified('The address answers, but not as a ZenML server does. Check it.')
  }

  async function send({ path, ...request }: HttpRequest): Promise<ZenmlResult<unknown>> {
    const { signal } = request
    const about = await info(signal)
    if ('trouble' in about) return about
    const attempt = (headers: HttpRequest['headers']): Promise<HttpResult> =>
      client.request({ ...request, path: [...api, ...path], headers })
    const first = about.value.needsLogin || options.credentials ? await login.header(signal) : { value: {} }
    if ('trouble' in first) return first
    const answer = await attempt(first.value)
    if (!('trouble' in answer)) return { value: answer.json }
    const { trouble } = answer
    if (trouble.kind !== 'status' || trouble.status !== 401) return { trouble: explain(trouble) }
    const renewed = await login.renewed(first.value, signal)
    if ('trouble' in renewed) return renewed
    const second = await attempt(renewed.value)
    return 'trouble' in second ? { trouble: explain(second.trouble) } : { value: second.json }
  }

  return {
    url: 'url' in address ? address.url : '',
    info,
    read: request => send({ method: 'GET', ...request }),
    write: async request => {
      const answer = await send({ ...request, revive: nothing })
      return 'trouble' in answer ? answer : { value: 'done' }
    },
  }
}

/** `undefined` would be no JSON at all. */
function nothing(): null {
  return null
}
