/**
 * Bounds for one file, so that any text is read in linear time and bounded memory, and so that the library's recursion
 * stays shallow: deep nesting makes it abort the whole process on Node 20.
 */
export const limits = {
  /** UTF-16 units. */
  length: 1024 * 1024,
  /** Collections inside one another. */
  nesting: 64,
  documents: 100,
  /** Tokens other than comments and blank lines; real files of 1 MiB have half as many. */
  tokens: 600_000,
  /** How many problems are told; one broken line can cause thousands. */
  problems: 10,
} as const
