import type { VaultOptions } from '../../src/backends/vault/options.ts'

export function vaultOptions(options: Partial<VaultOptions> = {}): VaultOptions {
  return {
    url: undefined,
    token: undefined,
    mount: undefined,
    vaultNamespace: undefined,
    role: undefined,
    audience: undefined,
    authMount: undefined,
    roleId: undefined,
    secretId: undefined,
    scope: 'global',
    namespace: undefined,
    componentId: undefined,
    ...options,
  }
}
