import { isAlias, isMap, isScalar, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Range, YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar, YamlValue } from './node.ts'
import { plainValue, taggedValue } from './scalar-value.ts'

/**
 * Turns one composed document of the library into our tree. An alias gets the last anchor of its name that stands
 * before it. Recurses as deep as the document is nested, which is bounded before it is composed.
 */
export function buildTree(contents: ParsedNode): YamlNode {
  return build(contents, new Map())
}

type Anchors = Map<string, YamlValue>
type Building<Node extends Range> = { -readonly [Name in keyof Node]: Node[Name] }

function build(node: ParsedNode, anchors: Anchors): YamlNode {
  if (isAlias(node)) return { kind: 'alias', ...outerRange(node), target: anchors.get(node.source) }
  if (isScalar(node)) return anchored(scalarOf(node), node, anchors)
  return isMap(node) ? mapOf(node, anchors) : listOf(node, anchors)
}

/** An anchor holds within its own node too, so it is known before the node's children are built. */
function anchored<Node extends YamlValue>(built: Node, { anchor }: { anchor?: string }, anchors: Anchors): Node {
  if (anchor !== undefined) anchors.set(anchor, built)
  return built
}

function mapOf(node: YAMLMap.Parsed, anchors: Anchors): YamlMap {
  const entries: YamlEntry[] = []
  const flow = node.flow === true
  const map: Building<YamlMap> = anchored({ kind: 'map', ...outerRange(node), flow, entries }, node, anchors)
  for (const { key, value } of node.items) {
    entries.push({ key: build(key, anchors), value: value ? build(value, anchors) : undefined })
  }
  const last = entries.at(-1)
  if (!flow && last) map.end = Math.max(last.key.end, last.value?.end ?? 0)
  return map
}

function listOf(node: YAMLSeq.Parsed, anchors: Anchors): YamlList {
  const items: YamlNode[] = []
  const flow = node.flow === true
  const list: Building<YamlList> = anchored({ kind: 'list', ...outerRange(node), flow, items }, node, anchors)
  for (const item of node.items) items.push(build(item as ParsedNode, anchors))
  const last = items.at(-1)
  if (!flow && last) list.end = last.end
  return list
}

function scalarOf(node: Scalar.Parsed): YamlScalar {
  const style = styles[node.type ?? 'PLAIN']
  const text = node.source
  const plain = style === 'plain' ? plainValue(text) : text
  const value = node.tag === undefined ? plain : taggedValue(text, node.tag)
  const content = contentOf(node, style)
  const [start, end] = node.range
  return {
    kind: 'scalar',
    value,
    style,
    start,
    end: style === 'literal' || style === 'folded' ? content.end : end,
    content,
  }
}

const styles = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
} as const

function contentOf({ range: [start, end], srcToken }: Scalar.Parsed, style: YamlScalar['style']): Range {
  if (style === 'plain' || !srcToken) return { start, end }
  if (srcToken.type === 'block-scalar') {
    const header = srcToken.props.reduce((length, token) => length + ('source' in token ? token.source.length : 0), 0)
    return withoutBlankEnds(srcToken.source, start + header)
  }
  const { source } = srcToken
  const closed = source.length > 1 && source.endsWith(source.charAt(0))
  return { start: start + 1, end: closed ? end - 1 : end }
}

/** From the first character that is not blank to the end of the last line that is not blank. */
function withoutBlankEnds(text: string, offset: number): Range {
  let end = text.length
  while (end > 0 && isBlank(text[end - 1])) end--
  if (end === 0) return { start: offset, end: offset }
  let start = 0
  while (isBlank(text[start])) start++
  while (text[end] === ' ' || text[end] === '\t') end++
  return { start: offset + start, end: offset + end }
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

function outerRange({ range: [start, end] }: { range: readonly [number, number, number] }): Range {
  return { start, end }
}
