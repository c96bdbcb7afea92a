import { sourceText } from '../../text/source.ts'
import type { YamlMap, YamlNode } from '../../yaml/node.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { keysOfStored, schemaMarker } from '../stored-keys.ts'
import { isEncodedText } from './encoded-text.ts'

/** What the file says about one secret. Holds names of keys, never a value. */
export type StoredSecret =
  | { readonly kind: 'readable'; readonly keys: ReadonlySet<string> }
  /** ZenML cannot read it: a clause, such as `it is not a mapping of keys to values`. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly isMapping: boolean }

/** Secrets by name, or a sentence that says why the file as a whole cannot be read. It quotes nothing of the file. */
export type SecretsFile = ReadonlyMap<string, StoredSecret> | string

/**
 * Reads the text of ZenML's local secrets file, `{<name>: {<key>: <base64>, zenml_schema_name: <schema>}}`. An empty
 * file holds no secrets. Of duplicates the last counts, as for ZenML; a name that YAML does not read as text, such as an
 * unquoted `123`, is no name that ZenML would find.
 */
export function parseSecretsFile(content: string): SecretsFile {
  const { documents, problems } = parseYaml(sourceText('', content))
  const [problem] = problems
  if (problem) return `It is not valid YAML: ${problem.message}`
  if (documents.length > 1) return 'It holds more than one YAML document, where ZenML reads one.'
  const top = resolved(documents[0])
  if (!top || isNull(top)) return new Map()
  if (top.kind !== 'map') return 'It is not a mapping of names to secrets.'
  const entries = textEntries(top)
  if (typeof entries === 'string') return entries
  const known = new Map<YamlNode, StoredSecret>()
  const secrets = new Map<string, StoredSecret>()
  for (const [name, value] of entries) {
    const node = resolved(value)
    const secret = (node && known.get(node)) ?? readSecret(node)
    if (node) known.set(node, secret)
    secrets.set(name, secret)
  }
  return secrets
}

function readSecret(node: YamlNode | undefined): StoredSecret {
  if (node?.kind !== 'map') return unreadable('it is not a mapping of keys to values', false)
  const entries = textEntries(node)
  if (typeof entries === 'string') return unreadable('it holds YAML that ZenML does not write')
  const stored = new Set<string>()
  for (const [key, value] of entries) {
    const text = textOf(value)
    if (key === schemaMarker) continue
    if (text === undefined) return unreadable('it holds a value that is not text')
    if (!isEncodedText(text)) return unreadable('it holds a value that is not base64 of UTF-8 text')
    stored.add(key)
  }
  const keys = keysOfStored(textOf(entries.get(schemaMarker)), stored)
  return typeof keys === 'string' ? unreadable(keys) : { kind: 'readable', keys }
}

function unreadable(reason: string, isMapping = true): StoredSecret {
  return { kind: 'unreadable', reason, isMapping }
}

/**
 * Values by key. Keys that are no text count for nothing. A sentence where keys are maps or lists, which Python cannot
 * read, or are merged in from elsewhere, which ZenML does not write.
 */
function textEntries(map: YamlMap): ReadonlyMap<string, YamlNode | undefined> | string {
  const entries = new Map<string, YamlNode | undefined>()
  for (const { key, value } of map.entries) {
    const name = resolved(key)
    if (name?.kind !== 'scalar') return 'It holds a key that is not text.'
    if (name.value === '<<' && name.style === 'plain') return 'It holds a merge key ("<<"): write the entries out.'
    if (typeof name.value === 'string') entries.set(name.value, value)
  }
  return entries
}

function textOf(node: YamlNode | undefined): string | undefined {
  const target = resolved(node)
  return target?.kind === 'scalar' && typeof target.value === 'string' ? target.value : undefined
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null
}

function resolved(node: YamlNode | undefined): YamlNode | undefined {
  return node?.kind === 'alias' ? node.target : node
}
