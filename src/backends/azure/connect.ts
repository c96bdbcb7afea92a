import { createHttpClient, type HttpClient } from '../../http/client.ts'
import { acquire } from '../access-token.ts'
import type { Answer } from '../backend.ts'
import type { BackendContext } from '../context.ts'
import { readScope } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { credentialsAnswer } from './failure.ts'
import { readAzureError } from './json.ts'
import type { AzureOptions } from './options.ts'
import type { Session } from './request.ts'
import { fetchToken, ownFileProblem } from './token.ts'
import { readVault, type Vault } from './vault.ts'

export interface AzureConnection {
  readonly vault: Vault
  readonly scope: SecretsScope
  /** Finds credentials, once; failures are tried again when asked again. */
  open(signal: AbortSignal): Promise<Session | { readonly answer: Answer }>
}

/** The vault that the options name, nothing sent yet, or sentences that say which setting is wrong. */
export function connectAzure(
  options: AzureOptions,
  context: BackendContext,
): AzureConnection | { readonly problem: string } {
  const place = placeOf(options, context)
  if ('problem' in place) return place
  const { vault, scope, client } = place
  let token: string | undefined
  const open: AzureConnection['open'] = async signal => {
    if (token === undefined) {
      const acquired = await acquire(stop => fetchToken(vault.tokenScope, stop), signal)
      if ('failure' in acquired) return { answer: credentialsAnswer(acquired) }
      token = acquired.value
      context.onCredential?.(token)
    }
    return { client, url: vault.url, token, signal }
  }
  return { vault, scope, open }
}

/** For messages; not yet safe to print. */
export function azureDescription(connection: AzureConnection | { readonly problem: string }): string {
  return `Azure Key Vault${'problem' in connection ? '' : `, ${new URL(connection.vault.url).host}`}`
}

interface Place {
  readonly vault: Vault
  readonly scope: SecretsScope
  readonly client: HttpClient
}

function placeOf(options: AzureOptions, { environment }: BackendContext): Place | { readonly problem: string } {
  const vault = readVault(options)
  if ('problem' in vault) return vault
  const scope = readScope('azure', options)
  if ('problem' in scope) return scope
  const problem = ownFileProblem(options.workspace, environment)
  if (problem !== undefined) return { problem }
  return { vault, scope, client: createHttpClient({ baseUrl: vault.url, environment, readError: readAzureError }) }
}
