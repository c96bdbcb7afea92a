import type { Concealed } from '../../text/concealed.ts'
import type { ScopeOptions } from '../secrets-manager/read-scope.ts'

/** Settings of the Vault backend. Of the credentials the first that is complete counts: token, AppRole, role. */
export interface VaultOptions extends ScopeOptions {
  /** Only from flags, inputs or the environment, never from a stack file. */
  readonly url: string | undefined
  readonly token: Concealed | undefined
  /** Path of the KV engine, `secret` by default; may come from a stack file, unchecked. */
  readonly mount: string | undefined
  /** Vault's own namespace, which is none of ZenML's. */
  readonly vaultNamespace: string | undefined
  /** Role to log in to with the OIDC token of a GitHub job. */
  readonly role: string | undefined
  /** Audience of that token; GitHub's own, the address of the owner, by default. */
  readonly audience: string | undefined
  /** Path of the auth method; `approle` or `jwt` by default. */
  readonly authMount: string | undefined
  readonly roleId: string | undefined
  readonly secretId: Concealed | undefined
}

export const vaultOptionRows = {
  'vault-url': {
    description: 'Address of the Vault or OpenBao server whose secrets are looked up.',
    group: 'backend',
    type: 'text',
    placeholder: 'URL',
    list: false,
    default: undefined,
    environment: ['VAULT_ADDR'],
    surfaces: ['check', 'action'],
  },
  'vault-token': {
    description: 'Token of Vault.',
    group: 'backend',
    type: 'token',
    placeholder: 'TOKEN',
    list: false,
    default: undefined,
    environment: ['VAULT_TOKEN'],
    surfaces: ['check', 'action'],
  },
  'vault-mount': {
    description: 'Path of the KV engine of Vault, where the stack file does not say it; secret by default.',
    group: 'backend',
    type: 'text',
    placeholder: 'PATH',
    list: false,
    default: undefined,
    environment: [],
    surfaces: ['check', 'action'],
  },
  'vault-namespace': {
    description: 'Namespace of Vault itself, such as admin/team.',
    group: 'backend',
    type: 'text',
    placeholder: 'PATH',
    list: false,
    default: undefined,
    environment: ['VAULT_NAMESPACE'],
    surfaces: ['check', 'action'],
  },
  'vault-role': {
    description: 'Role of Vault to log in to with the OIDC token of a GitHub job, in place of a token.',
    group: 'backend',
    type: 'text',
    placeholder: 'NAME',
    list: false,
    default: undefined,
    environment: [],
    surfaces: ['check', 'action'],
  },
  'vault-audience': {
    description: "Audience of the OIDC token for that role; GitHub's own by default.",
    group: 'backend',
    type: 'text',
    placeholder: 'TEXT',
    list: false,
    default: undefined,
    environment: [],
    surfaces: ['check', 'action'],
  },
  'vault-auth-mount': {
    description: 'Path of the auth method to log in at; jwt for a role and approle for an AppRole by default.',
    group: 'backend',
    type: 'text',
    placeholder: 'PATH',
    list: false,
    default: undefined,
    environment: [],
    surfaces: ['check', 'action'],
  },
  'vault-role-id': {
    description: 'Id of an AppRole of Vault, together with a secret id, in place of a token.',
    group: 'backend',
    type: 'text',
    placeholder: 'ID',
    list: false,
    default: undefined,
    environment: ['VAULT_ROLE_ID'],
    surfaces: ['check', 'action'],
  },
  'vault-secret-id': {
    description: 'Secret id of that AppRole; better kept in an environment variable than on a command line.',
    group: 'backend',
    type: 'token',
    placeholder: 'ID',
    list: false,
    default: undefined,
    environment: ['VAULT_SECRET_ID'],
    surfaces: ['check', 'action'],
  },
} as const
