import { linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { displayable } from '../../text/displayable.ts'
import { SecretStoreError } from '../secret-store.ts'

/** How long to wait for another writer, and after what time the guard of a takeover counts as left behind. In milliseconds. */
const patience = 10_000
const guardAge = 5_000

/**
 * Runs `work` while no other process of ours does the same for this file, by a file `<path>.lock` that names its owner. A lock
 * whose owner on this machine is gone, killed for one, is taken over.
 * @throws SecretStoreError after ten seconds of waiting, and where no lock can be written.
 */
export async function withFileLock<Result>(path: string, signal: AbortSignal, work: () => Result): Promise<Result> {
  const lock = `${path}.lock`
  const owner = `${process.pid} ${hostname()} ${crypto.randomUUID()}\n`
  const deadline = Date.now() + patience
  while (!tryLock(lock, owner)) {
    signal.throwIfAborted()
    takeOver(lock)
    if (Date.now() > deadline) throw heldTooLong(lock)
    await new Promise(resolve => setTimeout(resolve, 10 + Math.random() * 20))
  }
  try {
    return work()
  } finally {
    if (readOwner(lock) === owner) remove(lock)
  }
}

/** The lock appears with its content in one step: a file of its own, then a second name for it. */
function tryLock(lock: string, owner: string): boolean {
  const own = `${lock}.${crypto.randomUUID()}`
  writeFileSync(own, owner, { flag: 'wx', mode: 0o600 })
  try {
    linkSync(own, lock)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    return writeDirectly(lock, owner)
  } finally {
    remove(own)
  }
}

/** For file systems without hard links. */
function writeDirectly(lock: string, owner: string): boolean {
  try {
    writeFileSync(lock, owner, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Only who holds the guard removes a lock of somebody else, and looks again first: two cannot both believe it is stale. */
function takeOver(lock: string): void {
  if (!isStale(lock)) return
  const guard = `${lock}.takeover`
  try {
    writeFileSync(guard, '', { flag: 'wx', mode: 0o600 })
  } catch {
    if (ageOf(guard) > guardAge) remove(guard)
    return
  }
  try {
    if (isStale(lock)) remove(lock)
  } finally {
    remove(guard)
  }
}

function isStale(lock: string): boolean {
  const [pid, host] = (readOwner(lock) ?? '').split(' ')
  return host === hostname() && !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !isCode(error, 'ESRCH')
  }
}

function readOwner(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return undefined
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

function heldTooLong(lock: string): SecretStoreError {
  return new SecretStoreError(
    'failed',
    `Another process holds the lock "${displayable(lock, 500)}". Try again; if no other process is writing, remove that file.`,
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
