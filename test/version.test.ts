import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { version } from '../src/version.ts'

it('the version is the one of package.json', async () => {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  expect(manifest).toHaveProperty('version', version)
})
