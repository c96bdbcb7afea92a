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

/** ZenML refuses a component whose name is a reference; a name that merely contains one is accepted, and never resolved. */
export function readName(name: Attribute | undefined, context: AttributeContext): readonly Finding[] {
  if (!name || typeof name.value !== 'string') return []
  if (name.unquoted) return unquoted(name, name.value, context).findings
  if (!parseReference(name.value, context.grammar)) return []
  return [{ kind: 'reference-not-allowed', text: name.value, because: 'name', ...locate(name, context) }]
}

function reference(attribute: Attribute, value: string, context: AttributeContext): Collected {
  const parsed = parseReference(value, context.grammar)
  if (!parsed) return nothing
  const use = useOf(attribute, context, { ...parsed, via: 'reference' })
  const because = refusal(attribute, context)
  if (!because) return { uses: [use], findings: [] }
  return {
    uses: [use],
    findings: [{ kind: 'reference-not-allowed', text: value, because, ...locate(attribute, context) }],
  }
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
  return { uses: [], findings: [{ kind: 'unquoted-reference', text: value, ...locate(attribute, context) }] }
}

function nested(attribute: Attribute, value: string, context: AttributeContext): Collected {
  const miss = nearMiss(value, context.grammar)
  const whole = parseReference(value, context.grammar) !== undefined || miss?.kind === 'padded-reference'
  if (!whole && miss?.kind !== 'embedded-reference') return nothing
  const text = miss ? value.slice(miss.start, miss.end) : value
  const located = locate(attribute, context, { part: whole ? undefined : text })
  return { uses: [], findings: [{ kind: 'nested-reference', text, ...located }] }
}

interface Missed {
  readonly miss: NearMiss
  readonly context: AttributeContext
}

function nearMissFinding(attribute: Attribute, value: string, { miss, context }: Missed): Finding {
  const { kind, problem, meant } = miss
  const text = value.slice(miss.start, miss.end)
  const part = kind === 'embedded-reference' ? text : undefined
  return { kind, text, problem, meant, ...locate(attribute, context, { part }) }
}

function bareText(attribute: Attribute, value: string, context: AttributeContext): Collected {
  const flavor = flavorOf(context)
  const name = attributeName(attribute)
  const keys = flavor?.secretNames.get(name)
  if (keys)
    return { uses: isPlaceholder(value) ? [] : secretNameUses(attribute, context, { value, keys }), findings: [] }
  if (!flavor?.sensitive.has(name) || isPlaceholder(value)) return nothing
  return { uses: [], findings: [{ kind: 'plaintext-secret', ...locate(attribute, context, { masked: true }) }] }
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
  return { ...named, breaksRegistration, ...locate(attribute, context) }
}

interface Where {
  /** The part of the value that is meant; `undefined` for the whole. */
  readonly part?: string | undefined
  readonly masked?: boolean
}

/** A part that cannot be told from the text around it has the whole value for its place, which is not shown then. */
function locate(attribute: Attribute, context: AttributeContext, { part, masked = false }: Where = {}) {
  const within = part === undefined ? undefined : placeWithin(attribute, part, context)
  const hidden = masked || (part !== undefined && !within)
  const place = within ?? attribute.place
  const owner: Owner = { stack: context.stack, component: context.component, attribute: attribute.path.join('.') }
  return { place, excerpt: context.excerptAt(place, { masked: hidden, attribute: attribute.path.at(-1) }), ...owner }
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

function flavorOf({ era, component }: AttributeContext) {
  return component.flavor === undefined ? undefined : findFlavor(era, component.type, component.flavor)
}

function attributeName(attribute: Attribute): string {
  return attribute.path[0] ?? ''
}
