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
  /** Tokens other than comments, line ends and blanks included; hand-written files of 1 MiB have about 400,000. */
  tokens: 500_000,
  /** Places at which nothing can stand: with as many, a text is no YAML and not read on. */
  errors: 100,
  /** How many problems are told; one broken line can cause thousands. */
  problems: 10,
} as const
