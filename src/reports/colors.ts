import picocolors from 'picocolors'
import type { Severity } from '../validation/finding.ts'
import type { Result } from '../validation/report.ts'
import type { Tone } from './verdicts.ts'

export type Paint = (text: string) => string

/** What the text report colours, by meaning; every paint leaves its text as it is where colours are off. */
export interface Palette {
  readonly strong: Paint
  readonly faint: Paint
  readonly help: Paint
  readonly severity: Readonly<Record<Severity, Paint>>
  readonly tone: Readonly<Record<Tone, Paint>>
  readonly result: Readonly<Record<Result, Paint>>
}

export function palette(enabled: boolean): Palette {
  const { bold, dim, cyan, red, yellow, blue, green } = picocolors.createColors(enabled)
  return {
    strong: bold,
    faint: dim,
    help: cyan,
    severity: { error: red, warning: yellow, notice: blue },
    tone: { good: green, bad: red, unsure: yellow, none: dim },
    result: { pass: green, fail: red, unverified: yellow, error: red },
  }
}
