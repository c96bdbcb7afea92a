import { type Answer, type Backend, type BackendName, backendNames } from './backends/backend.ts'
import type { BackendOptions } from './backends/options.ts'
import { eraOf, hadCentralStore } from './catalog/era.ts'
import { secretsManagerFlavor } from './catalog/secrets-manager-flavor.ts'
import type { Settings } from './settings/settings.ts'
import type { Component, Stack } from './stacks/stack.ts'

/** Who answers for a stack's secrets. */
export type Choice =
  | { readonly kind: 'backend'; readonly name: BackendName; readonly options: BackendOptions }
  /** ZenML 0.34 – 0.52 asked its central store first, and the stack's secrets manager for what that lacked. */
  | { readonly kind: 'store-first'; readonly name: BackendName; readonly options: BackendOptions }
  /** The stack names a secrets manager of a flavor that has no backend here. */
  | { readonly kind: 'unsupported'; readonly flavor: string }
  | { readonly kind: 'none' }

/**
 * A backend chosen by name serves every stack. `auto` takes, per stack, the secrets file if one is given, else the
 * stack's own secrets manager (the central store first, where the version had both and an address is given), else the
 * one backend whose options are set. Paths and addresses inside a stack file are never followed.
 */
export function chooseBackend(stack: Stack, settings: Settings): Choice {
  const { backend, backendOptions } = settings
  const manager = secretsManagerOf(stack)
  const options = manager ? withManager(backendOptions, manager) : backendOptions
  if (backend !== 'auto') return { kind: 'backend', name: backend, options }
  if (backendOptions.local.secretsFile !== undefined) return { kind: 'backend', name: 'local', options }
  if (manager) return chooseManager(manager, settings.zenmlVersion ?? stack.zenmlVersion, options)
  const name = configuredBackend(backendOptions)
  return name === undefined ? { kind: 'none' } : { kind: 'backend', name, options }
}

export function secretsManagerOf(stack: Stack): Component | undefined {
  return stack.components.find(({ type }) => type === 'secrets_manager')
}

function chooseManager(manager: Component, version: string | undefined, options: BackendOptions): Choice {
  const flavor = secretsManagerFlavor(manager.flavor ?? '')
  if (!isBackendName(flavor)) return { kind: 'unsupported', flavor }
  const kind =
    options.zenml.url !== undefined && eraOf(version) === 'secrets-manager' && hadCentralStore(version)
      ? 'store-first'
      : 'backend'
  return { kind, name: flavor, options }
}

/** The server where its address is known, else the one other backend that was given an option of its own. */
function configuredBackend({ zenml, aws }: BackendOptions): BackendName | undefined {
  if (zenml.url !== undefined) return 'zenml'
  return aws.region === undefined ? undefined : 'aws'
}

/** What the file says about the manager is more exact than the settings, which serve files that do not say it. */
function withManager(options: BackendOptions, manager: Component): BackendOptions {
  const componentId = manager.id ?? options.local.componentId
  const scope = textOf(manager, 'scope') ?? options.aws.scope
  const namespace = textOf(manager, 'namespace') ?? options.aws.namespace
  const region = textOf(manager, 'region_name') ?? options.aws.region
  return {
    ...options,
    // One file serves all stacks, whatever managers they name: one backend, asked once.
    local: options.local.secretsFile === undefined ? { ...options.local, componentId } : options.local,
    aws: { ...options.aws, componentId, scope, namespace, region },
  }
}

function textOf({ attributes }: Component, name: string): string | undefined {
  const found = attributes.findLast(({ path, asKey }) => path.length === 1 && path[0] === name && !asKey)
  return typeof found?.value === 'string' && found.value !== '' ? found.value : undefined
}

function isBackendName(name: string): name is BackendName {
  return (backendNames as readonly string[]).includes(name)
}

/** Stands in for a secrets manager nobody here can ask: every name is `unverified`, never missing. */
export function unsupportedBackend(flavor: string): Backend {
  const reason =
    'There is no backend for a secrets manager of this flavor; choose where to look with the option backend or secrets-file.'
  return {
    name: flavor,
    description: `a secrets manager of flavor ${flavor === '' ? '(none)' : flavor}`,
    lookUp: async names => new Map(names.map(name => [name, { kind: 'unverified', reason } satisfies Answer])),
  }
}
