import { keyText, mapsOf, mergedEntries } from '../../yaml/entries.ts'
import type { YamlMap, YamlNode } from '../../yaml/node.ts'
import { resolve } from '../../yaml/resolve.ts'
import { componentTypes } from '../component-types.ts'
import type { Stack } from '../stack.ts'
import { type ReadComponent, readComponent } from './read-component.ts'
import type { Reading } from './reading.ts'
import { textField } from './text-field.ts'

/** The stack that a map at the top of a document describes; `undefined` for a document of another program. */
export function readStack(root: YamlMap, reading: Reading): Stack | undefined {
  const fields = new Map<string, YamlNode | undefined>()
  const slots: Slot[] = []
  for (const entry of mergedEntries(root, reading.visit)) {
    const key = keyText(entry)
    if (key !== 'stack_name' && key !== 'zenml_version' && key !== 'components') continue
    fields.set(key, entry.value)
    if (key !== 'components') continue
    const found = slotsOf(entry.value, reading)
    if (!found) return undefined
    slots.push(...found)
  }
  // Large files of other programs, such as API descriptions, end here, before anything below is read.
  if (!fields.has('components') || (slots.length > 0 && !slots.some(isKnown))) return undefined
  const components = slots.flatMap(slot => readSlot(slot, reading))
  if (!isOurs({ fields, slots, components })) return undefined
  const name = textField('stack_name', fields.get('stack_name'), reading)
  return {
    name: name?.value,
    zenmlVersion: textField('zenml_version', fields.get('zenml_version'), reading)?.value,
    place: name?.place ?? reading.placeOf(root),
    components: components.map(({ component }) => component),
  }
}

/** What stands at one place below `components`: under its type, or in one list of all, where each names its own. */
interface Slot {
  readonly type: string | undefined
  readonly node: YamlNode | undefined
}

/** `undefined` where `components` is neither a map nor a list nor empty. */
function slotsOf(node: YamlNode | undefined, reading: Reading): readonly Slot[] | undefined {
  const value = resolve(node)
  if (!value || (value.kind === 'scalar' && value.value === null)) return []
  if (value.kind === 'scalar') return undefined
  if (value.kind === 'list') return [...mapsOf(value, reading.visit)].map(map => ({ type: undefined, node: map }))
  return [...mergedEntries(value, reading.visit)].map(entry => ({ type: keyText(entry) ?? '', node: entry.value }))
}

function isKnown({ type }: Slot): boolean {
  return type === undefined || componentTypes.has(type)
}

/** ZenML writes one component, or since 0.94 a list of them. Null, and whatever is no map, is no component. */
function readSlot({ type, node }: Slot, reading: Reading): readonly ReadComponent[] {
  return [...mapsOf(node, reading.visit)].map(map => readComponent(type, map, reading))
}

interface Draft {
  readonly fields: ReadonlyMap<string, unknown>
  readonly slots: readonly Slot[]
  readonly components: readonly ReadComponent[]
}

/**
 * Whether a document is ZenML's. All three marks of an export are rarely missing in one written by hand, but any one
 * may be: `zenml_version` proves it with components of known types or none; `stack_name` needs a known component with a
 * flavor beside it; without both, there must be such a component and none of an unknown type.
 */
function isOurs({ fields, slots, components }: Draft): boolean {
  const known = components.filter(({ component }) => componentTypes.has(component.type))
  const isFlavored = known.some(({ flavored }) => flavored)
  if (fields.has('zenml_version'))
    return slots.length === 0 || known.length > 0 || slots.some(({ type }) => type !== undefined)
  if (fields.has('stack_name')) return isFlavored
  const isForeign = slots.some(slot => !isKnown(slot)) || known.length < components.length
  return isFlavored && !isForeign
}
