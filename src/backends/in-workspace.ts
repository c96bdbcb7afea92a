import { realpathSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'

/** Whether a file exists and lies, links followed, in the folder under check: anybody who may change that may have written it. */
export function isInWorkspace(workspace: string, file: string): boolean {
  const real = realPath(file)
  if (real === undefined) return false
  const path = relative(realPath(workspace) ?? workspace, real)
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
