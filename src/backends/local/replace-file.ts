import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Replaces a file as a whole, readable by its owner alone: written beside it, flushed to the disk, then moved over it.
 * Whatever interrupts this leaves the old content or the new, never a part. Folders on the way are created. What an
 * interrupted writer left beside it is removed: call it under the file's lock.
 * @throws the system's error; the file is then as it was.
 */
export function replaceFile(path: string, content: string): void {
  const target = targetOf(path)
  const folder = dirname(target)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  removeLeftovers(folder, basename(target))
  const temporary = join(folder, `.${basename(target)}.${crypto.randomUUID()}.tmp`)
  try {
    writeFlushed(temporary, content)
    renameSync(temporary, target)
  } catch (error) {
    removeQuietly(temporary)
    throw error
  }
  flushFolder(folder)
}

/** Where a link leads: the link itself stays. */
function targetOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function writeFlushed(path: string, content: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function removeLeftovers(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    if (isLeftover(entry, name)) removeQuietly(join(folder, entry))
  }
}

/** Our own temporary files and those of locks; who is just making a lock does without its own. */
function isLeftover(entry: string, name: string): boolean {
  if (entry.startsWith(`${name}.lock.`)) return entry !== `${name}.lock.takeover`
  return entry.startsWith(`.${name}.`) && entry.endsWith('.tmp')
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // It was never made, or is gone already.
  }
}

/** Makes the move itself last; systems that cannot open a folder do so on their own. */
function flushFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // Not every file system knows this.
  }
}
