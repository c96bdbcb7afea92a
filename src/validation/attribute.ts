import { findFlavor } from '../catalog/catalog.ts'
import { parseReference } from '../references/grammar.ts'
import { type NearMiss, nearMiss } from '../references/near-miss.ts'
import type { Attribute, Place } from '../stacks/stack.ts'
import type { AttributeContext, Collected } from './attribute-context.ts'
import type { Finding } from './finding.ts'
import { isPlaceholder } from './placeholder.ts'
import type { Owner, SecretUse } from './use.ts'

const nothing: Collected = { uses: [], findings: [] }

/**
 * What one attribute needs, and what is wrong with it on its face. Where two kinds fit, the one that keeps the value
 * from ever resolving wins: unquoted, then nested, then not allowed.
 */
export function readAttribute(attribute: Attribute, context: AttributeContext): Collected {
  const { value } = attribute
  if (typeof value !== 'string') return nothing
  if (attribute.unquoted) return unquoted(attribute, value, context)
  if (attribute.path.length > 1 || attribute.asKey) return nested(attribute, value, context)
  if (parseReference(value, context.grammar)) return reference(attribute, value, context)
  const miss = nearMiss(value, context.grammar)
  if (miss) return { uses: [], findings: [nearMissFinding(attribute, value, { miss, context })] }
  return bareText(attribute, value, context)
}

/** ZenML refuses a component whose name is a reference; a name that merely contains one is accepted. */
export function readName(name: Attribute | undefined, context: AttributeContext): readonly Finding[] {
  if (!name || typeof name.value !== 'string' || !parseReference(name.value, context.grammar)) return []
  const because = 'name'
  return [
    {
      kind: 'reference-not-allowed',
      text: name.value,
      because,
      ...locate(name.place, ownerOf(name, context), context),
    },
  ]
}

function reference(attribute: Attribute, value: string, context: AttributeContext): Collected {
  const parsed = parseReference(value, context.grammar)
  if (!parsed) return nothing
  const use = useOf(attribute, context, { ...parsed, via: 'reference' })
  const because = refusal(attribute, context)
  if (!because) return { uses: [use], findings: [] }
  const { place, excerpt, stack, component, attribute: name } = use
  const finding = { kind: 'reference-not-allowed', text: value, because, place, excerpt, stack, component } as const
  return { uses: [use], findings: [{ ...finding, attribute: name }] }
}

function refusal(
  attribute: Attribute,
  context: AttributeContext,
): 'secrets-manager' | 'validator' | 'type' | undefined {
  if (context.component.type === 'secrets_manager') return 'secrets-manager'
  return flavorOf(context)?.refusesReferences.get(attributeName(attribute))
}

function unquoted(attribute: Attribute, value: string, context: AttributeContext): Collected {
  if (!parseReference(value, 'padded')) return nothing
  const located = locate(attribute.place, ownerOf(attribute, context), context)
  return { uses: [], findings: [{ kind: 'unquoted-reference', text: value, ...located }] }
}

function nested(attribute: Attribute, value: string, context: AttributeContext): Collected {
  const miss = nearMiss(value, context.grammar)
  const whole = parseReference(value, context.grammar) !== undefined || miss?.kind === 'padded-reference'
  if (!whole && miss?.kind !== 'embedded-reference') return nothing
  const text = miss ? value.slice(miss.start, miss.end) : value
  const place = whole ? attribute.place : placeWithin(attribute, text, context)
  const located = locate(place, ownerOf(attribute, context), context)
  return { uses: [], findings: [{ kind: 'nested-reference', text, ...located }] }
}

interface Missed {
  readonly miss: NearMiss
  readonly context: AttributeContext
}

function nearMissFinding(attribute: Attribute, value: string, { miss, context }: Missed): Finding {
  const { kind, problem, meant } = miss
  const text = value.slice(miss.start, miss.end)
  const place = kind === 'embedded-reference' ? placeWithin(attribute, text, context) : attribute.place
  return { kind, text, problem, meant, ...locate(place, ownerOf(attribute, context), context) }
}

function bareText(attribute: Attribute, value: string, context: AttributeContext): Collected {
  const flavor = flavorOf(context)
  const name = attributeName(attribute)
  const keys = flavor?.secretNames.get(name)
  if (keys)
    return { uses: isPlaceholder(value) ? [] : secretNameUses(attribute, context, { value, keys }), findings: [] }
  if (!flavor?.sensitive.has(name) || isPlaceholder(value)) return nothing
  const finding = {
    kind: 'plaintext-secret',
    place: attribute.place,
    excerpt: context.excerptAt(attribute.place, true),
  } as const
  return { uses: [], findings: [{ ...finding, ...ownerOf(attribute, context) }] }
}

interface BareName {
  readonly value: string
  readonly keys: readonly string[]
}

/** One use for each key that the flavor's code needs; existence alone where it needs none in particular. */
function secretNameUses(
  attribute: Attribute,
  context: AttributeContext,
  { value, keys }: BareName,
): readonly SecretUse[] {
  const needed = keys.length > 0 ? keys : [null]
  return needed.map(key => useOf(attribute, context, { secret: value, key, via: 'secret-name' }))
}

function useOf(
  attribute: Attribute,
  context: AttributeContext,
  named: Pick<SecretUse, 'secret' | 'key' | 'via'>,
): SecretUse {
  const breaksRegistration =
    named.via === 'reference' && (flavorOf(context)?.resolvedWhileBuilt.has(attributeName(attribute)) ?? false)
  return { ...named, breaksRegistration, ...locate(attribute.place, ownerOf(attribute, context), context) }
}

function locate(place: Place, owner: Owner, context: AttributeContext) {
  return { place, excerpt: context.excerptAt(place), ...owner }
}

function ownerOf(attribute: Attribute, context: AttributeContext): Owner {
  return { stack: context.stack, component: context.component, attribute: attribute.path.join('.') }
}

/**
 * Where a part of a value stands. The text as written is searched, not the decoded value: quotes, escapes and block
 * headers shift offsets. Where the two disagree on how often the part occurs, the whole value is the place.
 */
function placeWithin(attribute: Attribute, part: string, context: AttributeContext): Place {
  const { range } = attribute
  if (!range) return attribute.place
  const written = context.content.slice(range.start, range.end)
  const offset = written.indexOf(part)
  if (offset < 0 || countOf(written, part) !== countOf(String(attribute.value), part)) return attribute.place
  return context.placeOf(range.start + offset, range.start + offset + part.length)
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1
}

function flavorOf({ era, component }: AttributeContext) {
  return component.flavor === undefined ? undefined : findFlavor(era, component.type, component.flavor)
}

function attributeName(attribute: Attribute): string {
  return attribute.path[0] ?? ''
}
