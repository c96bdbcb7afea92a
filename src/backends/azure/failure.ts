import { type Trouble, troubleSentence } from '../../http/trouble.ts'
import { displayable, quoted } from '../../text/displayable.ts'
import type { Acquired } from '../access-token.ts'
import type { Answer } from '../backend.ts'

export type AzureOperation = 'list' | 'versions' | 'read' | 'write' | 'delete' | 'recover'

/** Why a call gave nothing. */
export interface AzureFailure {
  readonly operation: AzureOperation
  readonly trouble: Trouble | typeof malformed
}

/** An answer with success that is none of this API. */
export const malformed = { kind: 'malformed' } as const

type Meaning =
  | 'not-found'
  | 'deleted'
  | 'busy'
  | 'refused'
  | 'disabled'
  | 'denied'
  | 'firewall'
  | 'credentials'
  | 'other'

/** Only an error in Key Vault's own form says anything: a proxy or a web page has statuses too. */
export function meaningOf({ trouble }: AzureFailure): Meaning {
  if (trouble.kind !== 'status') return 'other'
  const { status, detail = '' } = trouble
  const [code, inner] = detail.split('/')
  if (status === 404 && code === 'SecretNotFound') return 'not-found'
  if (status === 409 && inner === 'ObjectIsDeletedButRecoverable') return 'deleted'
  if (status === 409 && (inner === 'ObjectIsBeingDeleted' || inner === 'ObjectIsBeingRecovered')) return 'busy'
  if (status === 400 && code === 'BadParameter') return 'refused'
  if (status === 401) return 'credentials'
  if (status !== 403 || code === '') return 'other'
  if (inner === 'SecretDisabled') return 'disabled'
  return inner === 'ForbiddenByFirewall' || inner === 'ForbiddenByConnection' ? 'firewall' : 'denied'
}

/** The answer about a secret whose call failed, in our own words. Not for `not-found`, which is evidence. */
export function failureAnswer(failure: AzureFailure, secret: string | undefined): Answer {
  const name = quoted(secret ?? '', 300)
  switch (meaningOf(failure)) {
    case 'denied':
      return { kind: 'denied', reason: deniedReason(failure.operation, secret) }
    case 'firewall':
      return {
        kind: 'denied',
        reason:
          'The firewall of the Azure key vault lets no request of this machine in. Allow its address, or run where the vault can be reached.',
      }
    case 'disabled':
      return { kind: 'unusable', reason: disabledReason(secret ?? '') }
    case 'credentials':
      return unverified(`The Azure key vault refused the token. ${triedSources}`)
    case 'not-found':
      return unverified(`The Azure key vault finds no ${name}. Check azure-vault-url.`)
    case 'deleted':
    case 'busy':
    case 'refused':
    case 'other':
      return unverified(otherReason(failure))
  }
}

export function disabledReason(secret: string): string {
  return `${quoted(secret, 300)} is disabled in Azure Key Vault. Enable it, or register the secret again.`
}

function deniedReason(operation: AzureOperation, secret: string | undefined): string {
  const target = secret === undefined ? 'its secrets' : quoted(secret, 300)
  if (operation === 'read') {
    return `The Azure identity may not read ${target} in the key vault. Grant it the role Key Vault Secrets User, or the permission Get of the vault's access policy.`
  }
  const changed = changes[operation]
  if (changed !== undefined) {
    return `The Azure identity may not ${operation} ${target} in the key vault. Grant it the role Key Vault Secrets Officer, or the permission ${changed} of the vault's access policy.`
  }
  return `The Azure identity may not look at ${target} in the key vault. Grant it the role Key Vault Reader, or the permission List of the vault's access policy.`
}

const changes: Partial<Readonly<Record<AzureOperation, string>>> = {
  write: 'Set',
  delete: 'Delete',
  recover: 'Recover',
}

function otherReason({ operation, trouble }: AzureFailure): string {
  if (trouble.kind === 'malformed') {
    return `Azure Key Vault answered the call "${operation}" in a way that is not understood. Check azure-vault-url and any proxy.`
  }
  if (trouble.kind === 'dns') {
    return 'The host of the Azure key vault was not found. Check azure-vault-url and the network: a vault that was deleted has none.'
  }
  return displayable(troubleSentence(trouble), 2_000)
}

/** Where there is no token at all. */
export function credentialsAnswer(acquired: Exclude<Acquired<unknown>, { value: unknown }>): Answer {
  if (acquired.failure === 'aborted') {
    return unverified('The run was stopped, or its time was up, before Azure Key Vault answered.')
  }
  if (acquired.failure === 'timeout') return unverified(`Azure made no token in time. ${triedSources}`)
  const code = acquired.code === undefined ? '' : ` (${acquired.code})`
  return unverified(`Azure made no token${code}. ${triedSources}`)
}

const triedSources =
  'Tried, as AZURE_TOKEN_CREDENTIALS allows, in this order: AZURE_TENANT_ID and AZURE_CLIENT_ID with AZURE_CLIENT_SECRET or a certificate; the workload identity of AZURE_FEDERATED_TOKEN_FILE; the managed identity of the machine; the Azure CLI, as azure/login signs it in; Azure PowerShell; the Azure Developer CLI. Renew or set one of them, in the tenant of the vault.'

export function unverified(reason: string): Answer {
  return { kind: 'unverified', reason }
}
