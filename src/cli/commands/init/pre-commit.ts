import { sourceText } from '../../../text/source.ts'
import { keyText } from '../../../yaml/entries.ts'
import type { YamlList, YamlMap } from '../../../yaml/node.ts'
import { parseYaml } from '../../../yaml/parse.ts'
import { resolve } from '../../../yaml/resolve.ts'
import type { Setup } from './setup.ts'

/** The hook that asks no backend; `.pre-commit-hooks.yaml` defines it. */
const hook = 'zenml-secrets'

export type Hooked =
  /** The new text of the file. */
  | { readonly kind: 'added'; readonly text: string }
  | { readonly kind: 'present' }
  /** A clause that says why nothing can be added. */
  | { readonly kind: 'impossible'; readonly reason: string }

/** Adds our hook at the end of `repos` in the text of a `.pre-commit-config.yaml`; every other character stays. */
export function withHook(content: string, { action }: Setup): Hooked {
  const { source, map, readable } = read(content)
  const end = content.includes('\r\n') ? '\r\n' : '\n'
  const entry = (indent: string) =>
    [`- repo: https://github.com/${action.repository}`, `  rev: ${action.ref}`, '  hooks:', `    - id: ${hook}`].map(
      line => `${indent}${line}${end}`,
    )
  if (!readable) return { kind: 'impossible', reason: 'it is no YAML that can be read' }
  const repos = map && reposOf(map)
  if (repos === undefined) {
    if (map?.flow) return { kind: 'impossible', reason: 'it is written in braces' }
    return { kind: 'added', text: `${endLine(content, end)}repos:${end}${entry('  ').join('')}` }
  }
  if (repos === 'other' || repos.flow || repos.items.length === 0) {
    return { kind: 'impossible', reason: 'its "repos" are no list with one entry a line' }
  }
  if (hooksOf(repos).includes(hook)) return { kind: 'present' }
  const indent = ' '.repeat(source.positionAt(repos.start).column - 1)
  const { before, after } = splitAfter(source.content, repos.end)
  const text = `${content.startsWith('\uFEFF') ? '\uFEFF' : ''}${endLine(before, end)}${entry(indent).join('')}${after}`
  const added = reposOf(read(text).map)
  const grown = added !== undefined && added !== 'other' && added.items.length === repos.items.length + 1
  return grown ? { kind: 'added', text } : { kind: 'impossible', reason: 'its layout is unusual' }
}

function read(content: string) {
  const source = sourceText('', content)
  const { documents, problems } = parseYaml(source)
  const top = resolve(documents[0])
  const isEmpty = top === undefined || (top.kind === 'scalar' && top.value === null)
  const map = top?.kind === 'map' ? top : undefined
  return { source, map, readable: problems.length === 0 && documents.length <= 1 && (isEmpty || map !== undefined) }
}

function reposOf(map: YamlMap | undefined): YamlList | 'other' | undefined {
  const entry = map?.entries.findLast(candidate => keyText(candidate) === 'repos')
  if (!entry) return undefined
  return entry.value?.kind === 'list' ? entry.value : 'other'
}

/** Ids of all hooks there are. */
function hooksOf(repos: YamlList): readonly unknown[] {
  return repos.items.flatMap(repo => listAt(repo, 'hooks')).map(item => valueAt(item, 'id'))
}

function listAt(node: YamlList['items'][number], key: string): YamlList['items'] {
  const value = entryAt(node, key)
  return value?.kind === 'list' ? value.items : []
}

function valueAt(node: YamlList['items'][number], key: string): unknown {
  const value = entryAt(node, key)
  return value?.kind === 'scalar' ? value.value : undefined
}

function entryAt(node: YamlList['items'][number], key: string) {
  const map = resolve(node)
  if (map?.kind !== 'map') return undefined
  return resolve(map.entries.findLast(candidate => keyText(candidate) === key)?.value)
}

/** After the line a node ends on, which a comment may share. */
function splitAfter(content: string, end: number): { readonly before: string; readonly after: string } {
  const isLineStart = end > 0 && content[end - 1] === '\n'
  const lineEnd = isLineStart ? end : content.indexOf('\n', end) + 1
  const at = lineEnd === 0 ? content.length : lineEnd
  return { before: content.slice(0, at), after: content.slice(at) }
}

function endLine(text: string, end: string): string {
  return text === '' || text.endsWith('\n') ? text : text + end
}
