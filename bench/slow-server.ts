import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** Stands before a server and holds each answer back until so many milliseconds have passed since the request. */
export interface SlowServer {
  readonly url: string
  /** How many requests came in since this was last called. */
  count(): number
  close(): Promise<void>
}

export async function slowServer(target: string, milliseconds: number): Promise<SlowServer> {
  const { hostname, port } = new URL(target)
  let requests = 0
  const server = createServer(async (incoming, outgoing) => {
    requests++
    const due = sleep(milliseconds)
    const body = await buffer(incoming)
    const { method, url, headers } = incoming
    const onward = request({ hostname, port, method, path: url, headers }, async answer => {
      const content = await buffer(answer)
      await due
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(content)
    })
    onward.once('error', () => outgoing.destroy())
    onward.end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => {
      const counted = requests
      requests = 0
      return counted
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
