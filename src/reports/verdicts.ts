import type { Verdict } from '../validation/use.ts'

/** The words people read for a verdict. */
export const verdictWords = {
  found: 'found',
  missing: 'missing',
  key_missing: 'key missing',
  unusable: 'unusable',
  denied: 'access denied',
  unverified: 'not verified',
  skipped: 'not looked up',
  invalid: 'illegal name',
} as const satisfies Record<Verdict, string>

export type Tone = 'good' | 'bad' | 'unsure' | 'none'

/** What a verdict is coloured as. */
export const verdictTone = {
  found: 'good',
  missing: 'bad',
  key_missing: 'bad',
  unusable: 'bad',
  denied: 'unsure',
  unverified: 'unsure',
  skipped: 'none',
  invalid: 'bad',
} as const satisfies Record<Verdict, Tone>
