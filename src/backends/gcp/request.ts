import type { HttpClient, HttpResult } from '../../http/client.ts'
import type { HttpRequest } from '../../http/request.ts'
import { type GcpFailure, type GcpOperation, malformed } from './failure.ts'

export type Result<T> = { readonly value: T } | { readonly failure: GcpFailure }

export interface Session {
  readonly client: HttpClient
  readonly project: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** Segments of the path of a project's secrets. */
export function rootOf({ project }: Session): readonly string[] {
  return ['v1', 'projects', project, 'secrets']
}

type Call = <T>(
  operation: GcpOperation,
  request: Omit<HttpRequest, 'headers' | 'signal'>,
  read: (json: unknown) => T | undefined,
) => Promise<Result<T>>

/** Makes requests into results, none of which rejects; what `read` takes for no answer of this API is a failure. */
export function caller({ client, headers, signal }: Session): Call {
  return async (operation, request, read) => {
    const result = await client.request({ headers, signal, ...request })
    return understand(operation, result, read)
  }
}

function understand<T>(operation: GcpOperation, result: HttpResult, read: (json: unknown) => T | undefined): Result<T> {
  if ('trouble' in result) return { failure: { operation, trouble: result.trouble } }
  const value = read(result.json)
  return value === undefined ? { failure: { operation, trouble: malformed } } : { value }
}
