import type { Reviver } from './body.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Segments below the client's address, each encoded here, so that a slash or a colon stays a part of a name. */
  readonly path: readonly string[]
  /** A custom method of Google's APIs, such as `access`: it follows the path after a colon that is not encoded. */
  readonly verb?: string | undefined
  readonly query?: readonly (readonly [string, string])[] | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Sent as `application/x-www-form-urlencoded`; not together with `json`. */
  readonly form?: readonly (readonly [string, string])[] | undefined
  readonly json?: unknown
  readonly signal: AbortSignal
  /** Whether it may be sent again; by default only a GET may. */
  readonly idempotent?: boolean | undefined
  /** Most bytes of an answer; 1 MiB by default. */
  readonly maxBytes?: number | undefined
  /** Changes values while the answer is parsed, to drop what nobody may see. */
  readonly revive?: Reviver | undefined
}

/** What is sent, or a sentence that says why it cannot be. Quotes nothing. */
export type Prepared =
  | { readonly url: URL; readonly headers: Readonly<Record<string, string>>; readonly body: string | undefined }
  | { readonly reason: string }

const loneSurrogate = /\p{Cs}/u
const loneSurrogates = /\p{Cs}/gu

/** Builds address, headers and body; blanks and line ends around a header's value are dropped. */
export function prepare(base: string, request: HttpRequest, common: Readonly<Record<string, string>>): Prepared {
  if (request.path.some(segment => /^\.{0,2}$/.test(segment) || loneSurrogate.test(segment))) {
    return { reason: 'A part of the path is empty, only dots, or no text that can be sent.' }
  }
  const { body, type } = bodyOf(request)
  const headers = trimmed({
    accept: 'application/json',
    'accept-encoding': 'identity',
    ...(type === undefined ? {} : { 'content-type': type }),
    ...common,
    ...request.headers,
  })
  if (Object.values(headers).some(value => !/^[\x20-\x7e]*$/.test(value))) {
    return { reason: 'A credential holds a line break or a character that cannot be sent. Copy it again.' }
  }
  const path = request.path.map(segment => `/${encodeURIComponent(segment)}`).join('')
  const verb = request.verb === undefined ? '' : `:${encodeURIComponent(request.verb)}`
  return { url: new URL(`${base}${path}${verb}${queryOf(request)}`), headers, body }
}

function bodyOf({ form, json }: HttpRequest): { readonly body: string | undefined; readonly type: string | undefined } {
  if (form) return { body: pairs(form), type: 'application/x-www-form-urlencoded' }
  if (json !== undefined) return { body: JSON.stringify(json), type: 'application/json' }
  return { body: undefined, type: undefined }
}

function queryOf({ query }: HttpRequest): string {
  return query && query.length > 0 ? `?${pairs(query)}` : ''
}

function pairs(list: readonly (readonly [string, string])[]): string {
  return list
    .map(pair => pair.map(text => encodeURIComponent(text.replace(loneSurrogates, '\ufffd'))).join('='))
    .join('&')
}

function trimmed(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.trim()]))
}
