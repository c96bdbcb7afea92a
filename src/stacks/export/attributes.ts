import { keyText, mergedEntries } from '../../yaml/entries.ts'
import type { Range, YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar, YamlValue } from '../../yaml/node.ts'
import { resolve } from '../../yaml/resolve.ts'
import type { Attribute } from '../stack.ts'
import { asBraces } from './braces.ts'
import type { Reading } from './reading.ts'

export type LocatedAttribute = Attribute & { readonly range: Range }

/** Nesting that aliases make; what is written out is bounded already. */
const maxDepth = 64

/** Collects the attributes of one component, entry by entry. */
export class AttributeCollector {
  readonly attributes: LocatedAttribute[] = []
  readonly #reading: Reading
  readonly #descended = new Set<YamlValue>()

  constructor(reading: Reading) {
    this.#reading = reading
  }

  /** An entry of the configuration: its value, whatever is nested in it, and braces in its key. */
  addEntry(entry: YamlEntry, parents: readonly string[] = []): void {
    const path = [...parents, segmentOf(entry, this.#reading.source.content)]
    this.#addKey(entry.key, path)
    this.#addValue(entry.value, path)
  }

  #addValue(node: YamlNode | undefined, path: readonly string[]): void {
    const value = resolve(node)
    const braces = asBraces(value)
    if (!value || (this.#isNested(value, path) && this.#isRepeated(value))) return
    if (braces) this.#add(braces, { path, value: this.#written(braces), unquoted: true })
    else if (value.kind === 'scalar') this.#add(value.content, { path, value: value.value })
    else this.#addCollection(value, path)
  }

  #addCollection(collection: YamlMap | YamlList, path: readonly string[]): void {
    const { visit, addProblem } = this.#reading
    if (path.length >= maxDepth) {
      addProblem(`Nested deeper than ${maxDepth} levels through aliases.`, collection)
    } else if (collection.kind === 'map') {
      for (const entry of mergedEntries(collection, visit)) this.addEntry(entry, path)
    } else {
      for (const [index, item] of collection.items.entries()) {
        if (!visit(item)) return
        this.#addValue(item, [...path, String(index)])
      }
    }
  }

  #isNested(value: YamlValue, path: readonly string[]): boolean {
    return path.length > 1 || (value.kind !== 'scalar' && !asBraces(value))
  }

  /** One component shows what is nested once, however many aliases lead to it: this ends cycles and explosions. */
  #isRepeated(value: YamlValue): boolean {
    if (this.#descended.has(value)) return true
    this.#descended.add(value)
    return false
  }

  #addKey(node: YamlNode, path: readonly string[]): void {
    const key = resolve(node)
    const braces = asBraces(key)
    if (braces) this.#add(braces, { path, value: this.#written(braces), asKey: true, unquoted: true })
    else if (key) for (const scalar of scalarsOf(key, this.#reading)) this.#addKeyScalar(scalar, path)
  }

  #addKeyScalar({ value, content }: YamlScalar, path: readonly string[]): void {
    if (hasBraces(value)) this.#add(content, { path, value, asKey: true })
  }

  #add({ start, end }: Range, rest: Omit<Attribute, 'place' | 'range'>): void {
    const { placeOf, rangeOf } = this.#reading
    this.attributes.push({ ...rest, place: placeOf({ start, end }), range: rangeOf({ start, end }) })
  }

  #written({ start, end }: YamlMap): string {
    return this.#reading.source.content.slice(start, end)
  }
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

/** A scalar itself, or those written out in a key that is a map or a list. */
function* scalarsOf(node: YamlNode, reading: Reading): Generator<YamlScalar> {
  if (node.kind === 'scalar') yield node
  if (node.kind === 'scalar' || node.kind === 'alias' || !reading.visit(node)) return
  const children =
    node.kind === 'list' ? node.items : node.entries.flatMap(({ key, value }) => [key, value ?? []].flat())
  for (const child of children) yield* scalarsOf(child, reading)
}
