import type { SecretsScope } from './scope.ts'

/** What joins the parts of a stored name: `/` on AWS and Vault, `-` on Google and Azure. */
export type Separator = '/' | '-'

/**
 * The name under which the service holds a secret, such as `zenml/namespace/team/db-creds`. In scope `none` it is the
 * plain name, on AWS and Vault; Google and Azure hold one object a key there, named otherwise.
 */
export function storedName(scope: SecretsScope, name: string, separator: Separator): string {
  return scopePrefix(scope, separator) + name
}

/** What every stored name of the scope begins with, a separator at its end; empty for scope `none`. */
export function scopePrefix(scope: SecretsScope, separator: Separator): string {
  const path = scopePath(scope)
  return path.length === 0 ? '' : [...path, ''].join(separator)
}

/**
 * The inverse of `storedName`, for listing; `undefined` for what is not in the scope. With `-` a name may belong to
 * several scopes, such as `zenml-namespace-a-b-c`: there the tags decide.
 */
export function nameOfStored(scope: SecretsScope, stored: string, separator: Separator): string | undefined {
  const prefix = scopePrefix(scope, separator)
  if (!stored.startsWith(prefix)) return undefined
  const name = stored.slice(prefix.length)
  return name === '' || (separator === '/' && name.includes('/')) ? undefined : name
}

/**
 * The tags or labels by which ZenML picks a secret out, in its order; without a name those of every secret of the scope.
 * None for scope `none`.
 */
export function identifyingTags(scope: SecretsScope, name?: string): ReadonlyMap<string, string> {
  if (scope.scope === 'none') return new Map()
  const tags = new Map([[scopeTag, scope.scope as string]])
  if (name !== undefined) tags.set('zenml_secret_name', name)
  if (scope.scope === 'namespace') tags.set('zenml_namespace', scope.namespace)
  if (scope.scope === 'component') tags.set('zenml_component_uuid', scope.componentId)
  return tags
}

/** A secret that carries this tag is in no scope `none`. */
export const scopeTag = 'zenml_scope'

function scopePath(scope: SecretsScope): readonly string[] {
  switch (scope.scope) {
    case 'none':
      return []
    case 'global':
      return ['zenml', 'global']
    case 'namespace':
      return ['zenml', 'namespace', scope.namespace]
    case 'component':
      return ['zenml', 'component', scope.componentId]
  }
}
