import type { Range, YamlEntry, YamlMap, YamlNode } from './node.ts'
import { resolve } from './resolve.ts'

/**
 * The text of a scalar key, `undefined` for a key that is a map or a list. A key such as `1` or `yes` gives the text it
 * would print as: names that matter here are texts anyway.
 */
export function keyText({ key }: YamlEntry): string | undefined {
  const node = resolve(key)
  return node?.kind === 'scalar' ? String(node.value) : undefined
}

/** Told each node looked at; `false` ends the reading. Bounds work over nodes that many aliases share. */
export type Visit = (node: Range) => boolean

/**
 * The entries a map has once its `<<` are merged, as PyYAML merges: own entries first, all of them where keys repeat,
 * then those of the merged maps whose keys are not there yet. A map is merged once however often it is named, so the
 * whole takes time linear in the maps that take part, whatever cycles they form.
 */
export function* mergedEntries(map: YamlMap, visit: Visit): Generator<YamlEntry> {
  const seen = new Set<string>()
  const merged = new Set<YamlMap>()
  const waiting: YamlMap[] = [map]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (merged.has(next)) continue
    merged.add(next)
    const own = new Set<string>()
    for (const entry of next.entries) {
      if (!visit(entry.key)) return
      if (isMerge(entry)) {
        // The last one put aside is taken first, and the first of a list wins.
        for (const base of [...mapsOf(entry.value, visit)].reverse()) waiting.push(base)
        continue
      }
      const key = keyText(entry)
      if (key === undefined || !seen.has(key)) yield entry
      if (key !== undefined) own.add(key)
    }
    for (const key of own) seen.add(key)
  }
}

/** The map a node stands for, or the maps in the list it stands for. */
export function* mapsOf(node: YamlNode | undefined, visit: Visit): Generator<YamlMap> {
  const value = resolve(node)
  if (value?.kind === 'map') yield value
  if (value?.kind !== 'list') return
  for (const item of value.items) {
    if (!visit(item)) return
    const map = resolve(item)
    if (map?.kind === 'map') yield map
  }
}

/** PyYAML refuses a `<<` with anything but maps; such an entry is one like any other here, so that nothing is lost. */
function isMerge({ key, value }: YamlEntry): boolean {
  if (key.kind !== 'scalar' || key.style !== 'plain' || key.value !== '<<') return false
  const kind = resolve(value)?.kind
  return kind === 'map' || kind === 'list'
}
