const testFolders: ReadonlySet<string> = new Set([
  'test',
  'tests',
  'testdata',
  'test_data',
  'test-data',
  'fixtures',
  '__tests__',
  '__fixtures__',
  '__snapshots__',
])

/** Whether a path, with `/`, lies in a folder for tests and what they read. */
export function isBelowTests(path: string): boolean {
  let start = 0
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', start)) {
    if (testFolders.has(path.slice(start, end))) return true
    start = end + 1
  }
  return false
}
