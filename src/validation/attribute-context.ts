import type { Flavor } from '../catalog/catalog.ts'
import type { Grammar } from '../references/grammar.ts'
import type { Place } from '../stacks/stack.ts'
import type { Excerpt, ExcerptOptions } from '../text/excerpt.ts'
import type { Finding } from './finding.ts'
import type { ComponentId, SecretUse } from './use.ts'

/** `undefined` where nothing is known about a flavor, and so nothing may be said. */
export type FlavorOf = (type: string, flavor: string) => Flavor | undefined

/** What reading an attribute needs to know about where it stands. */
export interface AttributeContext {
  /** What is known about a component's flavor. */
  readonly flavorOf: FlavorOf
  readonly grammar: Grammar
  readonly stack: string | undefined
  readonly component: ComponentId
  /** Names of all top-level attributes of that component. */
  readonly attributeNames: ReadonlySet<string>
  /** A script, a program or a configuration registers the component; no stack is known. */
  readonly isOutsideStack: boolean
  /** ZenML takes `--secret` of a registration command for the name of a secret to attach, as 0.90 and later do. */
  readonly attachesSecrets: boolean
  readonly excerptAt: (place: Place, options?: ExcerptOptions) => Excerpt | undefined
  /** Text of the file; empty for a stack on a server. */
  readonly content: string
  readonly placeOf: (start: number, end: number) => Place
}

export interface Collected {
  readonly uses: readonly SecretUse[]
  readonly findings: readonly Finding[]
}
