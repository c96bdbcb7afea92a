import { type LocalSecretsOutcome, outcomeOfLocalSecrets } from '../catalog/remote.ts'
import type { Component, Stack } from '../stacks/stack.ts'
import type { AttributeContext } from './attribute-context.ts'
import type { LocalSecretsRemoteOrchestrator } from './finding.ts'

/**
 * A local secrets manager keeps its file on one machine. Every remote orchestrator of that era has its own check, which
 * refuses the whole stack; with the others, and with every step operator, the run finds no secret.
 */
export function localSecretsFindings(
  stack: Stack,
  excerptAt: AttributeContext['excerptAt'],
): readonly LocalSecretsRemoteOrchestrator[] {
  const manager = stack.components.find(({ type, flavor }) => type === 'secrets_manager' && flavor === 'local')
  if (!manager) return []
  return stack.components.flatMap(component => {
    const outcome = outcomeOf(component)
    if (outcome === undefined || outcome === 'local') return []
    return [
      {
        kind: 'local-secrets-remote-orchestrator' as const,
        place: manager.place,
        excerpt: manager.name === undefined ? undefined : excerptAt(manager.place, { attribute: 'name' }),
        stack: stack.name,
        component: { type: manager.type, name: manager.name, flavor: manager.flavor },
        secretsManager: manager.name,
        remote: component.flavor ?? '',
        remoteType: component.type === 'step_operator' ? ('step_operator' as const) : ('orchestrator' as const),
        refused: outcome === 'refuses',
      },
    ]
  })
}

function outcomeOf(component: Component): LocalSecretsOutcome | undefined {
  if (component.flavor === undefined) return undefined
  const attributes = new Map(component.attributes.map(({ path, value }) => [path.join('.'), value]))
  return outcomeOfLocalSecrets(component.type, component.flavor, attributes)
}
