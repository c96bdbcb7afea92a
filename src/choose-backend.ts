import { type Answer, type Backend, type BackendName, backendNames } from './backends/backend.ts'
import type { BackendOptions } from './backends/options.ts'
import { secretsManagerFlavor } from './catalog/secrets-manager-flavor.ts'
import type { Settings } from './settings/settings.ts'
import type { Component, Stack } from './stacks/stack.ts'

/** Who answers for a stack's secrets. */
export type Choice =
  | { readonly kind: 'backend'; readonly name: BackendName; readonly options: BackendOptions }
  /** The stack names a secrets manager of a flavor that has no backend here. */
  | { readonly kind: 'unsupported'; readonly flavor: string }
  | { readonly kind: 'none' }

/**
 * A backend chosen by name serves every stack. `auto` takes, per stack, the secrets file if one is given, else the
 * stack's own secrets manager, else nothing. Paths and addresses inside a stack file are never followed.
 */
export function chooseBackend(stack: Stack, { backend, backendOptions }: Settings): Choice {
  const manager = secretsManagerOf(stack)
  const options = withComponentId(backendOptions, manager)
  if (backend !== 'auto') return { kind: 'backend', name: backend, options }
  if (backendOptions.local.secretsFile !== undefined) return { kind: 'backend', name: 'local', options }
  if (!manager) return { kind: 'none' }
  const flavor = secretsManagerFlavor(manager.flavor ?? '')
  return isBackendName(flavor) ? { kind: 'backend', name: flavor, options } : { kind: 'unsupported', flavor }
}

export function secretsManagerOf(stack: Stack): Component | undefined {
  return stack.components.find(({ type }) => type === 'secrets_manager')
}

/** The id in the file is that stack's own; the setting serves files that hold none. */
function withComponentId(options: BackendOptions, manager: Component | undefined): BackendOptions {
  const componentId = manager?.id ?? options.local.componentId
  return { ...options, local: { ...options.local, componentId } }
}

function isBackendName(name: string): name is BackendName {
  return (backendNames as readonly string[]).includes(name)
}

/** Stands in for a secrets manager nobody here can ask: every name is `unverified`, never missing. */
export function unsupportedBackend(flavor: string): Backend {
  const reason = `There is no backend for a secrets manager of this flavor; choose where to look with --backend or --secrets-file.`
  return {
    name: flavor,
    description: `a secrets manager of flavor ${flavor === '' ? '(none)' : flavor}`,
    lookUp: async names => new Map(names.map(name => [name, { kind: 'unverified', reason } satisfies Answer])),
  }
}
