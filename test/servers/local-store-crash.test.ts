import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, describe, expect, it } from 'vitest'
import { createLocalBackend } from '../../src/backends/local/local.ts'
import { openLocalStore } from '../../src/backends/local/store.ts'
import { temporaryDirectory } from '../backends/temporary.ts'

const writer = join(import.meta.dirname, '../backends/local-writer.ts')
const signal = AbortSignal.timeout(240_000)
const directory = temporaryDirectory()
afterAll(directory.remove)

describe('the local secrets file', () => {
  it('is the old one or the new one, whole, at whichever of 200 moments its writer is killed', async () => {
    const files = ['a', 'b', 'c', 'd'].map(name => join(directory.path, name))
    expect(await Promise.all(files.map(file => killedAgainAndAgain(file, 50)))).toEqual([[], [], [], []])
    for (const file of files) {
      const values = new Map([['key', 'value']])
      await openLocalStore(optionsOf(file)).create(
        { name: 'last', values, schema: 'arbitrary', isPrivate: false },
        signal,
      )
    }
    expect(readdirSync(directory.path).sort()).toEqual(['a', 'b', 'c', 'd'])
  }, 240_000)
})

/** Names that a writer had said it had written, and that were not there whole afterwards. */
async function killedAgainAndAgain(file: string, rounds: number): Promise<readonly string[]> {
  const said = new Set<string>()
  const lost: string[] = []
  for (let round = 0; round < rounds; round++) {
    const child = spawn(process.execPath, [writer, file, `r${round}`], { stdio: ['ignore', 'pipe', 'inherit'] })
    for await (const name of createInterface({ input: child.stdout })) {
      if (name.endsWith('-0')) setTimeout(() => child.kill('SIGKILL'), Math.random() * 30)
      said.add(name)
    }
    const answers = await createLocalBackend(optionsOf(file)).lookUp([...said], 'keys', signal)
    for (const [name, answer] of answers) {
      if (answer.kind !== 'found' || answer.keys === 'not-read' || !answer.keys.has('key')) lost.push(name)
    }
  }
  expect(said.size).toBeGreaterThanOrEqual(rounds)
  return lost
}

function optionsOf(secretsFile: string) {
  return { secretsFile, localStores: '/nowhere', componentId: undefined }
}
