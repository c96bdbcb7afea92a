import { componentTypes } from '../component-types.ts'
import type { Attribute, Component } from '../stack.ts'
import { type Arguments, type Grammar, type Option, readArguments } from './arguments.ts'
import { attributesOf } from './attributes.ts'
import { type Call, placeIn, rangeIn } from './call.ts'

const grammar: Grammar = {
  spaced: new Set(['flavor', 'type', 'label', 'connector', 'resource-id', 'secret', 'env']),
  short: new Map([
    ['f', 'flavor'],
    ['t', 'type'],
    ['l', 'label'],
    ['c', 'connector'],
    ['r', 'resource-id'],
  ]),
}

/** Options of the command itself, which set no attribute. `secret` was an attribute before ZenML 0.90. */
const ownOptions: ReadonlySet<string> = new Set([
  'flavor',
  'type',
  'label',
  'connector',
  'resource-id',
  'resource_id',
  'env',
])

/**
 * `zenml <component type> register|update NAME …`, and `code-repository`, whose `--type` is its flavor. `undefined` for
 * every other command.
 */
export function readComponentCommand({ words, text }: Call): Component | undefined {
  const type = words[0]?.text.replaceAll('-', '_') ?? ''
  const verb = words[1]?.text
  const isKnown = componentTypes.has(type) || type === 'code_repository'
  const [first] = words
  if (!first || !isKnown || (verb !== 'register' && verb !== 'update')) return undefined
  const { name, options }: Arguments = readArguments(words.slice(2), grammar)
  const isNamed = name !== undefined && name.text !== '...' && name.text !== '…'
  const command = { start: first.start, end: Math.max(first.end, words.at(-1)?.end ?? 0) }
  return {
    type,
    name: isNamed ? name.text : undefined,
    flavor: flavorOf(options),
    id: undefined,
    place: placeIn(text, isNamed ? name : command),
    attributes: options.flatMap(option => readAttribute(option, text)),
    nameAttribute:
      isNamed && name.text.includes('{{')
        ? {
            path: ['name'],
            value: name.text,
            place: placeIn(text, name),
            range: rangeIn(text, name),
            ...(name.templated && { templated: true }),
          }
        : undefined,
  }
}

/** Old versions call the flavor a type. */
function flavorOf(options: readonly Option[]): string | undefined {
  const last = (key: string) => options.findLast(option => option.key === key)?.value
  const value = last('flavor') ?? last('type')
  return value && !value.templated && value.text !== '' ? value.text : undefined
}

function readAttribute({ key, value }: Option, text: Call['text']): readonly Attribute[] {
  if (!value || ownOptions.has(key) || !isKey(key)) return []
  const attributes = attributesOf(key, value, text)
  return key === 'secret' ? attributes.map(attribute => ({ ...attribute, secretOption: true })) : attributes
}

/** ZenML takes identifiers only; one with a dash is still meant for an attribute, and says which secret it needs. */
function isKey(key: string): boolean {
  return key !== '' && !/[\s$`<>{}'"]/.test(key)
}
