import { defineConfig } from 'vitest/config'

/** Tests against real servers, which have to be installed first; see `scripts/servers`. */
export default defineConfig({
  test: {
    include: ['test/servers/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'build/server-tests.json' }]] : ['default'],
  },
})
