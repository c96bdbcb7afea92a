import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface ConnectProxy {
  readonly port: number
  readonly connects: { readonly target: string; readonly authorization: string | undefined }[]
  close(): Promise<void>
}

/** A proxy that leads every target to one port of this machine, or refuses with a status. */
export async function startConnectProxy(port: number, status = 200): Promise<ConnectProxy> {
  const connects: { target: string; authorization: string | undefined }[] = []
  const sockets = new Set<Socket>()
  const server = createServer((_, response) => response.writeHead(501).end())
  server.on('connect', ({ url = '', headers }: IncomingMessage, client: Socket) => {
    connects.push({ target: url, authorization: headers['proxy-authorization'] })
    client.on('error', () => undefined)
    sockets.add(client)
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\n\r\n`)
      return
    }
    const onward = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(onward).pipe(client)
    })
    onward.on('error', () => client.destroy())
    sockets.add(onward)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.closeAllConnections()
    return new Promise<void>(resolve => server.close(() => resolve()))
  }
  return { port: (server.address() as AddressInfo).port, connects, close }
}
