import type { Attribute, Place } from '../stacks/stack.ts'
import type { AttributeContext } from './attribute-context.ts'
import type { Owner, SecretUse } from './use.ts'

interface Where {
  /** The part of the value that is meant; `undefined` for the whole. */
  readonly part?: string | undefined
  /** Not shown, for it may be a credential. */
  readonly masked?: boolean
}

/**
 * Where an attribute stands, as uses and findings say it. A part that cannot be told from the text around it has the
 * whole value for its place, which is not shown then.
 */
export function locate(attribute: Attribute, context: AttributeContext, { part, masked = false }: Where = {}) {
  const within = part === undefined ? undefined : placeWithin(attribute, part, context)
  const hidden = masked || (part !== undefined && !within)
  const place = within ?? attribute.place
  const owner: Owner = { stack: context.stack, component: context.component, attribute: attribute.path.join('.') }
  return { place, excerpt: context.excerptAt(place, { masked: hidden, attribute: attribute.path.at(-1) }), ...owner }
}

/** A secret that an attribute needs. */
export function useOf(
  attribute: Attribute,
  context: AttributeContext,
  named: Pick<SecretUse, 'secret' | 'key' | 'via'>,
): SecretUse {
  const breaksRegistration =
    named.via === 'reference' && (flavorAt(context)?.resolvedWhileBuilt.has(attributeName(attribute)) ?? false)
  return { ...named, breaksRegistration, ...locate(attribute, context) }
}

/** What is known about the flavor of the component that is read. */
export function flavorAt({ flavorOf, component }: AttributeContext) {
  return component.flavor === undefined ? undefined : flavorOf(component.type, component.flavor)
}

/** The name of a top-level attribute, or of the one that holds a nested value. */
export function attributeName(attribute: Attribute): string {
  return attribute.path[0] ?? ''
}

/**
 * Where a part of a value stands. The text as written is searched, not the decoded value: quotes, escapes and block
 * headers shift offsets. `undefined` where the two disagree on how often the part occurs.
 */
function placeWithin(attribute: Attribute, part: string, context: AttributeContext): Place | undefined {
  const { range } = attribute
  if (!range) return undefined
  const written = context.content.slice(range.start, range.end)
  const offset = written.indexOf(part)
  if (offset < 0 || countOf(written, part) !== countOf(String(attribute.value), part)) return undefined
  return context.placeOf(range.start + offset, range.start + offset + part.length)
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1
}
