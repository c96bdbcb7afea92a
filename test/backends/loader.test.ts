import { describe, expect, it } from 'vitest'
import { backendNames } from '../../src/backends/backend.ts'
import { loadBackend } from '../../src/backends/loader.ts'

describe('the loader', () => {
  it('makes a backend of every name', async () => {
    const options = { secretsFile: undefined, localStores: '/nowhere', componentId: undefined }
    for (const name of backendNames) expect((await loadBackend(name, options)).name).toBe(name)
  })
})
