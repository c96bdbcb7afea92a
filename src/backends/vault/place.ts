import { displayable } from '../../text/displayable.ts'
import { readScope } from '../secrets-manager/read-scope.ts'
import type { SecretsScope } from '../secrets-manager/scope.ts'
import { scopePrefix } from '../secrets-manager/stored-name.ts'
import { connectVault, type VaultConnection } from './connect.ts'
import type { VaultOptions } from './options.ts'
import { folderOf } from './read-secret.ts'

/** Which secrets of which server are ZenML's. */
export interface VaultPlace {
  readonly connection: VaultConnection
  readonly scope: SecretsScope
}

/** The place that the options name, nothing sent yet, or sentences that say which of them is wrong. */
export function vaultPlace(
  options: VaultOptions,
  surroundings: Parameters<typeof connectVault>[1],
): VaultPlace | { readonly problem: string } {
  const scope = readScope('vault', options)
  if ('problem' in scope) return scope
  const connection = connectVault(options, surroundings)
  if (!('problem' in connection)) return { connection, scope }
  return { problem: displayable(connection.problem, 2_000) }
}

/** The folder of every secret of the scope; empty for scope `none`. */
export function scopeFolder(scope: SecretsScope): string {
  return folderOf(scopePrefix(scope, '/'))
}

/** For messages; not yet safe to print. */
export function vaultDescription(place: VaultPlace | { readonly problem: string }): string {
  return 'problem' in place ? 'Vault' : `Vault ${place.connection.url}, ${place.connection.mount}`
}
