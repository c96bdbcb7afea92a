import type { HttpClient, HttpResult } from '../../http/client.ts'
import type { Answer } from '../backend.ts'
import type { Engine, Send } from './engine.ts'
import { codeOf } from './error-code.ts'
import { findEngine } from './find-engine.ts'
import { type LoggingIn, logIn, mayLogInAgain } from './login.ts'

/** What one login opened. */
export interface VaultSession {
  readonly mount: string
  readonly send: Send
  /** Finds the engine once; failures are tried again when asked again. See `findEngine`. */
  engine(folder: string, signal: AbortSignal): Promise<Engine | { readonly answer: Answer }>
}

interface Opening extends LoggingIn {
  readonly mount: string
}

export async function openSession(
  client: HttpClient,
  { mount, ...login }: Opening,
): Promise<VaultSession | { readonly answer: Answer }> {
  const first = await logIn(client, login)
  if ('answer' in first) return first
  const send = sender(client, first.token, login)
  let found: Promise<Engine | { readonly answer: Answer }> | undefined
  const engine: VaultSession['engine'] = async (folder, signal) => {
    found ??= findEngine(send, { mount, folder, signal })
    const engine = await found
    if ('answer' in engine) found = undefined
    return engine
  }
  return { mount, send, engine }
}

/**
 * Sends with the token, and where Vault no longer knows a token that a login gave, logs in once more and sends again.
 * A second token that is refused is no reason for a third.
 */
function sender(client: HttpClient, first: string, login: LoggingIn): Send {
  let token = first
  let renewal: ReturnType<typeof logIn> | undefined
  return async request => {
    const used = token
    const send = (token: string) => client.request({ ...request, headers: { 'x-vault-token': token } })
    const result = await send(used)
    if (!isUnknownToken(result) || !mayLogInAgain(login.options)) return result
    renewal ??= logIn(client, { ...login, signal: request.signal })
    const renewed = await renewal
    if ('answer' in renewed || renewed.token === used) return result
    token = renewed.token
    return send(token)
  }
}

function isUnknownToken(result: HttpResult): boolean {
  return 'trouble' in result && codeOf(result.trouble) === 'bad-token'
}
