import type { HttpClient, HttpClientOptions } from '../../http/client.ts'
import type { Answer } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { doubtOf, unverified } from './doubt.ts'
import { codeOf } from './error-code.ts'
import { requestIdToken } from './id-token.ts'
import { entriesOf } from './json.ts'
import type { VaultOptions } from './options.ts'

export type Login = { readonly token: string } | { readonly answer: Answer }

export interface LoggingIn {
  readonly options: VaultOptions
  readonly context: BackendContext
  readonly seams: HttpClientOptions['seams']
  readonly signal: AbortSignal
}

/** The token that is given, else one login: to an AppRole, or to a role with the OIDC token of a GitHub job. */
export async function logIn(client: HttpClient, { options, context, seams, signal }: LoggingIn): Promise<Login> {
  const { token, roleId, secretId, role, audience, authMount } = options
  if (token && !mayLogInAgain(options)) {
    context.onCredential?.(token.reveal())
    return { token: token.reveal() }
  }
  if (roleId && secretId) {
    context.onCredential?.(secretId.reveal())
    const json = { role_id: roleId, secret_id: secretId.reveal() }
    return post(client, { mount: authMount || 'approle', json, what: 'the AppRole', context, signal })
  }
  if (role) {
    const jwt = await requestIdToken(context, { audience, seams, signal })
    if ('reason' in jwt) return { answer: unverified(jwt.reason) }
    const json = { role, jwt: jwt.token }
    return post(client, { mount: authMount || 'jwt', json, what: 'the role', context, signal })
  }
  return { answer: unverified(noCredentials) }
}

/** Whether the options hold more than a token, which nothing renews. */
export function mayLogInAgain({ token }: VaultOptions): boolean {
  return !token || token.reveal() === ''
}

const noCredentials =
  'There is nothing to log in to Vault with: no vault-token (VAULT_TOKEN), no vault-role-id with vault-secret-id (VAULT_ROLE_ID, VAULT_SECRET_ID), and no vault-role for the OIDC token of a GitHub job. Give one of them.'

interface Posting {
  readonly mount: string
  readonly json: unknown
  readonly what: string
  readonly context: BackendContext
  readonly signal: AbortSignal
}

async function post(client: HttpClient, { mount, json, what, context, signal }: Posting): Promise<Login> {
  const path = ['auth', ...mount.split('/'), 'login']
  const result = await client.request({ method: 'POST', path, json, signal, idempotent: true })
  if ('trouble' in result) {
    const { trouble } = result
    if (trouble.kind !== 'status') return { answer: doubtOf(trouble) }
    if (trouble.status === 400) return { answer: unverified(refused(what)) }
    if (trouble.status === 403 || (trouble.status === 404 && codeOf(trouble) !== 'no-namespace')) {
      return { answer: unverified('Vault lets nobody log in there. Check vault-auth-mount and vault-namespace.') }
    }
    return { answer: doubtOf(trouble) }
  }
  const token = entriesOf(entriesOf(result.json).get('auth')).get('client_token')
  if (typeof token !== 'string' || token === '') {
    return { answer: unverified('Vault answered a login without a token. Check vault-auth-mount.') }
  }
  context.onCredential?.(token)
  return { token }
}

function refused(what: string): string {
  return what === 'the AppRole'
    ? 'Vault refused the login to the AppRole: one of its ids is wrong, expired or used up. Give new ones as vault-role-id and vault-secret-id.'
    : 'Vault refused the login to the role with the OIDC token of the job. Check vault-role, vault-audience, and the claims that the role is bound to.'
}
