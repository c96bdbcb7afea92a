import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs'

/** What opening one file gave: its bytes, or why not. `link`: the path itself is a symbolic link. */
export type Opened =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** `start` holds the first `limit` bytes; `size` is in bytes, as far as it is known. */
  | { readonly kind: 'too-large'; readonly size: number; readonly start: Buffer }
  | { readonly kind: 'absent' | 'denied' | 'directory' | 'irregular' | 'link' }
  /** The system's own code, such as `EIO`. */
  | { readonly kind: 'failed'; readonly code: string }

export interface Glance {
  /** What files are read into, one after the other: longer than the limit. */
  readonly scratch: Buffer
  readonly isWanted: ((bytes: Buffer) => boolean) | undefined
}

/**
 * Opens a path once, without following a link and without waiting for a pipe, and reads at most `limit` bytes (one more
 * tells that there are more). What it is is asked of the open file, so that nothing can be swapped in between.
 */
export function readBounded(path: string, limit: number): Opened {
  return readOpened(path, descriptor => readFile(descriptor, limit, undefined))
}

/** The same, but `unwanted` where the bytes are refused, about which nothing more is asked. The bytes lie in `scratch`. */
export function readWanted(path: string, limit: number, glance: Glance): Opened | 'unwanted' {
  return readOpened(path, descriptor =>
    isUnwanted(descriptor, limit, glance) ? 'unwanted' : readFile(descriptor, limit, glance.scratch),
  )
}

function readOpened<Read>(path: string, read: (descriptor: number) => Read): Read | Opened {
  let descriptor: number | undefined
  try {
    if (constants.O_NOFOLLOW === undefined && lstatSync(path).isSymbolicLink()) return { kind: 'link' }
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    return read(descriptor)
  } catch (error) {
    return troubleOf(errorCode(error))
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

function readFile(descriptor: number, limit: number, scratch: Buffer | undefined): Opened {
  const stats = fstatSync(descriptor)
  if (stats.isDirectory()) return { kind: 'directory' }
  if (!stats.isFile()) return { kind: 'irregular' }
  const bytes = readAll(descriptor, { size: stats.size, most: limit + 1, scratch })
  if (stats.size <= limit && bytes.length <= limit) return { kind: 'bytes', bytes }
  return { kind: 'too-large', size: Math.max(stats.size, bytes.length), start: bytes.subarray(0, limit) }
}

/**
 * Most files are unwanted, and this one read is all they cost. Where it fails, the descriptor is of something else than a
 * file, which the caller finds out; it leaves the descriptor's place at the start.
 */
function isUnwanted(descriptor: number, limit: number, { scratch, isWanted }: Glance): boolean {
  if (!isWanted) return false
  try {
    const length = readSync(descriptor, scratch, 0, scratch.length, 0)
    return length <= limit && !isWanted(scratch.subarray(0, length))
  } catch {
    return false
  }
}

/** The code of a failed system call, such as `ENOENT`; empty for any other error. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

interface Extent {
  /** Of the file, as far as it is known: files the system makes up as they are read have none. */
  readonly size: number
  readonly most: number
  readonly scratch: Buffer | undefined
}

/** Reads until the end and never more than `most`. All of a known size and nothing after it is the end. */
function readAll(descriptor: number, { size, most, scratch }: Extent): Buffer {
  const expected = Math.min(size + 1, most)
  let buffer = scratch && scratch.length >= expected ? scratch.subarray(0, expected) : Buffer.allocUnsafe(expected)
  let length = 0
  while (length < most) {
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(most - length)])
    const count = readSync(descriptor, buffer, length, buffer.length - length, null)
    length += count
    if (count === 0 || (length === size && size > 0 && length < buffer.length)) break
  }
  return buffer.subarray(0, length)
}

function troubleOf(code: string): Opened {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'absent' }
    case 'EACCES':
    case 'EPERM':
      return { kind: 'denied' }
    case 'EISDIR':
      return { kind: 'directory' }
    case 'ELOOP':
    case 'EMLINK':
      return { kind: 'link' }
    case 'ENXIO':
    case 'ENODEV':
    case 'EOPNOTSUPP':
      return { kind: 'irregular' }
    default:
      return { kind: 'failed', code }
  }
}
