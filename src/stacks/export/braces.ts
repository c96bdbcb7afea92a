import type { YamlMap, YamlNode } from '../../yaml/node.ts'
import { resolve } from '../../yaml/resolve.ts'

/** The map that YAML makes of `{{secret.key}}` without quotes: its one key is a map again, and has no value. */
export function asBraces(node: YamlNode | undefined): YamlMap | undefined {
  const map = resolve(node)
  if (map?.kind !== 'map' || !map.flow || map.entries.length !== 1) return undefined
  const [entry] = map.entries
  return entry?.value === undefined && entry?.key.kind === 'map' && entry.key.flow ? map : undefined
}
