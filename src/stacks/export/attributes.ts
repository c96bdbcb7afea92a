import { keyText, mergedEntries } from '../../yaml/entries.ts'
import type { Range, YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar, YamlValue } from '../../yaml/node.ts'
import { resolve } from '../../yaml/resolve.ts'
import type { Attribute } from '../stack.ts'
import { asBraces } from './braces.ts'
import type { Reading } from './reading.ts'

/** Collects the attributes of one component, in whatever order its entries come. */
export interface AttributeCollector {
  /** An entry of the configuration: its value, whatever is nested in it, and braces in its key. */
  addEntry(entry: YamlEntry): void
  readonly attributes: readonly LocatedAttribute[]
}

export type LocatedAttribute = Attribute & { readonly range: Range }

/** Nesting that aliases make; what is written out is bounded already. */
const maxDepth = 64

export function createCollector(reading: Reading): AttributeCollector {
  const attributes: LocatedAttribute[] = []
  const descended = new Set<YamlValue>()
  const { source, visit } = reading

  function add(range: Range, rest: Omit<Attribute, 'place' | 'range'>): void {
    attributes.push({ ...rest, place: reading.placeOf(range), range: { start: range.start, end: range.end } })
  }

  function addEntry(entry: YamlEntry, parents: readonly string[] = []): void {
    const path = [...parents, segmentOf(entry, source.content)]
    addKey(entry.key, path)
    addValue(entry.value, path)
  }

  function addValue(node: YamlNode | undefined, path: readonly string[]): void {
    const value = resolve(node)
    const braces = asBraces(value)
    if (!value || ((path.length > 1 || (value.kind !== 'scalar' && !braces)) && isRepeated(value))) return
    if (braces) add(braces, { path, value: written(braces), unquoted: true })
    else if (value.kind === 'scalar') add(value.content, { path, value: value.value })
    else if (path.length >= maxDepth)
      reading.addProblem(`Nested deeper than ${maxDepth} levels through aliases.`, value)
    else if (value.kind === 'map') for (const entry of mergedEntries(value, visit)) addEntry(entry, path)
    else addItems(value, path)
  }

  function addItems({ items }: YamlList, path: readonly string[]): void {
    for (const [index, item] of items.entries()) {
      if (!visit(item)) return
      addValue(item, [...path, String(index)])
    }
  }

  /** One component shows what is nested once, however many aliases lead to it: this ends cycles and explosions. */
  function isRepeated(value: YamlValue): boolean {
    if (descended.has(value)) return true
    descended.add(value)
    return false
  }

  function addKey(node: YamlNode, path: readonly string[]): void {
    const key = resolve(node)
    const braces = asBraces(key)
    if (braces) add(braces, { path, value: written(braces), asKey: true, unquoted: true })
    else if (key?.kind === 'scalar') addKeyScalar(key, path)
    else if (key) for (const scalar of scalarsOf(key)) addKeyScalar(scalar, path)
  }

  function addKeyScalar(key: YamlScalar, path: readonly string[]): void {
    if (hasBraces(key.value)) add(key.content, { path, value: key.value, asKey: true })
  }

  function written({ start, end }: YamlMap): string {
    return source.content.slice(start, end)
  }

  /** The scalars written out in a key that is a map or a list. */
  function* scalarsOf(node: YamlNode): Generator<YamlScalar> {
    if (!visit(node)) return
    if (node.kind === 'scalar') yield node
    if (node.kind === 'list') for (const item of node.items) yield* scalarsOf(item)
    if (node.kind !== 'map') return
    for (const { key, value } of node.entries) {
      yield* scalarsOf(key)
      if (value) yield* scalarsOf(value)
    }
  }

  return { attributes, addEntry: entry => addEntry(entry) }
}

/** Whether a value may hold a reference, as far as a glance shows. */
export function hasBraces(value: unknown): value is string {
  return typeof value === 'string' && value.includes('{{')
}

const maxSegment = 200

/** A key as one element of a path; the text as written, shortened, for a key that is a map or a list. */
function segmentOf(entry: YamlEntry, content: string): string {
  const { start, end } = entry.key
  return keyText(entry) ?? content.slice(start, Math.min(end, start + maxSegment))
}
