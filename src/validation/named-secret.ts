import { formatReference } from '../references/grammar.ts'
import type { NamedSecret } from '../stacks/stack.ts'
import { excerptOf } from '../text/excerpt.ts'
import type { SourceText } from '../text/source.ts'
import { isOpenReference, isPlaceholderName } from './placeholder.ts'
import type { SecretUse } from './use.ts'

/** A secret that a place outside any component names, unless it is left for the reader to fill in. */
export function readNamedSecret(named: NamedSecret, source: SourceText): readonly SecretUse[] {
  const { secret, key, via, place, attribute } = named
  if (via !== 'templated' && isLeftOpen(named)) return []
  const excerpt = excerptOf(source, place.span, { attribute })
  return [{ secret, key, via, place, attribute, excerpt, breaksRegistration: false }]
}

function isLeftOpen({ secret, key, via }: NamedSecret): boolean {
  if (via === 'reference') return isOpenReference(formatReference({ secret, key: key ?? '' }))
  return isPlaceholderName(secret)
}
