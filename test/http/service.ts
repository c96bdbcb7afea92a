import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A server in this process, on a free port of 127.0.0.1. */
export interface Service {
  readonly url: string
  readonly port: number
  readonly requests: Received[]
  close(): Promise<void>
}

export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Answers one request; `count` is how many there were, this one included. */
export type Answering = (response: ServerResponse, request: Received, count: number) => void

export async function startService(answer: Answering, tls?: ServerOptions): Promise<Service> {
  const requests: Received[] = []
  const listener: RequestListener = async (incoming, response) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    const { method = '', url = '', headers } = incoming
    const request = { method, url, headers, body }
    requests.push(request)
    answer(response, request, requests.length)
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  // A connection closed while it idles could cross with a request, which is then sent again and counted twice.
  server.keepAliveTimeout = 120_000
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>(resolve => server.close(() => resolve()))
  }
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, port, requests, close }
}

export function sendJson(response: ServerResponse, json: unknown, status = 200, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(json))
}
