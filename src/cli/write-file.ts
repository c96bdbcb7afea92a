import { randomBytes } from 'node:crypto'
import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a whole file or none of it: beside its place first, then moved there. Makes the folders above it, follows
 * links, keeps the mode of a file that is replaced, and writes straight to what is no regular file, such as a device.
 * @throws the error of the file system.
 */
export async function writeWholeFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const existing = await stat(path).catch(() => undefined)
  if (existing !== undefined && !existing.isFile()) {
    await writeFile(path, content)
    return
  }
  const target = existing === undefined ? path : await realpath(path)
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`)
  const mode = existing === undefined ? 0o666 : existing.mode & 0o777
  try {
    await writeFile(temporary, content, { flag: 'wx', mode })
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
