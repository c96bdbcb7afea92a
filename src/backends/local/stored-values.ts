import { sourceText } from '../../text/source.ts'
import type { YamlMap, YamlNode } from '../../yaml/node.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { resolve } from '../../yaml/resolve.ts'
import type { SecretValues } from '../secret-store.ts'
import { keysOfStored, schemaMarker } from '../stored-keys.ts'
import { decodeText } from './encoded-text.ts'

/** One secret of the local file with its values, without those that its schema fills in. */
export interface LocalSecret {
  readonly schema: string
  readonly values: SecretValues
}

/** The texts below each name as they are stored, marker included; `undefined` for what is no mapping. */
export type RawSecrets = ReadonlyMap<string, ReadonlyMap<string, string> | undefined>

/** Reads the text of a file that was read without complaint. */
export function readRawSecrets(content: string): RawSecrets {
  const top = mapOf(parseYaml(sourceText('', content)).documents[0])
  const entries = (top?.entries ?? []).flatMap(({ key, value }) => pairOf(key, mapOf(value)))
  return new Map(entries.map(([name, secret]) => [name, secret && textsOf(secret)]))
}

/** `undefined` where ZenML cannot read the secret. */
export function decodeSecret(stored: ReadonlyMap<string, string>): LocalSecret | undefined {
  const values = new Map<string, string>()
  for (const [key, text] of stored) {
    const value = key === schemaMarker ? undefined : decodeText(text)
    if (value !== undefined) values.set(key, value)
  }
  const schema = stored.get(schemaMarker)
  const keys = keysOfStored(schema, new Set(values.keys()))
  return schema === undefined || typeof keys === 'string' ? undefined : { schema, values }
}

function textsOf(map: YamlMap): ReadonlyMap<string, string> {
  return new Map(map.entries.flatMap(({ key, value }) => pairOf(key, textOf(value) ?? '')))
}

function pairOf<Value>(key: YamlNode, value: Value): readonly (readonly [string, Value])[] {
  const name = textOf(key)
  return name === undefined ? [] : [[name, value]]
}

function textOf(node: YamlNode | undefined): string | undefined {
  const value = resolve(node)
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined
}

function mapOf(node: YamlNode | undefined): YamlMap | undefined {
  const value = resolve(node)
  return value?.kind === 'map' ? value : undefined
}
