import { type Flavor, findFlavor } from '../catalog/catalog.ts'
import { eraOf } from '../catalog/era.ts'
import type { RegisteredCodeRepository } from '../zenml/code-repositories.ts'
import type { RegisteredFlavor } from '../zenml/flavors.ts'
import type { RegisteredComponent, RegisteredStack } from '../zenml/stacks.ts'
import { hasBraces } from './export/attributes.ts'
import type { Attribute, Component, Place, Stack } from './stack.ts'

/** A stack as its server has it. The places of its parts are their pages there; the components it may not show are left out. */
export function stackOfServer({ name, zenmlVersion, url, components }: RegisteredStack): Stack {
  return { name, zenmlVersion, place: { url }, components: components.flatMap(readComponent) }
}

function readComponent({ id, name, visible, url }: RegisteredComponent): readonly Component[] {
  if (!visible) return []
  const { type, flavor, configuration } = visible
  const place = { url }
  const nameAttribute = hasBraces(name) ? { path: ['name'], value: name, place } : undefined
  return [{ type, name, flavor, id, place, attributes: attributesOf(configuration, place), nameAttribute }]
}

/** A code repository as the component that the command line registers it as. */
export function codeRepositoryOfServer({
  id,
  name,
  type: flavor,
  configuration,
  url,
}: RegisteredCodeRepository): Component {
  const place = { url }
  const attributes = attributesOf(configuration, place)
  return { type: 'code_repository', name, flavor, id, place, attributes, nameAttribute: undefined }
}

/** Far beyond what any flavor nests. */
const maxDepth = 64

/** The scalars of a configuration, nested ones too, and the keys that hold braces. What is nested deeper is left out. */
export function attributesOf(configuration: unknown, place: Place): readonly Attribute[] {
  const attributes: Attribute[] = []
  const add = (value: unknown, path: readonly string[]): void => {
    if (isScalar(value)) attributes.push({ path, value, place })
    else if (path.length < maxDepth)
      for (const [key, entry] of Object.entries(Object(value))) addEntry(key, entry, path)
  }
  const addEntry = (key: string, value: unknown, parents: readonly string[]): void => {
    const path = [...parents, key]
    if (hasBraces(key)) attributes.push({ path, value: key, place, asKey: true })
    add(value, path)
  }
  add(configuration, [])
  return attributes
}

function isScalar(value: unknown): value is Attribute['value'] {
  return value === null || typeof value !== 'object'
}

/**
 * What is known about the flavors of a server: which attributes are sensitive and take no text, by their schemas there,
 * custom flavors included; what only ZenML's code tells, as ZenML ships it. A flavor the server does not list is known by
 * the latter alone.
 */
export function flavorsOfServer(
  registered: readonly RegisteredFlavor[],
  zenmlVersion: string,
): (type: string, name: string) => Flavor | undefined {
  const era = eraOf(zenmlVersion)
  const byName = new Map(registered.map(flavor => [keyOf(flavor.type, flavor.name), flavor]))
  const known = new Map<string, Flavor | undefined>()
  return (type, name) => {
    const key = keyOf(type, name)
    if (known.has(key)) return known.get(key)
    const flavor = byName.get(key)
    const shipped = flavor?.isCustom ? undefined : findFlavor(era, type, name)
    const merged = flavor ? merge(flavor, shipped) : shipped
    known.set(key, merged)
    return merged
  }
}

function keyOf(type: string, name: string): string {
  return JSON.stringify([type, name])
}

function merge({ type, name, attributes }: RegisteredFlavor, shipped: Flavor | undefined): Flavor {
  const named = [...attributes]
  const noText = named.filter(([, { takesText }]) => !takesText).map(([attribute]) => [attribute, 'type'] as const)
  return {
    type,
    name,
    sensitive: new Set(named.filter(([, { isSensitive }]) => isSensitive).map(([attribute]) => attribute)),
    refusesReferences: new Map([...noText, ...(shipped?.refusesReferences ?? [])]),
    resolvedWhileBuilt: shipped?.resolvedWhileBuilt ?? new Set(),
    secretNames: shipped?.secretNames ?? new Map(),
  }
}
