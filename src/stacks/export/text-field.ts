import type { YamlNode } from '../../yaml/node.ts'
import { resolve } from '../../yaml/resolve.ts'
import type { LocatedAttribute } from './attributes.ts'
import { asBraces } from './braces.ts'
import type { Reading } from './reading.ts'

/** A field that ZenML takes for a text. */
export type TextField = LocatedAttribute & { readonly value: string }

/**
 * What a node says as a text: a scalar's value, or what is written where YAML reads a number or a boolean (`0.30`), or
 * `{{a.b}}` without quotes. `undefined` for null, a map and a list.
 */
export function textField(field: string, node: YamlNode | undefined, reading: Reading): TextField | undefined {
  const value = resolve(node)
  const braces = asBraces(value)
  const range = braces ?? (value?.kind === 'scalar' && value.value !== null ? value.content : undefined)
  if (!range) return undefined
  const { start, end } = range
  const written = reading.source.content.slice(start, end)
  return {
    path: [field],
    value: value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : written,
    place: reading.placeOf(range),
    range: reading.rangeOf(range),
    ...(braces && { unquoted: true }),
  }
}
