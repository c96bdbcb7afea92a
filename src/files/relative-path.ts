import { isAbsolute, join, relative, sep } from 'node:path'

/** Path of `target` as seen from `directory`, with `/`; `.` for the directory itself. Both are absolute. */
export function relativePath(directory: string, target: string): string {
  const path = relative(directory, target)
  return (sep === '/' ? path : path.replaceAll(sep, '/')) || '.'
}

/** Whether a path that `relativePath` gave leads out of its directory. */
export function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../') || isAbsolute(path)
}

/** Joins two paths with `/`, where `.` is the directory itself. */
export function joinPath(directory: string, path: string): string {
  return directory === '.' ? path : `${directory}/${path}`
}

/** Whether `target` is `directory` or lies below it. Both are absolute and free of links. */
export function contains(directory: string, target: string): boolean {
  return target === directory || target.startsWith(join(directory, sep))
}
