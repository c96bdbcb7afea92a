import { sourceText } from '../../text/source.ts'
import { keyText, mapsOf } from '../../yaml/entries.ts'
import { parseYaml } from '../../yaml/parse.ts'
import type { SecretDefinition } from '../stack.ts'
import { type Arguments, type Grammar, type Option, readArguments, type Value } from './arguments.ts'
import { type Call, placeIn } from './call.ts'
import type { Word } from './word.ts'

const grammar: Grammar = {
  spaced: new Set(['values', 'schema', 'scope']),
  short: new Map([
    ['v', 'values'],
    ['s', 'schema'],
    ['i', 'interactive'],
    ['p', 'private'],
  ]),
}

/** Options that hold no key of the secret. */
const ownOptions: ReadonlySet<string> = new Set(['values', 'schema', 'scope', 'interactive', 'private'])

/**
 * `zenml secret create|register|update NAME …`, and `zenml secrets-manager secret …` of the secrets-manager era. An
 * update shows some keys, not all. `undefined` for every other command, and where the name is not known.
 */
export function readSecretDefinition({ words, text }: Call): SecretDefinition | undefined {
  const start = behindSecret(words)
  const verb = start < 0 ? undefined : words[start]?.text
  if (verb !== 'create' && verb !== 'register' && verb !== 'update') return undefined
  const { name, ...rest } = readArguments(words.slice(start + 1), grammar)
  if (!name || name.templated || name.text === '' || /[<>{}$]|^(?:\.{3}|…)$/.test(name.text)) return undefined
  const keys = verb === 'update' ? 'unknown' : keysOf({ name, ...rest })
  return { name: name.text, keys, place: placeIn(text, name) }
}

/** The index of the verb; -1 where the command is about no secret. */
function behindSecret(words: readonly Word[]): number {
  const [group, second] = words
  if (group?.text === 'secret') return 1
  const isManager = group?.text === 'secrets-manager' || group?.text === 'secrets_manager'
  return isManager && second?.text === 'secret' ? 2 : -1
}

function keysOf({ options, isPartial }: Arguments): SecretDefinition['keys'] {
  if (isPartial) return 'unknown'
  const keys = new Set<string>()
  for (const option of options) {
    const found = keysIn(option)
    if (found === 'unknown') return found
    for (const key of found) keys.add(key)
  }
  return keys.size > 0 ? keys : 'unknown'
}

function keysIn({ key, value }: Option): readonly string[] | 'unknown' {
  if (key === 'interactive' || /[$`<{]/.test(key)) return 'unknown'
  if (key === 'values') return value ? keysInValues(value) : 'unknown'
  return ownOptions.has(key) || !value ? [] : [key]
}

/** The keys of a map in JSON or YAML; values may be filled in later, keys not. */
function keysInValues({ text }: Value): readonly string[] | 'unknown' {
  const { documents, problems } = parseYaml(sourceText('', text))
  const [map] = [...mapsOf(documents[0], () => true)]
  if (!map || problems.length > 0) return 'unknown'
  const keys = map.entries.map(keyText)
  return keys.every(key => key !== undefined && !/[$`]/.test(key)) ? keys.flatMap(key => key ?? []) : 'unknown'
}
