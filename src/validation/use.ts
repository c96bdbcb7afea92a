import type { Place } from '../stacks/stack.ts'
import type { Excerpt } from '../text/excerpt.ts'

/** How a place names its secret. `templated`: a program fills the name in, so nothing can be looked up. */
export type Via = 'reference' | 'secret-name' | 'secrets-list' | 'python' | 'templated'

export interface ComponentId {
  readonly type: string
  readonly name: string | undefined
  readonly flavor: string | undefined
}

/** Where in a stack something is. Every part may be absent: a script may name no stack, a list no component. */
export interface Owner {
  readonly stack?: string | undefined
  readonly component?: ComponentId | undefined
  /** Nested paths are joined with `.` */
  readonly attribute?: string | undefined
}

/** One place that needs a secret. */
export interface SecretUse extends Owner {
  readonly secret: string
  /** `null` where the place names no key: existence is all that is asked. */
  readonly key: string | null
  readonly via: Via
  readonly place: Place
  readonly excerpt: Excerpt | undefined
  /** The flavor resolves this attribute while its configuration is built. */
  readonly breaksRegistration: boolean
}

export const verdicts = [
  'found',
  'missing',
  'key_missing',
  'unusable',
  'denied',
  'unverified',
  'skipped',
  'invalid',
] as const
export type Verdict = (typeof verdicts)[number]

export interface JudgedUse extends SecretUse {
  readonly verdict: Verdict
  /** Name of the backend that was asked, if any was. */
  readonly backend: string | undefined
}
