import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
}

const dist = join(import.meta.dirname, '../../dist')

export interface Program {
  readonly bundle: 'action' | 'cli'
  readonly args?: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Starts a built bundle in an environment of its own, with the Node that runs the tests. */
export function start({ bundle, args = [], cwd, env }: Program): Started {
  const child = spawn(process.execPath, [join(dist, bundle, 'index.js'), ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: { readonly stdout: Buffer[]; readonly stderr: Buffer[] } = { stdout: [], stderr: [] }
  child.stdout.on('data', chunk => chunks.stdout.push(chunk))
  child.stderr.on('data', chunk => chunks.stderr.push(chunk))
  const finished = once(child, 'close').then(([code]) => ({
    code,
    stdout: Buffer.concat(chunks.stdout).toString(),
    stderr: Buffer.concat(chunks.stderr).toString(),
  }))
  return { child, finished }
}

export function run(program: Program): Promise<Finished> {
  return start(program).finished
}
