import { resolve } from 'node:path'
import { listWithGit } from './git.ts'
import { isBelowVendored } from './vendored.ts'
import { walk } from './walk.ts'

/** Lists what discovery sees below directories; each directory is listed once. */
export interface Listing {
  /** Paths, relative to `directory` and with `/`, in no order. `directory` is relative to the root. */
  below(directory: string): readonly string[]
}

/**
 * Asks git, and walks where git lists nothing: no repository, no git, or a directory the repository ignores as a whole.
 */
export function createListing(root: string): Listing {
  const known = new Map<string, readonly string[]>()
  const list = (directory: string) => {
    const start = resolve(root, directory)
    const listed = listWithGit(start)
    const files = listed && listed.length > 0 ? listed : walk(start, root)
    return files.filter(file => !isBelowVendored(file))
  }
  return {
    below: directory => {
      const listed = known.get(directory) ?? list(directory)
      known.set(directory, listed)
      return listed
    },
  }
}
