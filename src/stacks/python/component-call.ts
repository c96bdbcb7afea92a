import { componentTypes } from '../component-types.ts'
import type { Attribute } from '../stack.ts'
import { argumentOf } from './arguments.ts'
import type { Collected } from './collected.ts'
import { type Call, type Entry, type Item, lastPart, type Stretch, type Value } from './value.ts'

/** Position of each argument of ZenML's two methods; -1 for none. */
const positions = {
  create_stack_component: { name: 0, flavor: 1, type: 2, configuration: 3 },
  update_stack_component: { name: 0, flavor: -1, type: 1, configuration: 3 },
} as const

/** `client.create_stack_component(name=…, flavor=…, component_type=…, configuration={…})`, or the one that updates. */
export function readComponentCall(call: Call, collected: Collected): void {
  const { callee, items, offset } = call
  const method = callee.kind === 'method' ? callee.name : callee.kind === 'name' ? lastPart(callee.path) : ''
  const at = positions[method === 'update_stack_component' ? method : 'create_stack_component']
  const configuration = argumentOf(items, ['configuration'], at.configuration)
  const name = argumentOf(items, ['name', 'name_id_or_prefix'], at.name)
  const type = typeOf(argumentOf(items, ['component_type'], at.type)?.value)
  if (type === undefined && configuration?.value.kind !== 'dict') return
  const named = name && collected.nameOf(name)
  const known = named && !named.isTemplated ? named : undefined
  collected.addComponent(offset, {
    type: type ?? '',
    name: known?.text,
    flavor: textOf(argumentOf(items, ['flavor'], at.flavor)?.value),
    id: undefined,
    place: collected.placeOf(known ?? call),
    attributes: configuration ? attributesOf(configuration, collected) : [],
    nameAttribute: known?.text.includes('{{')
      ? attribute(['name'], known, { value: known.text, collected })
      : undefined,
  })
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'text' ? value.text : undefined
}

/** `StackComponentType.ALERTER`, its `value`, or the text itself. */
function typeOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'name') return textOf(value)
  const parts = value.path.split('.')
  const type = parts[parts.lastIndexOf('StackComponentType') + 1]?.toLowerCase() ?? ''
  return componentTypes.has(type) ? type : undefined
}

const maxDepth = 32

/** All values of a configuration, nested ones too; those that only running the program would tell are templated. */
function attributesOf(item: Item, collected: Collected, path: readonly string[] = []): readonly Attribute[] {
  const { value } = item
  if (path.length > maxDepth || !collected.visit()) return []
  if (value.kind === 'dict') return value.entries.flatMap(entry => entryAttributes(entry, collected, path))
  if (value.kind !== 'list') return path.length > 0 ? [attributeOf(item, path, collected)] : []
  return value.items.flatMap((each, index) => attributesOf(each, collected, [...path, String(index)]))
}

function entryAttributes(entry: Entry, collected: Collected, parents: readonly string[]): readonly Attribute[] {
  const { key, keyStretch } = entry
  const [name, stretch] = key.kind === 'text' ? [key.text, key] : [collected.written(keyStretch), keyStretch]
  const path = [...parents, name]
  const values = attributesOf(entry, collected, path)
  if (!name.includes('{{')) return values
  return [{ ...attribute(path, stretch, { value: name, collected }), asKey: true }, ...values]
}

function attributeOf(item: Item, path: readonly string[], collected: Collected): Attribute {
  const { value } = item
  if (value.kind === 'text') return attribute(path, value, { value: value.text, collected })
  if (value.kind === 'constant') return attribute(path, value, { value: value.value, collected })
  const stretch = value.kind === 'templated' ? value : { start: item.start, end: item.end }
  return { ...attribute(path, stretch, { value: collected.written(stretch), collected }), templated: true }
}

interface Content {
  readonly value: Attribute['value']
  readonly collected: Collected
}

function attribute(path: readonly string[], { start, end }: Stretch, { value, collected }: Content): Attribute {
  const stretch = { start, end }
  return { path, value, place: collected.placeOf(stretch), range: collected.rangeOf(stretch) }
}
