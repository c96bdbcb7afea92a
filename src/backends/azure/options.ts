import type { ScopeOptions } from '../secrets-manager/read-scope.ts'

/** Settings of the Azure backend. Holds no secret: credentials are what Azure's own library finds. */
export interface AzureOptions extends ScopeOptions {
  /** From inputs, flags or the environment alone: credentials go there. */
  readonly vaultUrl: string | undefined
  /** `key_vault_name` of a stack file, unchecked: nothing is sent there, it only tells a user what to set. */
  readonly vaultName: string | undefined
  /** Absolute path of the folder under check: no credentials are taken from files in it. */
  readonly workspace: string
}

export const azureOptionRows = {
  'azure-vault-url': {
    description: 'Address of the Azure key vault, such as https://example.vault.azure.net.',
    group: 'backend',
    type: 'text',
    placeholder: 'URL',
    list: false,
    default: undefined,
    environment: ['AZURE_KEYVAULT_URL', 'AZURE_KEY_VAULT_URL'],
    surfaces: ['check', 'action'],
  },
} as const
