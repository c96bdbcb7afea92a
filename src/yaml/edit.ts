import { sourceText } from '../text/source.ts'
import type { YamlEntry, YamlMap, YamlNode } from './node.ts'
import { parseYaml } from './parse.ts'
import { resolve } from './resolve.ts'
import { writeScalar } from './write-scalar.ts'

/** A text, or texts by key, which are written sorted by key as PyYAML does. */
export type EditedValue = string | ReadonlyMap<string, string>

/**
 * Sets one entry of the mapping at the top of a text, or of the mapping at `path` below it; `undefined` takes the entry
 * away, with all its duplicates. Every other character stays as it is, comments too. A new entry comes where it sorts,
 * else last. `undefined` where there is no such mapping. What comes out should be read again and compared: a text with
 * anchors, or in a layout that nobody foresaw, may not mean what was asked for.
 */
export function editEntry(
  content: string,
  path: readonly string[],
  { key, value }: { readonly key: string; readonly value: EditedValue | undefined },
): string | undefined {
  const { documents } = parseYaml(sourceText('', content))
  const top = resolve(documents[0])
  if (!top || (top.kind === 'scalar' && top.value === null && path.length === 0)) {
    return path.length > 0 ? undefined : appendTo(content, key, value)
  }
  const map = mapAt(top.kind === 'map' ? top : undefined, path)
  if (!map) return undefined
  const text: Text = { content, newline: content.includes('\r\n') ? '\r\n' : '\n' }
  const entry = map.entries.findLast(candidate => keyOf(candidate) === key)
  if (value === undefined) return entry ? editEntry(without(text, map, entry), path, { key, value }) : content
  if (entry) return typeof value === 'string' ? replaceText(text, entry, value) : undefined
  return map.flow ? insertIntoFlow(text, map, { key, value }) : insertIntoBlock(text, map, { key, value })
}

interface Text {
  readonly content: string
  readonly newline: string
}

interface NewEntry {
  readonly key: string
  readonly value: EditedValue
}

function mapAt(top: YamlMap | undefined, path: readonly string[]): YamlMap | undefined {
  let map = top
  for (const key of path) {
    const entry = map?.entries.findLast(candidate => keyOf(candidate) === key)
    // An alias stands for a mapping that other entries share.
    map = entry?.value?.kind === 'map' ? entry.value : undefined
  }
  return map
}

function appendTo(content: string, key: string, value: EditedValue | undefined): string {
  if (value === undefined) return content
  const newline = content.includes('\r\n') ? '\r\n' : '\n'
  const separator = content === '' || content.endsWith('\n') ? '' : newline
  return content + separator + blockLines({ key, value }, '', newline)
}

function blockLines({ key, value }: NewEntry, indent: string, newline: string): string {
  if (typeof value === 'string') return `${indent}${writeScalar(key)}: ${writeScalar(value)}${newline}`
  if (value.size === 0) return `${indent}${writeScalar(key)}: {}${newline}`
  const inner = sorted(value).map(([name, text]) => blockLines({ key: name, value: text }, `${indent}  `, newline))
  return `${indent}${writeScalar(key)}:${newline}${inner.join('')}`
}

function sorted(values: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

function replaceText({ content }: Text, { key, value }: YamlEntry, text: string): string {
  const start = value?.start ?? content.indexOf(':', key.end) + 1
  const end = value?.end ?? start
  return content.slice(0, start) + (value ? '' : ' ') + writeScalar(text) + content.slice(end)
}

function insertIntoFlow({ content }: Text, map: YamlMap, entry: NewEntry): string {
  const last = map.entries.at(-1)
  const at = last ? (last.value ?? last.key).end : map.start + 1
  return `${content.slice(0, at)}${last ? ', ' : ''}${flowEntry(entry)}${content.slice(at)}`
}

function flowEntry({ key, value }: NewEntry): string {
  if (typeof value === 'string') return `${writeScalar(key)}: ${writeScalar(value)}`
  return `${writeScalar(key)}: {${sorted(value).map(([name, text]) => flowEntry({ key: name, value: text }))}}`
}

function insertIntoBlock({ content, newline }: Text, map: YamlMap, entry: NewEntry): string {
  const keyStart = map.entries[0]?.key.start ?? map.start
  const start = lineStart(content, keyStart)
  // Before the first key may stand `? ` or `: `, which no entry can be put in front of.
  const prefix = content.slice(start, keyStart)
  const indent = prefix.replaceAll(/\S/g, ' ')
  const lines = blockLines(entry, prefix === '? ' ? '' : indent, newline)
  const keys = map.entries.map(keyOf)
  const isSorted = keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') <= (key ?? ''))
  const next = isSorted ? keys.findIndex(key => (key ?? '') > entry.key) : -1
  if (next === 0 && (prefix === indent || prefix === '? '))
    return content.slice(0, start) + lines + content.slice(start)
  const previous = map.entries.at(next <= 0 ? -1 : next - 1)
  const at = previous ? lineEnd(content, endOf(content, previous)) : content.length
  const separator = at > 0 && content[at - 1] !== '\n' ? newline : ''
  return content.slice(0, at) + separator + lines + content.slice(at)
}

function without({ content }: Text, map: YamlMap, entry: YamlEntry): string {
  if (!map.flow) {
    const start = lineStart(content, entry.key.start)
    return content.slice(0, start) + content.slice(lineEnd(content, endOf(content, entry)))
  }
  const index = map.entries.indexOf(entry)
  const [previous, next] = [map.entries[index - 1], map.entries[index + 1]]
  const end = (entry.value ?? entry.key).end
  if (next) return content.slice(0, entry.key.start) + content.slice(next.key.start)
  return content.slice(0, previous ? (previous.value ?? previous.key).end : entry.key.start) + content.slice(end)
}

/** A key that YAML reads as text; any other, such as an unquoted `123`, is none of ours. */
function keyOf({ key }: YamlEntry): string | undefined {
  const node = resolve(key)
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined
}

/** Where the last character of an entry stands. Comments after it belong to what follows. */
function endOf(content: string, { key, value }: YamlEntry): number {
  const last = lastOf(value)
  let end = last?.end ?? key.end
  while (end > key.end && ' \t\r\n'.includes(content[end - 1] ?? '')) end--
  return end
}

/** The innermost node that a collection in block style ends with. */
function lastOf(node: YamlNode | undefined): YamlNode | undefined {
  let last = node
  while (last?.kind === 'map' || last?.kind === 'list') {
    if (last.flow) return last
    const entry = last.kind === 'map' ? last.entries.at(-1) : undefined
    const inner = entry ? (entry.value ?? entry.key) : last.kind === 'list' ? last.items.at(-1) : undefined
    if (!inner) return last
    last = inner
  }
  return last
}

function lineStart(content: string, offset: number): number {
  return content.lastIndexOf('\n', offset - 1) + 1
}

/** Offset after the line's end. */
function lineEnd(content: string, offset: number): number {
  const end = content.indexOf('\n', offset)
  return end < 0 ? content.length : end + 1
}
