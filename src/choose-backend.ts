import { type Answer, type Backend, type BackendName, backendNames } from './backends/backend.ts'
import type { BackendOptions } from './backends/options.ts'
import type { ScopeOptions } from './backends/secrets-manager/read-scope.ts'
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
 * one backend whose options are set. A secrets file does not stand in for the server that a stack is registered on.
 * Paths and addresses inside a stack are never followed. What is needed outside any stack follows the same order
 * without the manager.
 */
export function chooseBackend(stack: Stack | undefined, settings: Settings): Choice {
  const { backend, backendOptions } = settings
  const manager = stack && secretsManagerOf(stack)
  const options = manager ? withManager(backendOptions, manager) : backendOptions
  if (backend !== 'auto') return { kind: 'backend', name: backend, options }
  if (backendOptions.local.secretsFile !== undefined && !(stack && isRegistered(stack)))
    return { kind: 'backend', name: 'local', options }
  if (stack && manager) return chooseManager(manager, versionOf(stack, settings), options)
  const name = configuredBackend(backendOptions)
  return name === undefined ? { kind: 'none' } : { kind: 'backend', name, options }
}

/** The version the settings say, else that of the file; a server knows its own. */
export function versionOf(stack: Stack, { zenmlVersion }: Pick<Settings, 'zenmlVersion'>): string | undefined {
  return isRegistered(stack) ? stack.zenmlVersion : (zenmlVersion ?? stack.zenmlVersion)
}

function isRegistered({ place }: Stack): boolean {
  return 'url' in place
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
function configuredBackend({ zenml, aws, gcp, azure, vault, github }: BackendOptions): BackendName | undefined {
  if (zenml.url !== undefined) return 'zenml'
  const given: readonly (readonly [BackendName, string | undefined])[] = [
    ['aws', aws.region],
    ['gcp', gcp.project],
    ['azure', azure.vaultUrl],
    ['vault', vault.url],
    ['github', github.repository],
  ]
  const [only, ...others] = given.filter(([, option]) => option !== undefined)
  return others.length === 0 ? only?.[0] : undefined
}

/**
 * What the file says about the manager is more exact than the settings, which serve files that do not say it. Of what
 * it says only names are taken; addresses and credentials never are.
 */
function withManager(options: BackendOptions, manager: Component): BackendOptions {
  const { local, aws, gcp, azure, vault, github } = options
  const scoped = scopeOf(options, manager)
  const [owner, repository] = [textOf(manager, 'owner'), textOf(manager, 'repository')]
  return {
    ...options,
    // One file serves all stacks, whatever managers they name: one backend, asked once.
    local: local.secretsFile === undefined ? { ...local, componentId: manager.id ?? local.componentId } : local,
    aws: { ...aws, ...scoped, region: textOf(manager, 'region_name') ?? aws.region },
    gcp: { ...gcp, ...scoped, project: textOf(manager, 'project_id') ?? gcp.project },
    azure: { ...azure, ...scoped, vaultName: textOf(manager, 'key_vault_name') },
    vault: { ...vault, ...scoped, mount: textOf(manager, 'mount_point') ?? vault.mount },
    github: owner && repository ? { ...github, repository: `${owner}/${repository}` } : github,
  }
}

/** Managers that differ only in an id which names nothing are one backend, asked once. */
function scopeOf({ aws }: BackendOptions, manager: Component): ScopeOptions {
  const scope = textOf(manager, 'scope') ?? aws.scope
  const namespace = textOf(manager, 'namespace') ?? aws.namespace
  const isOwn = scope === undefined || scope === 'component'
  return { scope, namespace, componentId: isOwn ? (manager.id ?? aws.componentId) : undefined }
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
