import type { EmbeddedText } from '../../text/embedded.ts'
import { hasBraces } from '../export/attributes.ts'
import type { Attribute, Component, SecretDefinition } from '../stack.ts'
import type { Block, Expression } from './expression.ts'
import { locate } from './places.ts'
import { keyOf, type Scope } from './scope.ts'
import type { ValueWalk } from './values.ts'

/** What reading the resources of one text shares. */
export interface ResourceReading {
  readonly text: EmbeddedText
  readonly scope: Scope
  readonly values: ValueWalk
}

/** The resource `zenml_stack_component`. */
export function readComponent(block: Block, reading: ResourceReading): Component {
  const { text, scope } = reading
  const nameAt = block.attributes.get('name')
  const name = scope.guess(nameAt)
  const type = scope.guess(block.attributes.get('type'))
  const flavor = scope.guess(block.attributes.get('flavor'))
  const located = locate(text, nameAt ?? block.header)
  return {
    type: type?.templated ? '' : (type?.text ?? ''),
    name: name?.text,
    flavor: flavor?.templated ? undefined : flavor?.text,
    id: undefined,
    place: located.place,
    attributes: attributesOf(block.attributes.get('configuration'), reading),
    nameAttribute: hasBraces(name?.text)
      ? { path: ['name'], value: name.text, ...located, ...(name.templated && { templated: true }) }
      : undefined,
  }
}

function attributesOf(configuration: Expression | undefined, reading: ResourceReading): readonly Attribute[] {
  const attributes: Attribute[] = []
  if (!configuration) return attributes
  reading.values.walk(configuration, [], {
    key(key, path) {
      if (!hasBraces(path.at(-1))) return
      attributes.push({ path, ...readValue(key, reading), asKey: true })
    },
    value(expression, path) {
      // Where the configuration as a whole is not known, no attribute is.
      if (path.length > 0) attributes.push({ path, ...readValue(expression, reading) })
    },
  })
  return attributes
}

function readValue(expression: Expression, { text, scope }: ResourceReading): Omit<Attribute, 'path'> {
  const located = locate(text, expression)
  if (expression.kind === 'literal') return { value: expression.value, ...located }
  const read = scope.textOf(expression)
  return { value: read?.text ?? null, ...located, ...(read?.templated && { templated: true }) }
}

/** The resource `zenml_secret`; `undefined` where its name is not known. */
export function readSecret(block: Block, reading: ResourceReading): SecretDefinition | undefined {
  const nameAt = block.attributes.get('name')
  const name = nameAt && reading.scope.textOf(nameAt)
  if (!nameAt || !name || name.templated) return undefined
  const { place } = locate(reading.text, nameAt)
  return { name: name.text, keys: keysOf(block.attributes.get('values'), reading), place }
}

/** `unknown` as soon as one part of the values is. */
function keysOf(expression: Expression | undefined, { scope, values }: ResourceReading): SecretDefinition['keys'] {
  if (!expression) return 'unknown'
  const keys = new Set<string>()
  let isKnown = true
  values.walk(expression, [], {
    key(key, path) {
      if (path.length !== 1) return
      keys.add(path[0] ?? '')
      if (keyOf(key) === undefined && scope.textOf(key)?.templated !== false) isKnown = false
    },
    value(_, path) {
      if (path.length === 0) isKnown = false
    },
  })
  return isKnown ? keys : 'unknown'
}
