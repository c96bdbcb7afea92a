import { randomBytes } from 'node:crypto'
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'

/**
 * Writes a whole file or none of it. A file of that name is replaced, a link too: what is in the workspace may come
 * from a pull request, so no link there may lead a report out of it.
 * @param path absolute.
 * @param workspace absolute; a path outside it is the workflow's own choice and is taken as it is.
 * @throws the error of the file system, or one of code `EXDEV` for a folder that leads out of the workspace.
 */
export async function writeReportFile(path: string, content: string, workspace: string): Promise<void> {
  const folder = dirname(path)
  if (isWithin(workspace, path)) await refuseLinkOut(folder, workspace)
  await mkdir(folder, { recursive: true })
  const temporary = join(folder, `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    await writeFile(temporary, content, { flag: 'wx' })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Looks at the nearest folder that is there: those below it are yet to be made, and are no links. */
async function refuseLinkOut(folder: string, workspace: string): Promise<void> {
  const real = await realpath(folder).catch(() => undefined)
  if (real === undefined) return refuseLinkOut(dirname(folder), workspace)
  if (!isWithin(await realpath(workspace), real)) {
    throw Object.assign(new Error('The folder is a link out of the workspace.'), { code: 'EXDEV' })
  }
}

function isWithin(folder: string, path: string): boolean {
  const steps = relative(folder, path)
  return !isAbsolute(steps) && steps !== '..' && !steps.startsWith(`..${sep}`)
}
