import { resolve } from 'node:path'
import { classifyArgument } from './argument.ts'
import type { Candidate, Discovery, FileQuery } from './candidate.ts'
import { type Glob, hasGlobCharacters, matchesGlob, parseGlob } from './glob.ts'
import { createListing, type Listing } from './listing.ts'
import { isOutside, joinPath, relativePath } from './relative-path.ts'

/**
 * The files to look at. Without paths: all below the root that git tracks or does not ignore, else what a walk finds
 * that honours `.gitignore`. A literal file path is taken whatever its name, ignored or excluded; a directory stands
 * for what discovery takes below it, even when git ignores it; a glob matches what discovery takes. `accepts` is asked
 * about each path found, relative to the root. Vendored folders and nested repositories are passed over.
 * Files are not looked at: some may be gone, or be links or submodules, which reading tells.
 */
export function discover(query: FileQuery, accepts: (path: string) => boolean): Discovery {
  const isExcluded = excludeMatcher(query)
  const search: Search = {
    query,
    listing: createListing(query.root),
    takes: path => accepts(path) && !isExcluded(path),
  }
  const found = new Map<string, Candidate>()
  const unmatched: string[] = []
  if (query.paths.length === 0) addAll(found, below('.', search))
  for (const argument of new Set(query.paths)) {
    const candidates = candidatesOf(argument, search)
    if (!candidates) unmatched.push(argument)
    else addAll(found, candidates)
  }
  const paths = [...found.keys()].sort()
  return { files: paths.flatMap(path => found.get(path) ?? []), unmatched }
}

interface Search {
  readonly query: FileQuery
  readonly listing: Listing
  /** Whether discovery takes a path, given relative to the root. */
  takes(path: string): boolean
}

/** `undefined` where there is nothing of that name; a directory is there even when it holds nothing for us. */
function candidatesOf(argument: string, search: Search): readonly Candidate[] | undefined {
  const classified = classifyArgument(argument, search.query)
  switch (classified.kind) {
    case 'nothing':
      return undefined
    case 'file':
      return [{ path: classified.path, named: true }]
    case 'directory': {
      const found = below(classified.path, search)
      // Named like a file of ours and holding none: reading it tells what it is.
      return found.length === 0 && search.takes(classified.path) ? [{ path: classified.path, named: true }] : found
    }
    case 'glob': {
      const matched = matching(argument, search)
      return matched.length > 0 ? matched : undefined
    }
  }
}

function below(directory: string, { listing, takes }: Search): readonly Candidate[] {
  const paths = listing
    .below(directory)
    .map(file => joinPath(directory, file))
    .filter(takes)
  return paths.map(path => ({ path, named: false, ...(directory === '.' ? {} : { within: directory }) }))
}

function matching(pattern: string, search: Search): readonly Candidate[] {
  const globs = parseGlob(pattern)
  if (typeof globs === 'string') return []
  const { root, confined } = search.query
  const byBase = new Map<string, Glob[]>()
  for (const glob of globs) {
    const base = relativePath(root, resolve(root, glob.base))
    const alternatives = byBase.get(base)
    if (alternatives) alternatives.push(glob)
    else byBase.set(base, [glob])
  }
  const candidates: Candidate[] = []
  for (const [base, alternatives] of byBase) {
    if (isOutside(base) && confined) continue
    candidates.push(...matchingBelow(base, alternatives, search))
  }
  return candidates
}

/** Inside the root the listing is the root's, so that what discovery ignores stays ignored. */
function matchingBelow(base: string, globs: readonly Glob[], search: Search): readonly Candidate[] {
  const directory = isOutside(base) ? base : '.'
  const start = directory === base ? '' : `${base}/`
  const candidates: Candidate[] = []
  for (const file of search.listing.below(directory)) {
    if (!file.startsWith(start)) continue
    const parts = file.slice(start.length).split('/')
    const path = joinPath(directory, file)
    if (globs.some(glob => matchesGlob(glob, parts)) && search.takes(path)) {
      candidates.push({ path, named: true, within: base })
    }
  }
  return candidates
}

/** A path given literally wins over one matched by a glob, and that over one found in a directory. */
function addAll(found: Map<string, Candidate>, candidates: readonly Candidate[]): void {
  for (const candidate of candidates) {
    const known = found.get(candidate.path)
    if (!known || rank(candidate) > rank(known)) found.set(candidate.path, candidate)
  }
}

function rank({ named, within }: Candidate): number {
  if (!named) return 0
  return within === undefined ? 2 : 1
}

/**
 * A pattern without wildcard, and one that ends in `/`, leaves out a directory with all below it too. A pattern that
 * `parseGlob` refuses leaves nothing out.
 */
function excludeMatcher({ root, exclude }: FileQuery): (path: string) => boolean {
  const globs = exclude.flatMap(pattern => {
    const whole = pattern.endsWith('/') || !hasGlobCharacters(pattern) ? [`${pattern}/**`] : []
    return [pattern, ...whole].flatMap(text => {
      const parsed = parseGlob(text)
      return typeof parsed === 'string' ? [] : parsed
    })
  })
  const placed = globs.map(glob => ({ glob, base: relativePath(root, resolve(root, glob.base)) }))
  return path => {
    const parts = new Map<string, readonly string[]>()
    return placed.some(({ glob, base }) => {
      const start = base === '.' ? '' : `${base}/`
      if (!path.startsWith(start)) return false
      const rest = parts.get(start) ?? path.slice(start.length).split('/')
      parts.set(start, rest)
      return matchesGlob(glob, rest)
    })
  }
}
