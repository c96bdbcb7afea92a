import { execFile, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where servers are installed and keep their state; outside the repository, shared by all checkouts. */
export function cacheFolder(): string {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'zenml-secrets-servers')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

export interface Installation {
  /** Names the folder, so it holds the version. */
  readonly name: string
  /** Shell commands that install into the folder `$1`; further words are `$2` and on. */
  readonly script: string
  readonly words?: readonly string[]
}

/** Installs once on this machine, whoever asks at the same time, and gives the folder. */
export async function installOnce({ name, script, words = [] }: Installation): Promise<string> {
  const folder = join(cacheFolder(), name)
  const marker = join(folder, '.installed')
  if (existsSync(marker)) return folder
  // On standard error: standard output is for coordinates alone.
  console.error(`Installing ${name} into ${folder}, which takes a minute or two, once.`)
  const guarded = `set -e; mkdir -p "$1"; [ -f "$1/.installed" ] || { ${script}; touch "$1/.installed"; }`
  await run('flock', [`${folder}.lock`, 'bash', '-c', guarded, name, folder, ...words], { maxBuffer: 2 ** 24 })
  return folder
}

/** A port of 127.0.0.1 that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port could be had.')
  return address.port
}

export interface Started {
  readonly pid: number
  readonly log: string
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/** Starts a server that outlives us, with its output in `<cwd>/server.log`. */
export function startDetached({ file, args, env, cwd }: Command): Started {
  const log = join(cwd, 'server.log')
  const output = openSync(log, 'w', 0o600)
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', output, output] })
  closeSync(output)
  child.unref()
  if (child.pid === undefined) throw new Error(`${file} could not be started.`)
  return { pid: child.pid, log }
}

/** Waits until `address` answers with success. @throws when the server ends or `seconds` are over, with its last words. */
export async function waitUntilReady({ pid, log }: Started, address: string, seconds = 180): Promise<void> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const response = await fetch(address, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.ok) return
    if (!isAlive(pid) || Date.now() > end) {
      stop(pid)
      throw new Error(`The server is not ready. Its log ends:\n${readFileSync(log, 'utf8').slice(-4_000)}`)
    }
    await sleep(100)
  }
}

/** Ends a server by its process id. */
export function stop(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGTERM')
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
