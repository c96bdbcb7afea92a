/** Folders that hold other people's files or a tool's own: never listed, never entered. */
const vendoredNames: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  '.yarn',
  '.pnpm-store',
  '.venv',
  'venv',
  '.virtualenv',
  'virtualenv',
  'site-packages',
  'dist-packages',
  '.eggs',
  '__pycache__',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.terraform',
])

/** Whether a directory of this name is left out of discovery. */
export function isVendored(name: string): boolean {
  return vendoredNames.has(name)
}

/** Whether a file path, with `/`, lies in such a directory. */
export function isBelowVendored(path: string): boolean {
  let start = 0
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', start)) {
    if (vendoredNames.has(path.slice(start, end))) return true
    start = end + 1
  }
  return false
}
