import { join, resolve } from 'node:path'
import type { Backend } from './backends/backend.ts'
import type { BackendOptions } from './backends/options.ts'
import type { Choice } from './choose-backend.ts'
import type { UntrustedEndpoint } from './validation/finding.ts'
import type { NamedAddress } from './validation/named-address.ts'

export interface Asked {
  readonly choice: Choice | undefined
  /** `undefined` where nothing was asked. */
  readonly backend: Backend | undefined
  /** Where relative paths start. */
  readonly root: string
}

/**
 * One finding where a stack's secrets manager says that its secrets are elsewhere than where they were looked up. Where
 * another kind of backend was asked, what the manager says does not matter.
 */
export function untrustedEndpoints(
  named: NamedAddress | undefined,
  { choice, backend, root }: Asked,
): readonly UntrustedEndpoint[] {
  if (!named || !backend || !choice || !('name' in choice) || choice.name !== named.flavor) return []
  const { address, isUsed, used } = compare[named.flavor](named.value, choice.options, root)
  if (isUsed) return []
  const { place, excerpt, stack, component, attribute } = named
  return [
    {
      kind: 'untrusted-endpoint',
      address,
      option: options[named.flavor],
      backend: used === undefined ? undefined : backend.description,
      place,
      excerpt,
      stack,
      component,
      attribute,
    },
  ]
}

const options = { vault: 'vault-url', azure: 'azure-vault-url', local: 'secrets-file' } as const

interface Comparison {
  /** What is named, without credentials. */
  readonly address: string
  readonly isUsed: boolean
  /** What the settings say; `undefined` for nothing. */
  readonly used: string | undefined
}

const compare = {
  vault: (named, { vault }) => {
    const address = webAddress(named)
    return { address, isUsed: vault.url !== undefined && address === webAddress(vault.url), used: vault.url }
  },
  /** A vault's name is the first part of its host. */
  azure: (named, { azure }) => {
    const used = azure.vaultUrl
    const host = used !== undefined && URL.canParse(used) ? new URL(used).hostname : undefined
    return { address: named, isUsed: host?.split('.', 1)[0] === named.toLowerCase(), used }
  },
  /** Exports of ZenML 0.13 all name a file of the machine they were made on; who gives another one knows that. */
  local: (named, { local: { secretsFile, localStores, componentId } }, root) => {
    const id = componentId?.toLowerCase() ?? ''
    const used = /^[\da-f-]{36}$/.test(id) ? join(localStores, id, 'secrets.yaml') : undefined
    return { address: named, isUsed: secretsFile !== undefined || resolve(root, named) === used, used }
  },
} satisfies Record<NamedAddress['flavor'], (named: string, options: BackendOptions, root: string) => Comparison>

/** An address without user name, password, query and fragment, which may be credentials, and without slashes at its end. */
function webAddress(text: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return text.includes('@') ? '(hidden)' : (text.split(/[?#]/, 1)[0] ?? '')
  return `${url.origin}${url.pathname.replace(/\/{1,100}$/, '')}`
}
