import { matchesSegments, parseSegments, type Segment } from './segments.ts'

/** One alternative of a glob, braces expanded. */
export interface Glob {
  /** The leading directories without wildcard, `..` included, with `/`; `.` where there is none. */
  readonly base: string
  /** What follows them: at least one segment. */
  readonly rest: readonly Segment[]
}

const maxLength = 1024
const maxAlternatives = 256

export function hasGlobCharacters(text: string): boolean {
  return /[*?[{]/.test(text) || text.startsWith('!')
}

/**
 * The alternatives of a glob: `*`, `?`, `[…]`, `**`, `{a,b}`, with `\` before a character that stands for itself; no
 * extended globs, no ranges in braces. A sentence instead where it is empty, longer than 1 KiB, begins with `!`, has
 * more than 256 alternatives, or goes up (`..`) after a wildcard.
 */
export function parseGlob(pattern: string): readonly Glob[] | string {
  if (pattern === '') return 'The pattern is empty.'
  if (pattern.length > maxLength) return `The pattern is longer than ${maxLength} characters.`
  if (pattern.startsWith('!')) return 'A pattern cannot begin with "!": use exclude for what is to be left out.'
  const texts = expandBraces(pattern)
  if (!texts) return `The braces of the pattern stand for more than ${maxAlternatives} alternatives.`
  const globs: Glob[] = []
  for (const text of texts) {
    const segments = parseSegments(withoutIdleSegments(text))
    const wildcard = segments.findIndex(segment => segment.kind !== 'literal')
    const split = wildcard < 0 ? Math.max(segments.length - 1, 0) : wildcard
    const rest = segments.slice(split)
    if (rest.some(segment => segment.kind === 'literal' && segment.text === '..')) {
      return 'A pattern cannot go up ("..") after a wildcard or at its end.'
    }
    const base = segments.slice(0, split).map(segment => (segment.kind === 'literal' ? segment.text : ''))
    globs.push({ base: base.length === 1 && base[0] === '' ? '/' : base.join('/') || '.', rest })
  }
  return globs
}

/** Whether a path, seen from the glob's base and split at `/`, matches what follows the base. */
export function matchesGlob(glob: Glob, parts: readonly string[]): boolean {
  return matchesSegments(glob.rest, { parts, from: 0, work: 0 })
}

/** Without `.` and empty segments, but for the empty one that a leading slash makes. */
function withoutIdleSegments(text: string): string {
  return text
    .split('/')
    .filter((part, index) => part !== '.' && (part !== '' || index === 0))
    .join('/')
}

/** Texts a pattern stands for, `undefined` where there are too many. Braces that pair with none are themselves. */
function expandBraces(pattern: string): readonly string[] | undefined {
  const done: string[] = []
  const open = [pattern]
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const group = firstGroup(text)
    if (!group) done.push(text)
    else for (const option of group.options.toReversed()) open.push(group.before + option + group.after)
    if (done.length + open.length > maxAlternatives) return undefined
  }
  return done
}

interface BraceGroup {
  readonly before: string
  readonly options: readonly string[]
  readonly after: string
}

/** The first outermost `{…,…}`; a pair of braces without comma is plain text. */
function firstGroup(text: string): BraceGroup | undefined {
  const starts: { readonly at: number; readonly commas: number[] }[] = []
  let best: BraceGroup | undefined
  for (let offset = 0; offset < text.length; offset++) {
    if (text[offset] === '\\') offset++
    else if (text[offset] === '{') starts.push({ at: offset, commas: [] })
    else if (text[offset] === ',') starts.at(-1)?.commas.push(offset)
    else if (text[offset] === '}') {
      const group = starts.pop()
      if (!group || group.commas.length === 0) continue
      best = groupOf(text, group, offset)
      if (starts.length === 0) return best
    }
  }
  return best
}

function groupOf(text: string, { at, commas }: { at: number; commas: readonly number[] }, end: number): BraceGroup {
  const edges = [at, ...commas, end]
  const options = edges.slice(0, -1).map((edge, index) => text.slice(edge + 1, edges[index + 1]))
  return { before: text.slice(0, at), options, after: text.slice(end + 1) }
}
