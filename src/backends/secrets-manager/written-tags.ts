import type { ScopeOptions } from './read-scope.ts'
import type { SecretsScope } from './scope.ts'
import { identifyingTags } from './stored-name.ts'

/** Says which schema a secret has, without its value. Nothing is found by it. */
export const schemaTag = 'zenml_secret_schema'

interface Tagged extends Pick<ScopeOptions, 'componentId' | 'componentName'> {
  readonly name: string
  readonly schema: string
  /** What a value of the service's tags may be. */
  readonly legal: RegExp
}

/**
 * The tags or labels that ZenML gives a secret, in its order; none in scope `none`. What is not known of the component, or
 * cannot be a tag of the service, is left out: ZenML finds no secret by it.
 */
export function writtenTags(
  scope: SecretsScope,
  { name, schema, componentId, componentName, legal }: Tagged,
): ReadonlyMap<string, string> {
  if (scope.scope === 'none') return new Map()
  const tags = new Map(identifyingTags(scope, name))
  if (componentName !== undefined && legal.test(componentName)) tags.set('zenml_component_name', componentName)
  if (componentId && legal.test(componentId.toLowerCase())) {
    tags.set('zenml_component_uuid', componentId.toLowerCase())
  }
  return tags.set(schemaTag, schema)
}
