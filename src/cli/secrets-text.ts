import { parseEnv } from 'node:util'
import type { SecretValues } from '../backends/secret-store.ts'
import { quoted } from '../text/displayable.ts'
import { sourceText } from '../text/source.ts'
import { keyText } from '../yaml/entries.ts'
import type { YamlMap } from '../yaml/node.ts'
import { parseYaml } from '../yaml/parse.ts'
import { resolve } from '../yaml/resolve.ts'

/** What a text of secrets holds: the values of one secret, or several secrets by name. */
export type SecretsText =
  | { readonly kind: 'one'; readonly values: SecretValues }
  | { readonly kind: 'several'; readonly secrets: ReadonlyMap<string, SecretValues> }
  /** A sentence that quotes no value. */
  | { readonly kind: 'unreadable'; readonly reason: string }

/**
 * Reads YAML, JSON, or dotenv lines such as `KEY=value`, where `name.KEY=value` belongs to the secret `name`. A mapping
 * of keys to texts is one secret, a mapping of names to such mappings several.
 */
export function readSecretsText(text: string): SecretsText {
  // A value of such a line may hold what YAML takes for the end of a key.
  if (/^\s*(?:#.*\n\s*)*(?:export\s+)?[\w.-]+\s*=/.test(text)) {
    return readDotenv(text) ?? unreadable('It has no line of KEY=value that can be read.')
  }
  const { documents, problems } = parseYaml(sourceText('', text))
  const top = resolve(documents[0])
  if (problems.length === 0 && documents.length === 1 && top?.kind === 'map') return readMap(top)
  const [problem] = problems
  const why = problem ? `It is not valid YAML: ${problem.message}` : 'It holds no mapping of keys to values.'
  return unreadable(`${why} Give YAML or JSON, or lines of KEY=value.`)
}

function unreadable(reason: string): SecretsText {
  return { kind: 'unreadable', reason }
}

function readMap(top: YamlMap): SecretsText {
  const nested = top.entries.filter(({ value }) => resolve(value)?.kind === 'map')
  if (nested.length === 0) {
    const values = readValues(top)
    return typeof values === 'string' ? unreadable(values) : { kind: 'one', values }
  }
  if (nested.length < top.entries.length) {
    return unreadable('It mixes values with secrets. Give the keys of one secret, or several secrets by name.')
  }
  const secrets = new Map<string, SecretValues>()
  for (const entry of nested) {
    const name = keyText(entry)
    const map = resolve(entry.value)
    const values = map?.kind === 'map' ? readValues(map) : new Map()
    if (name === undefined) return unreadable('It holds a name that is not text.')
    if (typeof values === 'string') return unreadable(`In the secret ${quoted(name)}: ${values}`)
    secrets.set(name, values)
  }
  return { kind: 'several', secrets }
}

function readValues(map: YamlMap): SecretValues | string {
  const values = new Map<string, string>()
  for (const entry of map.entries) {
    const key = keyText(entry)
    const value = resolve(entry.value)
    if (key === undefined) return 'It holds a key that is not text.'
    if (value?.kind !== 'scalar' || typeof value.value !== 'string') {
      return `The value of the key ${quoted(key)} is not text. Put it in quotes.`
    }
    values.set(key, value.value)
  }
  return values
}

/** `undefined` where some line is none of dotenv. */
function readDotenv(text: string): SecretsText | undefined {
  const parsed = Object.entries(parseEnv(text.startsWith('\uFEFF') ? text.slice(1) : text))
  if (parsed.length === 0) return undefined
  const dotted = parsed.filter(([key]) => key.includes('.'))
  if (dotted.length === 0) return { kind: 'one', values: new Map(parsed.map(([key, value]) => [key, value ?? ''])) }
  if (dotted.length < parsed.length) {
    return unreadable('It mixes KEY=value with name.KEY=value. Give one or the other.')
  }
  const secrets = new Map<string, Map<string, string>>()
  for (const [path, value] of dotted) {
    const dot = path.indexOf('.')
    const values = secrets.get(path.slice(0, dot)) ?? new Map<string, string>()
    secrets.set(path.slice(0, dot), values.set(path.slice(dot + 1), value ?? ''))
  }
  return { kind: 'several', secrets }
}
