import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Candidate, FileQuery, FileText } from './candidate.ts'
import { decode, decodeLossy } from './decode.ts'
import { errorCode, type Glance, type Opened, readBounded, readWanted } from './open.ts'
import { contains, isOutside } from './relative-path.ts'

/** Bytes of a file, at most: 1 MiB. */
const maxBytes = 1_048_576

/** Reads candidates; remembers where their directories really lie. */
export interface FileReader {
  /**
   * Never throws, never waits, opens the file once. What `isWanted` refuses is not even decoded; the bytes it is shown are
   * overwritten by the next file.
   */
  read(candidate: Candidate, isWanted?: (bytes: Buffer) => boolean): FileText | Unwanted
}

interface Unwanted {
  readonly kind: 'unwanted'
}
const unwanted: Unwanted = { kind: 'unwanted' }

/**
 * A reader for the candidates of one discovery. A file found in a directory must really lie below where the search
 * began, and no link is followed. A path or glob of the user may name a link, which is resolved once: what a glob
 * matched must lie below the glob's own directory, and everything must lie in `root`, but for a path that itself leads
 * out of it when not confined.
 */
export function createFileReader(query: Pick<FileQuery, 'root' | 'confined'>): FileReader {
  const directories = new Map<string, Located>()
  const realDirectory = (path: string): Located => {
    const known = directories.get(path) ?? locate(path)
    directories.set(path, known)
    return known
  }
  const surroundings = { ...query, realDirectory }
  const scratch = Buffer.allocUnsafeSlow(maxBytes + 1)
  // Files come sorted, so those of one folder follow each other.
  let last: Candidate | undefined
  let folder: Folder | Unreadable = unreadable(gone)
  const folderOf = (candidate: Candidate): Folder | Unreadable => {
    if (!last || !inOneFolder(last, candidate)) folder = findFolder(candidate, surroundings)
    last = candidate
    return folder
  }
  return {
    read: (candidate, isWanted) => {
      const folder = folderOf(candidate)
      if ('kind' in folder) return folder
      const opened = openCandidate(candidate, folder, { scratch, isWanted })
      if (opened === 'unwanted') return unwanted
      return opened.kind === 'unreadable' ? opened : textOf(opened)
    },
  }
}

/** Whether two candidates lie in one folder and are bound alike. */
function inOneFolder(a: Candidate, b: Candidate): boolean {
  const end = a.path.lastIndexOf('/')
  return (
    a.named === b.named &&
    a.within === b.within &&
    end === b.path.lastIndexOf('/') &&
    b.path.startsWith(a.path.slice(0, end + 1))
  )
}

/**
 * Reads a file the user configured, at an absolute path outside any query; links are followed.
 */
export function readConfiguredFile(path: string): FileText {
  const located = locate(path)
  return 'reason' in located ? unreadable(located.reason) : textOf(readBounded(located.path, maxBytes))
}

/** Where something really is, or a sentence that says why that cannot be told. */
type Located = { readonly path: string } | { readonly reason: string }

const outside = 'It lies outside the workspace, where nothing is read.'
const tooManyLinks = 'Too many symbolic links lead to it.'
const gone = 'There is no such file, or it is gone by now.'
const denied = 'There is no permission to read it.'

interface Surroundings extends Pick<FileQuery, 'root' | 'confined'> {
  readonly realDirectory: (path: string) => Located
}

type Unreadable = FileText & { readonly kind: 'unreadable' }

/** Where the files of one folder are, and where links from it may lead. */
interface Folder {
  readonly real: string
  readonly liesInside: (real: string) => boolean
}

function findFolder(candidate: Candidate, { root, confined, realDirectory }: Surroundings): Folder | Unreadable {
  if (confined && isOutside(candidate.path)) return unreadable(outside)
  const directory = realDirectory(dirname(resolve(root, candidate.path)))
  if ('reason' in directory) return unreadable(directory.reason)
  const boundaries: string[] = []
  for (const boundary of boundariesOf(candidate, confined)) {
    const located = realDirectory(resolve(root, boundary))
    if ('reason' in located) return unreadable(located.reason)
    boundaries.push(located.path)
  }
  const liesInside = (real: string) => boundaries.every(boundary => contains(boundary, real))
  return liesInside(directory.path) ? { real: directory.path, liesInside } : unreadable(outside)
}

function openCandidate(
  candidate: Candidate,
  { real, liesInside }: Folder,
  glance: Glance,
): Opened | Unreadable | 'unwanted' {
  const path = join(real, basename(candidate.path))
  const opened = readWanted(path, maxBytes, glance)
  if (opened === 'unwanted' || opened.kind !== 'link') return opened
  if (!candidate.named) return unreadable('It is a symbolic link, which is not followed.')
  const target = locate(path)
  if ('reason' in target) return unreadable(target.reason)
  if (!liesInside(target.path)) return unreadable(`It is a symbolic link. ${outside}`)
  return readWanted(target.path, maxBytes, glance)
}

/** Directories, relative to the root, that the file must really lie in. */
function boundariesOf({ path, named, within }: Candidate, confined: boolean): readonly string[] {
  const searched = within ?? (named ? undefined : '.')
  // A path that does not say that it leads out must not: the link may have come with a pull request.
  return [...(searched === undefined ? [] : [searched]), ...(confined || !isOutside(path) ? ['.'] : [])]
}

function locate(path: string): Located {
  try {
    return { path: realpathSync.native(path) }
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT':
      case 'ENOTDIR':
        return { reason: gone }
      case 'EACCES':
      case 'EPERM':
        return { reason: denied }
      case 'ELOOP':
        return { reason: tooManyLinks }
      default:
        return { reason: failed(errorCode(error)) }
    }
  }
}

function textOf(opened: Opened): FileText {
  switch (opened.kind) {
    case 'bytes': {
      const decoded = decode(opened.bytes)
      return decoded.kind === 'text' ? decoded : unreadable(decoded.reason, decoded.head)
    }
    case 'too-large':
      return unreadable(tooLarge(opened.size), decodeLossy(opened.start))
    case 'absent':
      return unreadable(gone)
    case 'denied':
      return unreadable(denied)
    case 'directory':
      return unreadable('It is a directory, not a file.')
    case 'irregular':
      return unreadable('It is not a regular file, so it is not read.')
    case 'link':
      return unreadable(tooManyLinks)
    case 'failed':
      return unreadable(failed(opened.code))
  }
}

function tooLarge(size: number): string {
  return `It is too large: ${decimal(size)} bytes, where at most ${decimal(maxBytes)} (1 MiB) are read.`
}

function decimal(count: number): string {
  return count.toLocaleString('en-US')
}

function failed(code: string): string {
  return /^[A-Z0-9_]{1,32}$/.test(code) ? `It could not be read (${code}).` : 'It could not be read.'
}

function unreadable(reason: string, head = ''): Unreadable {
  return { kind: 'unreadable', reason, head }
}
