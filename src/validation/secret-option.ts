import { parseReference } from '../references/grammar.ts'
import type { Attribute } from '../stacks/stack.ts'
import type { AttributeContext, Collected } from './attribute-context.ts'
import { looksLikeCredential } from './credential.ts'
import { locate, useOf } from './located.ts'
import { isPlaceholder, isPlaceholderName } from './placeholder.ts'

/**
 * The option `--secret` of a registration command, which attaches a secret by name or id since ZenML 0.90. Before, it set
 * an attribute, and of artifact stores one that holds a credential: what may still be one is never shown.
 */
export function secretOption(attribute: Attribute, value: string, context: AttributeContext): Collected {
  const parsed = parseReference(value, 'padded')
  if (parsed) {
    return {
      uses: [useOf(attribute, context, { ...parsed, via: 'reference' })],
      findings: [{ kind: 'reference-not-allowed', text: value, because: 'cli-option', ...locate(attribute, context) }],
    }
  }
  if (mayBeCredential(value, context)) {
    if (isPlaceholder(value)) return { uses: [], findings: [] }
    const masked = locate(attribute, context, { masked: true })
    return { uses: [], findings: [{ kind: 'plaintext-secret', ...masked }] }
  }
  if (isPlaceholderName(value)) return { uses: [], findings: [] }
  return { uses: [useOf(attribute, context, { secret: value, key: null, via: 'secrets-list' })], findings: [] }
}

/** Beside an attribute `key`, an artifact store's `secret` is the other half of a credential. */
function mayBeCredential(value: string, { component, attributeNames }: AttributeContext): boolean {
  return (component.type === 'artifact_store' && attributeNames.has('key')) || looksLikeCredential(value)
}
