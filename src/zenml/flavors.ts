import { fields, layered, text, uuid } from './json.ts'
import { listAll } from './pages.ts'
import type { ZenmlResult } from './result.ts'
import type { ZenmlServer } from './server.ts'

/** A flavor as the server knows it, custom ones too. */
export interface RegisteredFlavor {
  readonly type: string
  readonly name: string
  readonly isCustom: boolean
  readonly attributes: ReadonlyMap<string, FlavorAttribute>
}

export interface FlavorAttribute {
  readonly isSensitive: boolean
  /** Whether a text can be its value at all; where the schema does not tell, it can. */
  readonly takesText: boolean
}

/** Every flavor there is; about 80 built-in ones in 300 KB. */
export async function readFlavors(
  server: ZenmlServer,
  signal: AbortSignal,
): Promise<ZenmlResult<readonly RegisteredFlavor[]>> {
  const list = { path: ['flavors'], query: [['hydrate', 'true']] as const, size: 1000, item: flavorItem, signal }
  const { items, trouble } = await listAll(server, list)
  return trouble ? { trouble } : { value: items.map(({ flavor }) => flavor) }
}

function flavorItem(
  item: ReadonlyMap<string, unknown>,
): { readonly id: string; readonly flavor: RegisteredFlavor } | undefined {
  const id = uuid(item.get('id'))
  const name = text(item.get('name'))
  const type = text(layered(item, 'type'))
  const schema = fields(layered(item, 'config_schema'))
  if (id === undefined || name === undefined || type === undefined || !schema) return undefined
  const properties = fields(schema.get('properties')) ?? new Map<string, unknown>()
  const definitions = fields(schema.get('$defs')) ?? new Map<string, unknown>()
  const attributes = [...properties].map(([attribute, property]): [string, FlavorAttribute] => {
    const choices = choicesOf(property, definitions)
    return [attribute, { isSensitive: choices.some(isSensitive), takesText: choices.some(takesText) }]
  })
  const isCustom = layered(item, 'is_custom') === true
  return { id, flavor: { type, name, isCustom, attributes: new Map(attributes) } }
}

type Schema = ReadonlyMap<string, unknown>

/** A property's schema itself and what it may be instead: the members of `anyOf`, and what they refer to. */
function choicesOf(property: unknown, definitions: ReadonlyMap<string, unknown>): readonly Schema[] {
  const schema = fields(property)
  if (!schema) return []
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap(word => schema.get(word) ?? [])
  return [schema, ...branches.flatMap(branch => fields(branch) ?? [])].map(choice => {
    const name = /^#\/\$defs\/(.+)$/.exec(text(choice.get('$ref')) ?? '')?.[1]
    return (name === undefined ? undefined : fields(definitions.get(name))) ?? choice
  })
}

/** `sensitive` marks ZenML's own secret fields, the format `password` those of pydantic. */
function isSensitive(schema: Schema): boolean {
  return schema.get('sensitive') === true || schema.get('format') === 'password'
}

function takesText(schema: Schema): boolean {
  if (['anyOf', 'oneOf', 'allOf'].some(word => schema.has(word))) return false
  const type = schema.get('type')
  return type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'))
}
