import { setTimeout as sleepFor } from 'node:timers/promises'
import { readAddress } from './address.ts'
import { isJsonType, parseJson, readBody } from './body.ts'
import { classify } from './classify.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { type Environment, proxyFor } from './proxy.ts'
import { type HttpRequest, prepare } from './request.ts'
import { pauseBefore } from './retry.ts'
import { type Call, createTransport, type Reply, type Transport } from './transport.ts'
import type { Trouble } from './trouble.ts'

export interface HttpClientOptions {
  /** See `readAddress`; with an address that cannot be used every request answers `unusable`. */
  readonly baseUrl: string
  /** Sent with every request, to that address alone. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Where `HTTPS_PROXY` and `NO_PROXY` are looked up. */
  readonly environment?: Environment | undefined
  /** PEM of certificates trusted beside Node's own. */
  readonly caBundle?: string | undefined
  /** Statuses to try again on, beside 408, 425, 429 and 5xx but 501. */
  readonly retryStatuses?: readonly number[] | undefined
  /** Lower-case names of headers handed on with an answer. */
  readonly keepHeaders?: readonly string[] | undefined
  /** Reads the JSON body of an error into a short text that quotes nothing of it. */
  readonly readError?: ((json: unknown) => string | undefined) | undefined
  /** Milliseconds one try may take, its body included; 10,000 by default. */
  readonly timeout?: number | undefined
  readonly seams?: Partial<Seams> | undefined
}

/** What tests replace. */
interface Seams {
  readonly transport: Transport
  /** Resolves after some milliseconds; rejects as soon as the signal fires. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  readonly now: () => number
  readonly random: () => number
}

export type HttpResult =
  | { readonly status: number; readonly json: unknown; readonly headers: ReadonlyMap<string, string> }
  | { readonly trouble: Trouble }

export interface HttpClient {
  /** Never rejects. */
  request(request: HttpRequest): Promise<HttpResult>
}

const maxTries = 4
/** A host that is not there, or that lets one wait, is no better the third time. */
const maxTriesWithoutHope = 2
const maxInFlight = 8
const defaultTimeout = 10_000
const defaultMaxBytes = 2 ** 20

