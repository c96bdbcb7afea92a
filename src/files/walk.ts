import { isUtf8 } from 'node:buffer'
import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { addIgnoreFile, type IgnoreRules, type IgnoreWork, isIgnored } from './ignore-rules.ts'
import { readBounded } from './open.ts'
import { isOutside, relativePath } from './relative-path.ts'
import { isVendored } from './vendored.ts'

const ignoreFile = '.gitignore'
const maxIgnoreFile = 256 * 1024

interface Folder {
  readonly path: string
  /** Segments from the top of the walk. */
  readonly parts: readonly string[]
  readonly rules: IgnoreRules | undefined
}

/**
 * Paths of the files and links below `start`, relative to it, that the `.gitignore` files from `top` on do not ignore.
 * Stands in for git: enters no link, no vendored folder and no nested repository, and passes over what it may not read
 * and names that are not UTF-8. An ignored `start` is walked all the same, then by the rules below it alone.
 * @param top Absolute path of a directory; counts where `start` lies below it.
 */
export function walk(start: string, top: string): readonly string[] {
  const work: IgnoreWork = { spent: 0 }
  const first = descend(start, top, work)
  const files: string[] = []
  const open = [first]
  for (let folder = open.pop(); folder; folder = open.pop()) {
    const entries = entriesOf(folder.path)
    if (folder !== first && entries.some(entry => entry.name === '.git')) continue
    const rules = entries.some(entry => entry.name === ignoreFile) ? withIgnoreFile(folder) : folder.rules
    for (const { name, directory } of entries) {
      const parts = [...folder.parts, name]
      if ((directory && isVendored(name)) || isIgnored(rules, { parts, directory }, work)) continue
      if (directory) open.push({ path: join(folder.path, name), parts, rules })
      else files.push(parts.slice(first.parts.length).join('/'))
    }
  }
  return files
}

/** The folder to start from, with the rules of the directories above it, `top` included. */
function descend(start: string, top: string, work: IgnoreWork): Folder {
  const path = relativePath(top, start)
  let folder: Folder = { path: top, parts: [], rules: undefined }
  if (path === '.' || isOutside(path)) return { ...folder, path: start }
  for (const name of path.split('/')) {
    const rules = withIgnoreFile(folder)
    const parts = [...folder.parts, name]
    if (isIgnored(rules, { parts, directory: true }, work)) return { path: start, parts: [], rules: undefined }
    folder = { path: join(folder.path, name), parts, rules }
  }
  return folder
}

function withIgnoreFile({ path, parts, rules }: Folder): IgnoreRules | undefined {
  const opened = readBounded(join(path, ignoreFile), maxIgnoreFile)
  return opened.kind === 'bytes' ? addIgnoreFile(rules, parts.length, opened.bytes.toString('utf8')) : rules
}

interface Entry {
  readonly name: string
  readonly directory: boolean
}

function entriesOf(directory: string): readonly Entry[] {
  const entries: Entry[] = []
  for (const entry of readEntries(directory)) {
    if (!isUtf8(entry.name)) continue
    if (!entry.isFile() && !entry.isSymbolicLink() && !entry.isDirectory()) continue
    entries.push({ name: entry.name.toString('utf8'), directory: entry.isDirectory() })
  }
  return entries
}

function readEntries(directory: string): readonly Dirent<Buffer>[] {
  try {
    return readdirSync(directory, { withFileTypes: true, encoding: 'buffer' })
  } catch {
    return []
  }
}
