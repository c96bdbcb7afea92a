import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLimiter } from '../../src/http/limiter.ts'

/** What happens to calls of an operation instead of being passed on. */
export interface AwsFault {
  /** Such as `ListSecrets`, or `*` for all. */
  readonly operation: string
  /** How many calls it happens to; all of them by default. */
  readonly times?: number
  /** Only calls whose body holds this text. */
  readonly body?: string
  /** Answers an error of this name, such as `AccessDeniedException`. */
  readonly error?: string
  /** Of the error; 400 by default. */
  readonly status?: number
  readonly message?: string
  /** Milliseconds before anything else happens. */
  readonly delay?: number
  /** Closes the connection without an answer. */
  readonly drop?: boolean
  /** Answers 200 with these texts. */
  readonly answer?: { readonly type: string; readonly text: string }
}

export interface AwsProxy {
  readonly url: string
  /** Operations called, in order, those that met a fault included. */
  readonly calls: readonly string[]
  /** Most calls that were under way at once. */
  mostAtOnce(): number
  inject(...faults: readonly AwsFault[]): void
  /** Forgets the faults and the calls. */
  clear(): void
  close(): Promise<void>
}

/** A server on a free port of 127.0.0.1 that passes calls on to moto and makes its answers those of AWS. */
export async function startAwsProxy(upstream: string): Promise<AwsProxy> {
  const calls: string[] = []
  let faults: { readonly fault: AwsFault; left: number }[] = []
  let running = 0
  let most = 0
  // moto loses its way when several threads touch its secrets at once.
  const inTurn = createLimiter(1)
  const server = createServer(async (request, response) => {
    most = Math.max(most, ++running)
    response.once('close', () => running--)
    const body = await buffer(request)
    const operation = operationOf(request, body.toString())
    calls.push(operation)
    const hit = faults.find(({ fault, left }) => left > 0 && matches(fault, operation, body.toString()))
    if (hit) hit.left--
    if (hit && !(await misbehave(hit.fault, response))) return
    await inTurn(() => pass(upstream, { request, body, operation, response })).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    calls,
    mostAtOnce: () => most,
    inject: (...more) => {
      faults = more.map(fault => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }))
    },
    clear: () => {
      faults = []
      calls.length = 0
      most = 0
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

/** From the header of the JSON protocol, or the body of the older one that STS speaks. */
function operationOf(request: IncomingMessage, body: string): string {
  const target = String(request.headers['x-amz-target'] ?? '')
  return target === '' ? (new URLSearchParams(body).get('Action') ?? request.url ?? '') : (target.split('.')[1] ?? '')
}

function matches(fault: AwsFault, operation: string, body: string): boolean {
  const isMeant = fault.operation === '*' || fault.operation === operation
  return isMeant && body.includes(fault.body ?? '')
}

/** Whether the call is to be passed on all the same. */
async function misbehave(fault: AwsFault, response: ServerResponse): Promise<boolean> {
  if (fault.delay !== undefined) await sleep(fault.delay, undefined, { ref: false })
  if (fault.drop) {
    response.destroy()
    return false
  }
  if (fault.answer) {
    response.writeHead(200, { 'content-type': fault.answer.type }).end(fault.answer.text)
    return false
  }
  if (fault.error === undefined) return true
  send(response, fault.status ?? 400, { __type: fault.error, message: fault.message ?? 'injected' })
  return false
}

interface Passing {
  readonly request: IncomingMessage
  readonly body: Buffer<ArrayBuffer>
  readonly operation: string
  readonly response: ServerResponse
}

async function pass(upstream: string, { request, body, operation, response }: Passing): Promise<void> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (!['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)) headers.set(name, String(value))
  }
  // moto finds its service by the target, or by the host of the request for services that have none.
  const ask = (text: string | Buffer<ArrayBuffer>) =>
    fetch(`${upstream}${request.url}`, { method: request.method ?? 'POST', headers, body: text })
  if (request.headers['x-amz-target'] === undefined) {
    const answer = await ask(body)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    response.end(Buffer.from(await answer.arrayBuffer()))
    return
  }
  const input: Input = JSON.parse(body.toString() || '{}')
  const refused = refusal(operation, input)
  if (refused !== undefined) {
    send(response, 400, { __type: 'InvalidParameterException', message: refused })
    return
  }
  let answer = await ask(body)
  if (operation === 'BatchGetSecretValue' && answer.status === 404)
    answer = await oneByOne(input.SecretIdList ?? [], ask)
  if (answer.status >= 500) {
    send(response, 500, { __type: 'InternalServiceError', message: await answer.text() })
    return
  }
  const status = answer.status === 404 ? 400 : answer.status
  send(response, status, corrected(operation, await answer.json()))
}

interface Input {
  readonly SecretId?: string
  readonly SecretIdList?: readonly string[]
  readonly MaxResults?: number
}

/** Limits that moto does not enforce. */
function refusal(operation: string, input: Input): string | undefined {
  if (operation === 'BatchGetSecretValue' && (input.SecretIdList?.length ?? 0) > 20) return 'more than 20 ids'
  if (operation === 'ListSecrets' && (input.MaxResults ?? 1) > 100) return 'more than 100 results'
  if (input.SecretId === '') return 'an empty id'
  return undefined
}

/** moto fails a whole batch where one secret has no value; AWS lists it among the errors. */
async function oneByOne(ids: readonly string[], ask: (text: string) => Promise<Response>): Promise<Response> {
  const SecretValues: unknown[] = []
  const Errors: unknown[] = []
  for (const SecretId of ids) {
    const answer = await ask(JSON.stringify({ SecretIdList: [SecretId] }))
    if (answer.ok) {
      const result = (await answer.json()) as Batch
      SecretValues.push(...result.SecretValues)
      Errors.push(...result.Errors)
    } else Errors.push({ SecretId, ErrorCode: 'ResourceNotFoundException', Message: 'no value' })
  }
  return Response.json({ SecretValues, Errors })
}

interface Batch {
  readonly SecretValues: readonly unknown[]
  readonly Errors: readonly unknown[]
}

/** AWS sends fields that are set only, and each call has its own name for the stages of versions. */
function corrected(operation: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map(item => corrected(operation, item))
  if (typeof value !== 'object' || value === null) return value
  const foreign = operation === 'ListSecrets' ? 'VersionIdsToStages' : 'SecretVersionsToStages'
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => field !== null && name !== foreign)
      .map(([name, field]) => [name, corrected(operation, field)]),
  )
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'request-1' })
  response.end(JSON.stringify(body))
}
