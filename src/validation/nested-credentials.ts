import type { Attribute, Component } from '../stacks/stack.ts'
import type { AttributeContext } from './attribute-context.ts'
import { canBeSecret, saysSecret } from './credential.ts'
import type { PlaintextSecret } from './finding.ts'
import { locate } from './located.ts'
import { isPlaceholder } from './placeholder.ts'

/**
 * Credentials in plain text inside maps and lists of a shape that is known: the arguments of a client, the environment of
 * a pod, of a step or of an image. Where the name beside a value does not say that it is secret, nothing is said.
 */
export function nestedCredentials(
  { attributes }: Pick<Component, 'attributes'>,
  context: AttributeContext,
): readonly PlaintextSecret[] {
  const candidates = attributes.filter(isCandidate)
  if (candidates.length === 0) return []
  const names = new Map(attributes.filter(isName).map(({ path, value }) => [placeOf(path), value]))
  return candidates.flatMap(attribute => {
    const name = nameOf(attribute.path, names)
    if (name === undefined || !saysSecret(name)) return []
    return [{ kind: 'plaintext-secret', isNested: true, ...locate(attribute, context, { masked: true }) }]
  })
}

function isCandidate({ path, value, asKey, unquoted, templated }: Attribute): boolean {
  if (path.length < 2 || typeof value !== 'string' || asKey || unquoted || templated) return false
  return !isPlaceholder(value) && canBeSecret(value)
}

function isName({ path, asKey }: Attribute): boolean {
  return path.length > 2 && path.at(-1) === 'name' && !asKey
}

/** What entries of one item of a list share. */
function placeOf(path: readonly string[]): string {
  return JSON.stringify(path.slice(0, -1))
}

const environments: ReadonlySet<string> = new Set([
  'environment',
  'runtime_environment',
  'environment_variables',
  'client_kwargs',
])

/** The name beside a value: its own key in a map, its sibling `name` in a list such as `env` of a pod. */
function nameOf(path: readonly string[], names: ReadonlyMap<string, Attribute['value']>): string | undefined {
  const last = path.at(-1)
  if (environments.has(path.at(-2) ?? '')) return last
  if (last !== 'value' || path.at(-3) !== 'env') return undefined
  const name = names.get(placeOf(path))
  return typeof name === 'string' ? name : undefined
}
