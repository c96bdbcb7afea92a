import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Against real servers: `vitest.servers.config.ts`.
    exclude: ['test/servers/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'build/tests.json' }]] : ['default'],
  },
})
