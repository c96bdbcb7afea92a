import { homedir } from 'node:os'
import { resolve } from 'node:path'
import type { Surroundings } from '../settings/surroundings.ts'
import { main, sayCrash } from './main.ts'

const surroundings: Surroundings = {
  env: process.env,
  cwd: resolve(process.env.GITHUB_WORKSPACE || '.'),
  homedir: homedir(),
  platform: process.platform,
}

const cancellation = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancellation.abort())

process.once('uncaughtException', error => {
  sayCrash(error, surroundings)
  process.exit(1)
})

// Should the process end before the check does, that is no success.
process.exitCode = 1
process.exitCode = await main(surroundings, cancellation.signal)

// Requests under way would keep a cancelled step alive until the runner kills it.
if (cancellation.signal.aborted) process.exit()
