import { lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { hasGlobCharacters } from './glob.ts'
import { errorCode } from './open.ts'
import { contains, isOutside, relativePath } from './relative-path.ts'

/** What a path argument names. `path` is relative to the root, with `/`; `.` for the root itself. */
export type Argument =
  | { readonly kind: 'file' | 'directory'; readonly path: string }
  | { readonly kind: 'glob' }
  | { readonly kind: 'nothing' }

interface Bounds {
  readonly root: string
  readonly confined: boolean
}

/**
 * Tells files, directories and globs apart. What exists under the very name is no glob. When confined, whatever lies
 * outside the root counts as a file, whether it exists or not: reading it says why it is refused.
 */
export function classifyArgument(argument: string, { root, confined }: Bounds): Argument {
  if (argument === '' || argument.includes('\0')) return { kind: 'nothing' }
  const path = pathFromRoot(argument, root)
  if (confined && isOutside(path)) return hasGlobCharacters(argument) ? { kind: 'nothing' } : { kind: 'file', path }
  const absolute = resolve(root, path)
  const kind = kindOf(absolute)
  if (kind === 'absent') return { kind: hasGlobCharacters(argument) ? 'glob' : 'nothing' }
  if (kind === 'directory' && confined && !liesInside(root, absolute)) return { kind: 'file', path }
  return { kind, path }
}

/** As seen from the root; a root that is reached through a link by either name is the same root. */
function pathFromRoot(argument: string, root: string): string {
  const absolute = resolve(root, argument)
  const path = relativePath(root, absolute)
  if (!isOutside(path)) return path
  const directory = realPath(dirname(absolute))
  const realRoot = realPath(root)
  if (directory === undefined || realRoot === undefined) return path
  const real = join(directory, basename(absolute))
  return contains(realRoot, real) ? relativePath(realRoot, real) : path
}

/** A path that exists but cannot be looked at is left to reading, which says why. */
function kindOf(path: string): 'file' | 'directory' | 'absent' {
  try {
    const stats = lstatSync(path)
    if (stats.isSymbolicLink()) return leadsToDirectory(path) ? 'directory' : 'file'
    return stats.isDirectory() ? 'directory' : 'file'
  } catch (error) {
    return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errorCode(error)) ? 'absent' : 'file'
  }
}

function leadsToDirectory(link: string): boolean {
  try {
    return statSync(link).isDirectory()
  } catch {
    return false
  }
}

function liesInside(root: string, path: string): boolean {
  const realRoot = realPath(root)
  const real = realPath(path)
  return realRoot !== undefined && real !== undefined && contains(realRoot, real)
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}
