import { keyText, mergedEntries } from '../../yaml/entries.ts'
import type { YamlEntry, YamlMap, YamlNode } from '../../yaml/node.ts'
import { resolve } from '../../yaml/resolve.ts'
import type { Component } from '../stack.ts'
import { AttributeCollector, hasBraces } from './attributes.ts'
import { asBraces } from './braces.ts'
import type { Reading } from './reading.ts'
import { textField } from './text-field.ts'

export interface ReadComponent {
  readonly component: Component
  /** It has an entry `flavor`, legible or not. */
  readonly flavored: boolean
}

/** What exports write beside the configuration, those of ZenML 0.20 – 0.22 the most. */
const recordKeys: ReadonlySet<string> = new Set(['name', 'flavor', 'type', 'id', 'is_shared', 'user', 'uuid'])

/**
 * Reads one component in whichever layout it is written: with a `configuration`, whose entries are the attributes, or
 * flat (ZenML 0.13 and before), where everything beside the record's own keys is one. Beside a `configuration` only
 * what holds braces is taken: ZenML does not read it, but who wrote it expects it to. Without a `type` given, the
 * component's own field says it.
 */
export function readComponent(type: string | undefined, map: YamlMap, reading: Reading): ReadComponent {
  const fields = new Map<string, YamlNode | undefined>()
  const inside = new AttributeCollector(reading)
  const beside = new AttributeCollector(reading)
  let isFlat = true
  for (const entry of mergedEntries(map, reading.visit)) {
    const key = keyText(entry)
    if (key === 'configuration') {
      isFlat = !readConfiguration(entry, inside, reading) && isFlat
    } else if (key !== undefined && recordKeys.has(key)) {
      fields.set(key, entry.value)
    } else {
      beside.addEntry(entry)
    }
  }
  const others = isFlat ? beside.attributes : beside.attributes.filter(({ value }) => hasBraces(value))
  const name = textField('name', fields.get('name'), reading)
  const component: Component = {
    type: type ?? textField('type', fields.get('type'), reading)?.value ?? '',
    name: name?.value,
    flavor: readFlavor(fields.get('flavor'), reading),
    id: textField('id', fields.get('id'), reading)?.value,
    place: name?.place ?? reading.placeOf(map),
    attributes: [...inside.attributes, ...others].toSorted((a, b) => a.range.start - b.range.start),
    nameAttribute: hasBraces(name?.value) ? name : undefined,
  }
  return { component, flavored: fields.has('flavor') }
}

/** Whether the entry is a configuration at all, an empty one included; anything else is an attribute of that name. */
function readConfiguration(entry: YamlEntry, collector: AttributeCollector, reading: Reading): boolean {
  const value = resolve(entry.value)
  if (!value || (value.kind === 'scalar' && value.value === null)) return true
  if (value.kind !== 'map' || asBraces(value)) {
    collector.addEntry(entry)
    return false
  }
  for (const attribute of mergedEntries(value, reading.visit)) collector.addEntry(attribute)
  return true
}

/** A flavor's name; some versions may have written the flavor as a map that holds it. */
function readFlavor(node: YamlNode | undefined, reading: Reading): string | undefined {
  const value = resolve(node)
  if (value?.kind !== 'map' || asBraces(value)) return textField('flavor', node, reading)?.value
  let name: string | undefined
  for (const entry of mergedEntries(value, reading.visit)) {
    if (keyText(entry) === 'name') name = textField('name', entry.value, reading)?.value
  }
  return name
}
