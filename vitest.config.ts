import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Against real servers: `vitest.servers.config.ts`.
    exclude: ['test/servers/**'],
    // Many tests wait for servers and child processes: more workers than processors keep these busy.
    maxWorkers: 4,
    // No test changes what modules share, and a worker for each of two hundred files takes as long as a third of the tests.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'build/tests.json' }]] : ['default'],
  },
})
