import type { SecretsScope } from './scope.ts'
import { identifyingTags } from './stored-name.ts'

/**
 * A clause that says why ZenML would not find a secret by its tags or labels, which it compares exactly on Google and
 * Azure; `undefined` where it would. Not for scope `none`, which knows a secret by other tags.
 */
export function exactTagProblem(
  scope: SecretsScope,
  name: string,
  tags: ReadonlyMap<string, string>,
): string | undefined {
  const expected = [...identifyingTags(scope, name)]
  if (expected.every(([key, value]) => tags.get(key) === value)) return undefined
  return `without the tags by which ZenML finds it (${expected.map(([key, value]) => `${key}=${value}`).join(', ')})`
}
