import { parseReference } from '../../references/grammar.ts'
import { keyText, mergedEntries } from '../../yaml/entries.ts'
import type { YamlEntry, YamlMap, YamlNode } from '../../yaml/node.ts'
import { resolve } from '../../yaml/resolve.ts'
import { AttributeCollector, type LocatedAttribute } from '../export/attributes.ts'
import type { Reading } from '../export/reading.ts'
import type { Component, NamedSecret } from '../stack.ts'

export interface ReadPipeline {
  readonly secrets: readonly NamedSecret[]
  /** What stands in environments and settings, as a component of the type `pipeline`; `undefined` where nothing does. */
  readonly component: Component | undefined
}

/**
 * Reads what one run configuration says of secrets, for the pipeline and for each of its steps: its lists of secrets,
 * whole references in settings, which ZenML resolves when a setting is read, and all other texts of settings and
 * environments, where it resolves nothing.
 */
export function readPipeline(root: YamlMap, reading: Reading): ReadPipeline {
  const secrets: Placed[] = []
  const collector = new AttributeCollector(reading)
  readLevel(root, { parents: [], secrets, collector, reading })
  const references = collector.attributes.filter(attribute => referenceIn(attribute))
  const attributes = collector.attributes.filter(attribute => !referenceIn(attribute))
  const component: Component = {
    type: 'pipeline',
    name: undefined,
    flavor: undefined,
    id: undefined,
    place: reading.placeOf(root),
    attributes: attributes.toSorted((a, b) => a.range.start - b.range.start),
    nameAttribute: undefined,
  }
  const placed = [...secrets, ...references.flatMap(attribute => referenceIn(attribute) ?? [])]
  return {
    secrets: placed.toSorted((a, b) => a.start - b.start).map(({ named }) => named),
    component: attributes.length > 0 ? component : undefined,
  }
}

interface Placed {
  readonly start: number
  readonly named: NamedSecret
}

/** The pipeline, or one step of it. */
interface Level {
  readonly parents: readonly string[]
  readonly secrets: Placed[]
  readonly collector: AttributeCollector
  readonly reading: Reading
}

function readLevel(map: YamlMap, level: Level): void {
  const { parents, collector, reading } = level
  for (const entry of mergedEntries(map, reading.visit)) {
    const key = keyText(entry)
    if (key === 'secrets') level.secrets.push(...listed(entry.value, level))
    else if (key === 'settings' || key === 'environment') collector.addEntry(entry, parents)
    else if (key === 'steps' && parents.length === 0) readSteps(entry, level)
  }
}

function readSteps({ value }: YamlEntry, level: Level): void {
  const steps = resolve(value)
  if (steps?.kind !== 'map') return
  for (const entry of mergedEntries(steps, level.reading.visit)) {
    const step = resolve(entry.value)
    if (step?.kind === 'map') readLevel(step, { ...level, parents: ['steps', keyText(entry) ?? ''] })
  }
}

/** The names in a list of secrets. ZenML takes the id of a secret there, too, and no backend here looks up ids. */
function listed(node: YamlNode | undefined, { parents, reading }: Level): readonly Placed[] {
  const list = resolve(node)
  if (list?.kind !== 'list') return []
  return list.items.flatMap(item => {
    if (!reading.visit(item)) return []
    const scalar = resolve(item)
    if (scalar?.kind !== 'scalar' || typeof scalar.value !== 'string' || scalar.value === '') return []
    const named: NamedSecret = {
      secret: scalar.value,
      key: null,
      via: isUnknown(scalar.value) ? 'templated' : 'secrets-list',
      place: reading.placeOf(scalar.content),
      attribute: [...parents, 'secrets'].join('.'),
    }
    return { start: scalar.content.start, named }
  })
}

const uuid = /^[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$/

/** An id, or what a program fills in before ZenML reads the file. */
function isUnknown(name: string): boolean {
  return uuid.test(name) || name.includes('${') || name.includes('{{') || name.includes('{%')
}

/** A reference that is the whole of one setting: `settings.orchestrator.token`. Deeper, ZenML resolves none. */
function referenceIn({ path, value, place, range, asKey, unquoted }: LocatedAttribute): Placed | undefined {
  const below = path[0] === 'steps' ? path.slice(2) : path
  if (below.length !== 3 || below[0] !== 'settings' || asKey || unquoted || typeof value !== 'string') return undefined
  const reference = parseReference(value, 'padded')
  if (!reference || !('span' in place)) return undefined
  const named: NamedSecret = { ...reference, via: 'reference', place, attribute: path.join('.') }
  return { start: range.start, named }
}
