import { isLoopback, readAddress } from '../../http/address.ts'
import { quoted } from '../../text/displayable.ts'
import type { AzureOptions } from './options.ts'

export interface Vault {
  /** Without a slash at its end. */
  readonly url: string
  /** What a token has to be for, such as `https://vault.azure.net/.default`. */
  readonly tokenScope: string
}

/** Domains of key vaults, of Azure and of its sovereign clouds. Each is the audience of its tokens. */
const domains = ['vault.azure.net', 'vault.azure.cn', 'vault.usgovcloudapi.net', 'vault.microsoftazure.de'] as const

/**
 * The vault to ask, or sentences that say what to set. One that only a stack file names is not asked: whoever wrote the
 * file would choose where credentials go.
 */
export function readVault({
  vaultUrl,
  vaultName,
}: Pick<AzureOptions, 'vaultUrl' | 'vaultName'>): Vault | { readonly problem: string } {
  if (vaultUrl !== undefined && vaultUrl.trim() !== '') return readUrl(vaultUrl)
  if (vaultName === undefined) return { problem: 'Nothing says which Azure key vault to ask. Set azure-vault-url.' }
  const url = vaultUrlOf(vaultName)
  if (url === undefined) {
    return { problem: `${quoted(vaultName)} is no name of an Azure key vault. Set azure-vault-url to its address.` }
  }
  return {
    problem: `The stack file alone names the Azure key vault, and credentials go only where you say. If it is yours, set azure-vault-url to ${url}.`,
  }
}

/** The address of a vault of a stack file's `key_vault_name`; `undefined` where that is no name of a vault. */
function vaultUrlOf(name: string): string | undefined {
  return isVaultName(name) ? `https://${name.toLowerCase()}.vault.azure.net` : undefined
}

function readUrl(text: string): Vault | { readonly problem: string } {
  const address = readAddress(text)
  if ('problem' in address) return { problem: `azure-vault-url cannot be used. ${address.problem}` }
  const { url } = address
  const { hostname, origin } = new URL(url)
  const name = hostname.split('.', 1)[0] ?? ''
  const domain = domains.find(candidate => hostname === `${name}.${candidate}`)
  const isVault = url === origin && (isLoopback(hostname) || (domain !== undefined && isVaultName(name)))
  if (isVault) return { url, tokenScope: `https://${domain ?? domains[0]}/.default` }
  return {
    problem: `azure-vault-url is ${quoted(url)}, which is no address of a key vault. Give one such as https://example.vault.azure.net, without a path.`,
  }
}

/** Azure's own rule. */
function isVaultName(name: string): boolean {
  return /^[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/.test(name) && !name.includes('--')
}
