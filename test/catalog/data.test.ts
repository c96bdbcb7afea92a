import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { centralModule, secretsManagerModule } from '../../scripts/catalog.ts'

describe('the committed catalog data', () => {
  it.each([
    ['central.ts', centralModule],
    ['secrets-manager.ts', secretsManagerModule],
  ])('%s is what scripts/catalog.ts makes of its sources', (file, make) => {
    const committed = readFileSync(new URL(`../../src/catalog/data/${file}`, import.meta.url), 'utf8')
    expect(committed).toBe(make())
  })
})
