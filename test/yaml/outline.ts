import type { Range, YamlNode } from '../../src/yaml/node.ts'

/**
 * A tree as plain data for comparisons: scalars by value, maps as lists of pairs, lists as lists, a key without value as
 * `[key]`, an alias as the target's kind in `*`.
 */
export function outline(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'alias') return `*${node.target?.kind}*`
  if (node.kind === 'list') return { list: node.items.map(outline) }
  return { map: node.entries.map(({ key, value }) => (value ? [outline(key), outline(value)] : [outline(key)])) }
}

/** What a range covers. */
export function textAt(content: string, { start, end }: Range): string {
  return content.slice(start, end)
}
