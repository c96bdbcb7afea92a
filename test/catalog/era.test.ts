import { describe, expect, it } from 'vitest'
import { eraOf } from '../../src/catalog/era.ts'

describe('eraOf', () => {
  it.each([
    ['0.13.2', 'secrets-manager'],
    ['0.22.0', 'secrets-manager'],
    ['0.45.6', 'secrets-manager'],
    ['0.52.0', 'secrets-manager'],
    ['0.52', 'secrets-manager'],
    ['0.52.0rc1', 'secrets-manager'],
    ['0.53.0', 'central'],
    ['0.98.0', 'central'],
    ['0.100.0', 'central'],
    ['1.0.0', 'central'],
    ['1.13.2', 'central'],
    [undefined, 'central'],
    ['', 'central'],
    ['latest', 'central'],
    ['0', 'central'],
    ['v0.22.0', 'central'],
    ['0.13a2', 'secrets-manager'],
    ['0.00000000013', 'central'],
  ])('puts version %j into the era %s', (version, era) => {
    expect(eraOf(version)).toBe(era)
  })
})
