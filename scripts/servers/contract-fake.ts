import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** What happens to requests instead of being answered. */
export interface HttpFault {
  /** Of `GET /v1/projects/demo/secrets?pageSize=1`; all requests by default. */
  readonly match?: RegExp
  /** How many requests it happens to; all of them by default. */
  readonly times?: number
  /** Milliseconds before anything else happens. */
  readonly delay?: number
  /** Closes the connection without an answer. */
  readonly drop?: boolean
  /** Does what is asked, and then closes the connection without an answer. */
  readonly lose?: boolean
  /** Answers so. */
  readonly answer?: (FakeAnswer & { readonly type?: string }) | undefined
}

export interface FakeAnswer {
  readonly status: number
  /** Sent as JSON; a text as it is. */
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface FakeRequest {
  readonly method: string
  readonly url: URL
  /** Parsed where it is JSON. */
  readonly body: unknown
  /** Of the header `Authorization: Bearer`. */
  readonly token: string | undefined
}

export interface HttpFake {
  readonly url: string
  /** Method, path and query of the requests, those that met a fault included. */
  readonly requests: readonly string[]
  /** Most requests that were under way at once. */
  mostAtOnce(): number
  inject(...faults: readonly HttpFault[]): void
  /** Forgets the faults and the requests. */
  clear(): void
  close(): Promise<void>
}

export interface FakeOptions {
  readonly answer: (request: FakeRequest) => FakeAnswer
  /** Speaks https where there is one. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined
}

/** A server on a free port of 127.0.0.1 that answers as a function says and misbehaves when told to. */
export async function startFake({ answer, tls }: FakeOptions): Promise<HttpFake> {
  const requests: string[] = []
  let faults: { readonly fault: HttpFault; left: number }[] = []
  let running = 0
  let most = 0
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    most = Math.max(most, ++running)
    response.once('close', () => running--)
    const line = `${request.method} ${request.url}`
    requests.push(line)
    const sent = await text(request)
    const hit = faults.find(({ fault, left }) => left > 0 && (fault.match?.test(line) ?? true))
    if (hit) hit.left--
    if (hit && !(await misbehave(hit.fault, response))) return
    const url = new URL(request.url ?? '/', `${tls ? 'https' : 'http'}://${request.headers.host}`)
    const token = request.headers.authorization?.replace(/^Bearer /, '')
    const answered = answer({ method: request.method ?? '', url, body: parse(sent), token })
    if (hit?.fault.lose) response.destroy()
    else send(response, answered)
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : ''
  return {
    url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    requests,
    mostAtOnce: () => most,
    inject: (...more) => {
      faults = more.map(fault => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }))
    },
    clear: () => {
      faults = []
      requests.length = 0
      most = 0
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/** Whether the request is to be answered all the same. */
async function misbehave({ delay, drop, answer }: HttpFault, response: ServerResponse): Promise<boolean> {
  if (delay !== undefined) await sleep(delay, undefined, { ref: false })
  if (drop) {
    response.destroy()
    return false
  }
  if (answer) send(response, answer)
  return answer === undefined
}

function send(response: ServerResponse, { status, body, headers, type }: FakeAnswer & { readonly type?: string }) {
  response.writeHead(status, { 'content-type': type ?? 'application/json; charset=utf-8', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

function parse(sent: string): unknown {
  try {
    return JSON.parse(sent)
  } catch {
    return sent
  }
}
