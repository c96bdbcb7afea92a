import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands before a server, hands everything on and keeps count. */
export interface CountingProxy {
  readonly url: string
  /** Method and path with query of each request since the last reset. */
  readonly requests: string[]
  /** Most requests that were under way at once. */
  readonly peak: () => number
  close(): Promise<void>
}

export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target)
  const requests: string[] = []
  let current = 0
  let peak = 0
  const server = createServer((incoming, outgoing) => {
    requests.push(`${incoming.method} ${incoming.url}`)
    peak = Math.max(peak, ++current)
    outgoing.once('close', () => current--)
    const { method, url, headers } = incoming
    const onward = request({ hostname, port, method, path: url, headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.once('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>(resolve => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, peak: () => peak, close }
}
