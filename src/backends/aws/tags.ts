import type { SecretsScope } from '../secrets-manager/scope.ts'
import { identifyingTags, scopeTag } from '../secrets-manager/stored-name.ts'
import type { Metadata } from './calls.ts'

/**
 * A clause that says why ZenML would not find a secret by its tags; `undefined` where it would. ZenML leaves the
 * comparing to the filters of AWS, which match beginnings, and keys and values each on their own; the tag with the name
 * of the secret is not among them.
 */
export function tagProblem(scope: SecretsScope, tags: Metadata['tags']): string | undefined {
  if (scope.scope === 'none') {
    return tags.some(({ key }) => key.startsWith(scopeTag))
      ? `with the tag ${scopeTag}, which belongs to the other scopes`
      : undefined
  }
  const expected = [...identifyingTags(scope)]
  const isFound = expected.every(
    ([key, value]) => tags.some(tag => tag.key.startsWith(key)) && tags.some(tag => tag.value.startsWith(value)),
  )
  if (isFound) return undefined
  return `without the tags by which ZenML finds it (${expected.map(([key, value]) => `${key}=${value}`).join(', ')})`
}
