import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What ZenML's own manager of a flavor stored in each scope, by the name of the scope. */
export function goldenOf<Stored>(flavor: 'gcp' | 'azure'): Readonly<Record<string, GoldenScope<Stored>>> {
  const file = join(import.meta.dirname, '../fixtures/secrets-managers/backends-golden-0.22.0.json')
  return JSON.parse(readFileSync(file, 'utf8'))[flavor]
}

interface GoldenScope<Stored> {
  /** By what the service calls them. */
  readonly stored: Readonly<Record<string, Stored>>
  /** Names that ZenML listed. */
  readonly listed: readonly string[]
  /** Error of ZenML by the name it was asked for. */
  readonly nameProbes: Readonly<Record<string, string>>
}

/** Options of each scope the golden data were stored in, by its name. */
export const goldenScopes = {
  none: { scope: 'none' },
  global: { scope: 'global' },
  namespace: { scope: 'namespace', namespace: 'team' },
  component: { scope: undefined, componentId: '11111111-2222-4333-8444-555555555555' },
} as const
