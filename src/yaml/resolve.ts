import type { YamlNode, YamlValue } from './node.ts'

/** What a node stands for: an alias's target, else the node itself. `undefined` for an alias of nothing. */
export function resolve(node: YamlNode | undefined): YamlValue | undefined {
  return node?.kind === 'alias' ? node.target : node
}
