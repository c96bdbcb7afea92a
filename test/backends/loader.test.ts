import { describe, expect, it } from 'vitest'
import { backendNames } from '../../src/backends/backend.ts'
import { loadBackend } from '../../src/backends/loader.ts'
import { resolveSettings } from '../../src/settings/resolve.ts'
import { checkSurface } from '../../src/settings/surface.ts'

describe('the loader', () => {
  it('makes a backend of every name', async () => {
    const surroundings = { env: {}, cwd: '/nowhere', homedir: '/nowhere', platform: 'linux' }
    const { backendOptions } = resolveSettings(checkSurface, new Map(), surroundings).settings
    for (const name of backendNames) {
      expect((await loadBackend(name, backendOptions[name], { environment: {} })).name).toBe(name)
    }
  })
})