/** A client for one service that speaks JSON; at most 8 requests are in flight, their pauses included. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const limiter = createLimiter(maxInFlight)
  const address = readAddress(options.baseUrl)
  if ('problem' in address) {
    const { problem } = address
    const where = { host: '', path: '', tries: 0 }
    return { request: async ({ method }) => ({ trouble: { kind: 'unusable', reason: problem, method, ...where } }) }
  }
  const seams: Seams = { ...defaultSeams(options, address.url), ...options.seams }
  return { request: request => send({ options, seams, limiter, base: address.url }, request) }
}

function defaultSeams({ environment = {}, caBundle }: HttpClientOptions, base: string): Seams {
  return {
    transport: createTransport({ proxy: proxyFor(new URL(base), environment), caBundle }),
    sleep: (milliseconds, signal) => sleepFor(milliseconds, undefined, { signal }),
    now: Date.now,
    random: Math.random,
  }
}

interface Sending {
  readonly options: HttpClientOptions
  readonly seams: Seams
  readonly limiter: Limiter
  readonly base: string
}

async function send({ options, seams, limiter, base }: Sending, request: HttpRequest): Promise<HttpResult> {
  const prepared = prepare(base, request, options.headers ?? {})
  const { method } = request
  if ('reason' in prepared) {
    return { trouble: { kind: 'unusable', method, host: new URL(base).host, path: '', tries: 0, ...prepared } }
  }
  const { url, headers, body } = prepared
  const attempt = (tries: number) => tryOnce({ method, url, headers, body, tries }, { options, seams, request })
  return limiter(async () => {
    for (let tries = 1; ; tries++) {
      const { result, retryAfter, date } = await attempt(tries)
      if (!('trouble' in result) || !mayRetry(result.trouble, request, options)) return result
      const pause = pauseBefore({ tries, retryAfter, date, now: seams.now(), random: seams.random() })
      if (pause === undefined) return result
      try {
        await seams.sleep(pause, request.signal)
      } catch {
        // The answer that made us wait says more than that the time was up.
        return result
      }
    }
  })
}

function mayRetry(trouble: Trouble, request: HttpRequest, { retryStatuses = [] }: HttpClientOptions): boolean {
  if (!(request.idempotent ?? request.method === 'GET')) return false
  const { kind, tries } = trouble
  if (kind === 'timeout') return tries < maxTriesWithoutHope
  if (kind === 'dns') return tries < (trouble.code === 'ENOTFOUND' ? maxTriesWithoutHope : maxTries)
  if (kind === 'network') return tries < maxTries
  if (kind !== 'status') return false
  const { status } = trouble
  const isPassing = status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501)
  return tries < maxTries && (isPassing || retryStatuses.includes(status))
}

interface Attempt {
  readonly result: HttpResult
  readonly retryAfter: string | undefined
  readonly date: string | undefined
}

async function tryOnce(
  { tries, ...call }: Omit<Call, 'signal'> & { readonly tries: number },
  { options, seams, request }: Pick<Sending, 'options' | 'seams'> & { readonly request: HttpRequest },
): Promise<Attempt> {
  const where = { method: call.method, host: call.url.host, path: call.url.pathname, tries }
  const timeout = AbortSignal.timeout(options.timeout ?? defaultTimeout)
  const signal = AbortSignal.any([request.signal, timeout])
  let reply: Reply | undefined
  const attempt = (result: HttpResult): Attempt => {
    return { result, retryAfter: reply?.header('retry-after'), date: reply?.header('date') }
  }
  try {
    signal.throwIfAborted()
    reply = await seams.transport({ ...call, signal })
    return attempt(await readReply(reply, { where, options, request }))
  } catch (error) {
    if (request.signal.aborted) return attempt({ trouble: { kind: 'aborted', ...where } })
    if (timeout.aborted) return attempt({ trouble: { kind: 'timeout', ...where } })
    return attempt({ trouble: { ...classify(error), ...where } })
  }
}

interface Reading {
  readonly where: Pick<Trouble, 'method' | 'host' | 'path' | 'tries'>
  readonly options: HttpClientOptions
  readonly request: HttpRequest
}

async function readReply(reply: Reply, { where, options, request }: Reading): Promise<HttpResult> {
  const { status } = reply
  if (status >= 300 && status < 400) {
    reply.body.destroy()
    return { trouble: { kind: 'redirect', status, ...where } }
  }
  const isOk = status >= 200 && status < 300
  const limit = request.maxBytes ?? defaultMaxBytes
  const text = await readBody(reply.body, limit)
  const json = text !== undefined && isReadable(reply) ? parseJson(text, isOk ? request.revive : undefined) : undefined
  const headers = kept(reply, options.keepHeaders ?? [])
  if (!isOk) {
    const detail = json === undefined ? undefined : options.readError?.(json)
    return { trouble: { kind: 'status', status, requestId: requestIdOf(reply), detail, headers, ...where } }
  }
  if (text === undefined) return { trouble: { kind: 'too-large', limit, ...where } }
  if (json === undefined) return { trouble: { kind: 'not-json', status, ...where } }
  return { status, json, headers }
}

/** Plain JSON; a compressed answer was not asked for, and may be a bomb. */
function isReadable(reply: Reply): boolean {
  const encoding = reply.header('content-encoding')?.trim().toLowerCase() ?? 'identity'
  return encoding === 'identity' && isJsonType(reply.header('content-type'))
}

function kept(reply: Reply, names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    names.flatMap(name => {
      const value = reply.header(name)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}

const requestIdHeaders = ['x-request-id', 'x-amzn-requestid', 'x-ms-request-id', 'x-github-request-id'] as const

function requestIdOf(reply: Reply): string | undefined {
  return requestIdHeaders
    .map(name => reply.header(name))
    .find(id => id !== undefined && /^[\w.+=-]{1,60}(?::[\w.+=-]{1,60}){0,6}$/.test(id))
}
