import type { HttpClient } from '../../http/client.ts'
import type { HttpRequest } from '../../http/request.ts'
import { type AzureFailure, type AzureOperation, malformed } from './failure.ts'

export type Result<T> = { readonly value: T } | { readonly failure: AzureFailure }

export interface Session {
  readonly client: HttpClient
  /** Address of the vault. */
  readonly url: string
  readonly token: string
  readonly signal: AbortSignal
}

/** Goes along with every request. */
export const apiVersion: readonly (readonly [string, string])[] = [['api-version', '7.4']]

type Call = <T>(
  operation: AzureOperation,
  request: Omit<HttpRequest, 'headers' | 'signal'>,
  read: (json: unknown) => T | undefined,
) => Promise<Result<T>>

/** Makes requests into results, none of which rejects; what `read` takes for no answer of this API is a failure. */
export function caller({ client, token, signal }: Session): Call {
  const headers = { authorization: `Bearer ${token}` }
  return async (operation, request, read) => {
    const result = await client.request({ headers, signal, ...request })
    if ('trouble' in result) return { failure: { operation, trouble: result.trouble } }
    const value = read(result.json)
    return value === undefined ? { failure: { operation, trouble: malformed } } : { value }
  }
}
