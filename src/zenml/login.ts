import type { HttpClient } from '../http/client.ts'
import type { Trouble } from '../http/trouble.ts'
import { credentialWords, hiddenTexts, loginForm, type ZenmlCredentials } from './credentials.ts'
import { explain } from './explain.ts'
import { fields, text } from './json.ts'
import { unverified, type ZenmlResult, type ZenmlTrouble } from './result.ts'

type Headers = Readonly<Record<string, string>>

export interface Login {
  /** What to send with a request; logs in when it is first asked for. */
  header(signal: AbortSignal): Promise<ZenmlResult<Headers>>
  /** After a 401 to `refused`: logs in again, once a run, or hands over what a request beside this one got meanwhile. */
  renewed(refused: Headers, signal: AbortSignal): Promise<ZenmlResult<Headers>>
}

export interface LoginOptions {
  readonly client: HttpClient
  readonly credentials: ZenmlCredentials | undefined
  readonly onCredential: ((text: string) => void) | undefined
}

/** An API key is traded for a token once: as a bearer it costs the server most of a second with every request. */
export function createLogin(options: LoginOptions): Login {
  const { credentials } = options
  let current: Promise<ZenmlResult<Headers>> | undefined
  let mayRenew = true
  const header = async (signal: AbortSignal): Promise<ZenmlResult<Headers>> => {
    if (!credentials) return unverified(noCredentials)
    current ??= logIn(credentials, options, signal)
    const result = await current
    // Only a run that was stopped may try again: failed logins count against a limit.
    if ('trouble' in result && signal.aborted) current = undefined
    return result
  }
  return {
    header,
    renewed: async (refused, signal) => {
      const latest = await header(signal)
      if ('trouble' in latest || latest.value !== refused) return latest
      if (!credentials || credentials.kind === 'token' || !mayRenew) return refusal(credentials)
      mayRenew = false
      current = logIn(credentials, options, signal)
      return current
    },
  }
}

const noCredentials =
  'There are no credentials for the ZenML server. Give an API key (zenml-api-key or ZENML_STORE_API_KEY), a token, or a user name and password.'

async function logIn(
  credentials: ZenmlCredentials,
  { client, onCredential }: LoginOptions,
  signal: AbortSignal,
): Promise<ZenmlResult<Headers>> {
  for (const hidden of hiddenTexts(credentials)) onCredential?.(hidden)
  const form = loginForm(credentials)
  if (!form)
    return credentials.kind === 'token' ? { value: bearer(credentials.token.reveal().trim()) } : refusal(undefined)
  // A login changes nothing, so it may be sent again.
  const request = { method: 'POST', path: ['api', 'v1', 'login'], form, signal, idempotent: true } as const
  const result = await client.request(request)
  if ('trouble' in result) return { trouble: explainLogin(result.trouble, credentials) }
  const token = text(fields(result.json)?.get('access_token'))
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) {
    return unverified('The ZenML server answered the login without a token. Check the address.')
  }
  onCredential?.(token)
  return { value: bearer(token) }
}

function bearer(token: string): Headers {
  return { authorization: `Bearer ${token}` }
}

function refusal(credentials: ZenmlCredentials | undefined): { readonly trouble: ZenmlTrouble } {
  const what = credentials ? credentialWords[credentials.kind] : 'the credentials'
  const why = credentials?.kind === 'token' ? 'It may have expired' : 'Its account may be switched off'
  const reason = `The ZenML server no longer accepts ${what} (HTTP 401). ${why}: make a new one and try again.`
  return { trouble: { kind: 'unverified', reason, status: 401 } }
}

function explainLogin(trouble: Trouble, credentials: ZenmlCredentials): ZenmlTrouble {
  const explained = explain(trouble)
  const { status } = explained
  const what = credentialWords[credentials.kind]
  if (credentials.kind === 'api-key' && credentials.apiKey.reveal().trim().startsWith('ZENPROKEY_') && status === 500) {
    const reason = `The ZenML server failed at ${what} (HTTP 500), which is a key of ZenML Pro: a server of one's own takes keys of its own service accounts, which begin with ZENKEY_.`
    return { kind: 'unverified', reason, status: 500 }
  }
  if (status === 400 || status === 401) {
    const causes = {
      'api-key': 'It may be mistyped, rotated, deleted, or of an account that is switched off.',
      user: 'They may be wrong, or the server may not take passwords, as those of ZenML Pro do not: use an API key.',
      token: 'It may have expired.',
    } as const
    const reason = `The ZenML server refused ${what} (HTTP ${status}), the only credentials tried. ${causes[credentials.kind]}`
    return { kind: 'unverified', reason, status }
  }
  return { ...explained, kind: 'unverified', reason: `Logging in with ${what} failed: ${explained.reason}` }
}
