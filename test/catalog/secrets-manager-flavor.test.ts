import { describe, expect, it } from 'vitest'
import { secretsManagerFlavor } from '../../src/catalog/secrets-manager-flavor.ts'

describe('secretsManagerFlavor', () => {
  it.each([
    ['gcp_secrets_manager', 'gcp'],
    ['azure_key_vault', 'azure'],
    ['gcp', 'gcp'],
    ['azure', 'azure'],
    ['local', 'local'],
    ['my_own', 'my_own'],
    ['constructor', 'constructor'],
    ['', ''],
  ])('calls %j %j', (flavor, name) => {
    expect(secretsManagerFlavor(flavor)).toBe(name)
  })
})
