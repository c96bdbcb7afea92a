import { createHttpClient, type HttpClientOptions } from '../../http/client.ts'
import { troubleSentence } from '../../http/trouble.ts'
import { displayable } from '../../text/displayable.ts'
import type { BackendContext } from '../context.ts'
import { entriesOf } from './json.ts'

/** An OIDC token of the job, or sentences that say why there is none. */
export type IdToken = { readonly token: string } | { readonly reason: string }

interface Asking {
  readonly audience: string | undefined
  readonly seams: HttpClientOptions['seams']
  readonly signal: AbortSignal
}

/** Asks the runner that the environment names for a token of the job. */
export async function requestIdToken(
  { environment, onCredential }: BackendContext,
  { audience, seams, signal }: Asking,
): Promise<IdToken> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = '' } = environment
  if (address === '' || bearer === '' || !URL.canParse(address)) return { reason: noPermission }
  const url = new URL(address)
  const query = [...url.searchParams, ...(audience ? [['audience', audience] as const] : [])]
  // The address ends in a path of its own, in which a part may be empty.
  const client = createHttpClient({ baseUrl: url.origin + url.pathname, environment, seams })
  const headers = { authorization: `Bearer ${bearer}` }
  const answer = await client.request({ method: 'GET', path: [], query, headers, signal })
  if ('trouble' in answer) {
    return { reason: `GitHub gives the job no OIDC token. ${displayable(troubleSentence(answer.trouble), 2_000)}` }
  }
  const token = entriesOf(answer.json).get('value')
  if (typeof token !== 'string' || token === '') return { reason: 'GitHub answered without an OIDC token. Try again.' }
  onCredential?.(token)
  return { token }
}

const noPermission =
  'vault-role needs the OIDC token of a GitHub job, and this one may ask for none. Give the job "permissions: id-token: write".'
