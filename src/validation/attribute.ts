import { parseReference } from '../references/grammar.ts'
import { type NearMiss, nearMiss } from '../references/near-miss.ts'
import type { Attribute } from '../stacks/stack.ts'
import type { AttributeContext, Collected } from './attribute-context.ts'
import type { Finding } from './finding.ts'
import { attributeName, flavorAt, locate, useOf } from './located.ts'
import { isOpenReference, isPlaceholder, isPlaceholderName } from './placeholder.ts'
import { secretOption } from './secret-option.ts'
import { templatedReference } from './templated.ts'

const nothing: Collected = { uses: [], findings: [] }

/**
 * What one attribute needs, and what is wrong with it on its face. Where two kinds fit, the one that keeps the value
 * from ever resolving wins: unquoted, then nested, then not allowed.
 */
export function readAttribute(attribute: Attribute, context: AttributeContext): Collected {
  const { value } = attribute
  if (typeof value !== 'string' || isOpenReference(value)) return nothing
  if (attribute.unquoted) return unquoted(attribute, value, context)
  if (attribute.templated) return templated(attribute, value, context)
  if (attribute.path.length > 1 || attribute.asKey) return nested(attribute, value, context)
  if (attribute.secretOption && context.attachesSecrets) return secretOption(attribute, value, context)
  if (parseReference(value, context.grammar)) return reference(attribute, value, context)
  const miss = nearMiss(value, context.grammar)
  if (miss) return { uses: [], findings: [nearMissFinding(attribute, value, { miss, context })] }
  return bareText(attribute, value, context)
}

/** ZenML refuses a component whose name is a reference; a name that merely contains one is accepted, and never resolved. */
export function readName(name: Attribute | undefined, context: AttributeContext): readonly Finding[] {
  if (!name || typeof name.value !== 'string' || name.templated || isOpenReference(name.value)) return []
  if (name.unquoted) return unquoted(name, name.value, context).findings
  if (!parseReference(name.value, context.grammar)) return []
  return [{ kind: 'reference-not-allowed', text: name.value, because: 'name', ...locate(name, context) }]
}

/** What a program fills in can be listed, and no more; a value none of which shows is not even known to be a reference. */
function templated(attribute: Attribute, value: string, context: AttributeContext): Collected {
  const named = attribute.path.length > 1 || attribute.asKey ? undefined : templatedReference(value)
  return named ? { uses: [useOf(attribute, context, { ...named, via: 'templated' })], findings: [] } : nothing
}

function reference(attribute: Attribute, value: string, context: AttributeContext): Collected {
  const parsed = parseReference(value, context.grammar)
  if (!parsed) return nothing
  if (value.includes('${')) return templated(attribute, value, context)
  const use = useOf(attribute, context, { ...parsed, via: 'reference' })
  const because = refusal(attribute, context)
  if (because) {
    const refused = { kind: 'reference-not-allowed', text: value, because, ...locate(attribute, context) } as const
    return { uses: [use], findings: [refused] }
  }
  if (!flavorAt(context)?.secretNames.has(attributeName(attribute))) return { uses: [use], findings: [] }
  return { uses: [use], findings: [{ kind: 'reference-as-secret-name', text: value, ...locate(attribute, context) }] }
}

function refusal(
  attribute: Attribute,
  context: AttributeContext,
): 'secrets-manager' | 'validator' | 'type' | undefined {
  if (context.component.type === 'secrets_manager') return 'secrets-manager'
  return flavorAt(context)?.refusesReferences.get(attributeName(attribute))
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
  const flavor = flavorAt(context)
  const name = attributeName(attribute)
  const keys = flavor?.secretNames.get(name)
  if (keys) return isPlaceholderName(value) ? nothing : secretNameUses(attribute, context, { value, keys })
  if (!flavor?.sensitive.has(name) || isPlaceholder(value) || isOpenInCommand(value, context)) return nothing
  const masked = locate(attribute, context, { masked: true })
  return { uses: [], findings: [{ kind: 'plaintext-secret', ...masked }] }
}

/**
 * On a command line `@path` stands for what a file holds, and `@@` for a text that begins with `@`. A notebook fills in
 * `{name}`.
 */
function isOpenInCommand(value: string, { isOutsideStack }: AttributeContext): boolean {
  return isOutsideStack && (/^@(?!@)/.test(value) || /^\{[^{}]*\}$/.test(value))
}

interface BareName {
  readonly value: string
  readonly keys: readonly string[]
}

/** One use for each key that the flavor's code needs; existence alone where it needs none in particular. */
function secretNameUses(attribute: Attribute, context: AttributeContext, { value, keys }: BareName): Collected {
  const needed = keys.length > 0 ? keys : [null]
  const uses = needed.map(key => useOf(attribute, context, { secret: value, key, via: 'secret-name' }))
  return { uses, findings: [] }
}
