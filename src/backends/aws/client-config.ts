import { Agent } from 'node:https'
import { isLoopback } from '../../http/address.ts'
import { type Environment, proxyFor } from '../../http/proxy.ts'
import { TunnelAgent } from '../../http/tunnel.ts'

/** Milliseconds one try may take, its body included. */
const patience = 10_000
const silence = () => undefined
const security = { keepAlive: true, maxSockets: 8, rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const

/** A sentence about a proxy that cannot be used; `undefined` where there is none or a good one. */
export function proxyProblem(region: string, environment: Environment): string | undefined {
  if (proxyFor(endpointOf(region, environment), environment) !== 'invalid') return undefined
  return 'HTTPS_PROXY does not hold the address of a proxy. Correct it, or exempt AWS with NO_PROXY.'
}

/** What both clients of the SDK are made with. It says nothing of credentials and endpoints: the SDK finds those itself. */
export function clientConfig(region: string, environment: Environment) {
  const proxy = proxyFor(endpointOf(region, environment), environment)
  return {
    region,
    maxAttempts: 4,
    retryMode: 'standard',
    // Without a logger the SDK warns on the console.
    logger: { trace: silence, debug: silence, info: silence, warn: silence, error: silence },
    requestHandler: {
      connectionTimeout: patience,
      socketTimeout: patience,
      httpsAgent: proxy instanceof URL ? new TunnelAgent(proxy, security) : new Agent(security),
    },
  } as const
}

/** Where requests are going to be sent, as far as `NO_PROXY` is concerned. */
function endpointOf(region: string, environment: Environment): URL {
  const named = environment.AWS_ENDPOINT_URL_SECRETS_MANAGER || environment.AWS_ENDPOINT_URL || ''
  if (URL.canParse(named)) return new URL(named)
  return new URL(`https://secretsmanager.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`)
}

/** As far as we need it, what the SDK sends requests with. */
interface Handler {
  handle(request: Request, options?: HandlerOptions): Promise<unknown>
}

interface Request {
  readonly protocol: string
  readonly hostname: string
}

interface HandlerOptions {
  readonly abortSignal?: unknown
}

/**
 * Bounds every try of a request, its body included, and lets none go out unencrypted but to this machine. The SDK's own
 * limits reset with each byte that comes in.
 */
export function guardHandler(handler: Handler): void {
  const handle = handler.handle.bind(handler)
  handler.handle = async (request, options = {}) => {
    if (request.protocol !== 'https:' && !isLoopback(request.hostname)) throw namedError('InsecureEndpoint')
    const time = AbortSignal.timeout(patience)
    const { abortSignal } = options
    const signal = abortSignal instanceof AbortSignal ? AbortSignal.any([abortSignal, time]) : time
    try {
      return await handle(request, { ...options, abortSignal: signal })
    } catch (error) {
      throw time.aborted ? namedError('TimeoutError') : error
    }
  }
}

function namedError(name: string): Error {
  return Object.assign(new Error(name), { name })
}
