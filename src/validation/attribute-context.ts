import type { Era } from '../catalog/era.ts'
import type { Grammar } from '../references/grammar.ts'
import type { Place } from '../stacks/stack.ts'
import type { Excerpt, ExcerptOptions } from '../text/excerpt.ts'
import type { Finding } from './finding.ts'
import type { ComponentId, SecretUse } from './use.ts'

/** What reading an attribute needs to know about where it stands. */
export interface AttributeContext {
  readonly era: Era
  readonly grammar: Grammar
  readonly stack: string | undefined
  readonly component: ComponentId
  readonly excerptAt: (place: Place, options?: ExcerptOptions) => Excerpt | undefined
  /** Text of the file; empty for a stack on a server. */
  readonly content: string
  readonly placeOf: (start: number, end: number) => Place
}

export interface Collected {
  readonly uses: readonly SecretUse[]
  readonly findings: readonly Finding[]
}
