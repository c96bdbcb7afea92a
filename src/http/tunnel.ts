import { request as plainRequest } from 'node:http'
import { Agent, type AgentOptions, request as tlsRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import { ProxyError } from './classify.ts'

type Connect = NonNullable<Agent['createConnection']>
type Callback = Parameters<Connect>[1]

/** How long a proxy may take to connect, in milliseconds. */
const patience = 10_000

/** Connects to https hosts through a proxy, by `CONNECT`; TLS reaches from end to end. */
export class TunnelAgent extends Agent {
  readonly #proxy: URL

  constructor(proxy: URL, options: AgentOptions) {
    super(options)
    this.#proxy = proxy
  }

  override createConnection(options: Parameters<Connect>[0], callback?: Callback): undefined {
    const target = `${options.host}:${options.port}`
    openTunnel(this.#proxy, target).then(
      socket => {
        const secured = super.createConnection({ ...options, socket } as Parameters<Connect>[0])
        if (secured) callback?.(null, secured)
      },
      // Node's own type asks for a stream even where there is an error.
      (error: Error) => (callback as ((error: Error) => void) | undefined)?.(error),
    )
  }
}

/** @throws ProxyError, never with anything of the proxy's address, which may hold a password. */
function openTunnel(proxy: URL, target: string): Promise<Duplex> {
  const { promise, resolve, reject } = withResolvers<Duplex>()
  const send = proxy.protocol === 'https:' ? tlsRequest : plainRequest
  const request = send({
    method: 'CONNECT',
    host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    path: target,
    headers: { host: target, ...authorization(proxy) },
    agent: false,
    timeout: patience,
  })
  request.once('connect', ({ statusCode = 0 }, socket) => {
    if (statusCode === 200) {
      socket.setTimeout(0)
      resolve(socket)
      return
    }
    socket.destroy()
    reject(new ProxyError(`HTTP_${statusCode}`))
  })
  request.once('response', response => {
    response.destroy()
    reject(new ProxyError(`HTTP_${response.statusCode ?? 0}`))
  })
  request.once('timeout', () => request.destroy(new ProxyError('ETIMEDOUT')))
  request.once('error', (error: NodeJS.ErrnoException) => reject(new ProxyError(error.code ?? 'ECONNRESET')))
  request.end()
  return promise
}

function authorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {}
  const credentials = Buffer.from(`${decoded(username)}:${decoded(password)}`)
  return { 'proxy-authorization': `Basic ${credentials.toString('base64')}` }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue
    reject = onError
  })
  return { promise, resolve, reject }
}
