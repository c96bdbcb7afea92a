import { quoted } from '../../text/displayable.ts'
import { namespaceProblem, type SecretsManagerFlavor } from './name-rules.ts'
import { type SecretsScope, scopes } from './scope.ts'

/** As options or a stack file give it, nothing of it checked. */
export interface ScopeOptions {
  /** One of `scopes`; `component` where there is none, as for ZenML. */
  readonly scope: string | undefined
  readonly namespace: string | undefined
  /** UUID of the secrets manager component. */
  readonly componentId: string | undefined
  /** Name of that component, for the tags of what is written; nothing is found by it. */
  readonly componentName?: string | undefined
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Checks a scope. `problem`: sentences that say why nothing can be looked up and what to set. */
export function readScope(
  flavor: SecretsManagerFlavor,
  { scope: word = 'component', namespace = '', componentId = '' }: ScopeOptions,
): SecretsScope | { readonly problem: string } {
  const scope = scopes.find(candidate => candidate === word)
  if (scope === undefined) {
    return { problem: `${quoted(word)} is no scope of a secrets manager. Set scope to one of ${scopes.join(', ')}.` }
  }
  const problem = namespace === '' ? undefined : namespaceProblem(flavor, namespace)
  if (problem !== undefined) return { problem }
  if (scope === 'namespace') return namespace === '' ? { problem: noNamespace } : { scope, namespace }
  if (scope !== 'component') return { scope }
  const id = componentId.toLowerCase()
  if (id === '') return { problem: noComponentId }
  if (uuid.test(id)) return { scope, componentId: id }
  return { problem: `${quoted(componentId)} is not the id of a component, which is a UUID. Correct component-id.` }
}

const noNamespace = 'The secrets manager has the scope "namespace" and no namespace. Set scope-namespace.'
const noComponentId =
  'The secrets manager has the scope "component", so its secrets are stored under the id of the component, which the stack file does not hold. Set component-id to the id that "zenml secrets-manager describe" shows.'
