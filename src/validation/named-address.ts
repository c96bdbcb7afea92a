import { secretsManagerFlavor } from '../catalog/secrets-manager-flavor.ts'
import type { Component, Place, Stack } from '../stacks/stack.ts'
import type { Excerpt } from '../text/excerpt.ts'
import type { AttributeContext } from './attribute-context.ts'
import type { ComponentId } from './use.ts'

/** The attribute by which a secrets manager says where its secrets are; of the others only names matter. */
const addressAttributes = { vault: 'url', azure: 'key_vault_name', local: 'secrets_file' } as const

/** Where a secrets manager says that its secrets are: an address, a vault or a path, none of which is ever followed. */
export interface NamedAddress {
  readonly flavor: keyof typeof addressAttributes
  /** As written: it may hold a credential. */
  readonly value: string
  readonly place: Place
  /** Without the value. */
  readonly excerpt: Excerpt | undefined
  readonly stack: string | undefined
  readonly component: ComponentId
  readonly attribute: string
}

/** `undefined` where the stack has no such manager, or where what it names is left for somebody to fill in. */
export function namedAddress(stack: Stack, excerptAt: AttributeContext['excerptAt']): NamedAddress | undefined {
  const manager = stack.components.find(({ type }) => type === 'secrets_manager')
  const flavor = secretsManagerFlavor(manager?.flavor ?? '')
  if (!manager || !isAddressed(flavor)) return undefined
  const attribute = addressAttributes[flavor]
  const found = lastOf(manager, attribute)
  if (typeof found?.value !== 'string' || found.templated || isLeftOpen(found.value)) return undefined
  return {
    flavor,
    value: found.value,
    place: found.place,
    excerpt: excerptAt(found.place, { masked: true, attribute }),
    stack: stack.name,
    component: { type: manager.type, name: manager.name, flavor: manager.flavor },
    attribute,
  }
}

/** Of a key that is there twice, the last one counts. */
function lastOf({ attributes }: Component, name: string) {
  return attributes.findLast(({ path, asKey }) => path.length === 1 && path[0] === name && !asKey)
}

/** Nothing at all, or what somebody or some program is to fill in. */
function isLeftOpen(value: string): boolean {
  return /^\s*$|^[$<]|\$\{|\{\{|\{%/.test(value)
}

function isAddressed(flavor: string): flavor is keyof typeof addressAttributes {
  return Object.hasOwn(addressAttributes, flavor)
}
