import { matchesSegments, parseSegments, type Segment } from './segments.ts'

/** The rules of the `.gitignore` files from some directory down to another: the last that matches a path decides. */
export interface IgnoreRules {
  /** Number of path segments above the directory whose file this is. */
  readonly depth: number
  /** The last line comes first: it decides. */
  readonly rules: readonly IgnoreRule[]
  readonly above: IgnoreRules | undefined
}

interface IgnoreRule {
  readonly segments: readonly Segment[]
  /** Matches a name at any depth, as against a path from the file's own directory. */
  readonly nameOnly: boolean
  readonly directoryOnly: boolean
  readonly negated: boolean
}

const maxRuleLength = 1024
const maxRules = 1000

/** Steps of matching after which the rules of a hostile repository are no longer applied, so that more is listed. */
const maxWork = 500_000_000

/** Adds a `.gitignore` file to the rules above it. At most 1000 rules apply to a file; rules beyond that are dropped. */
export function addIgnoreFile(above: IgnoreRules | undefined, depth: number, content: string): IgnoreRules {
  let room = maxRules
  for (let rules = above; rules; rules = rules.above) room -= rules.rules.length
  const rules = content
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap(line => parseRule(line))
    .slice(0, Math.max(room, 0))
    .toReversed()
  return { depth, rules, above }
}

/** What one walk has spent on matching. */
export interface IgnoreWork {
  spent: number
}

/** Whether the rules ignore a path, given as its segments; says nothing about the directories above it. */
export function isIgnored(rules: IgnoreRules | undefined, path: IgnorePath, work: IgnoreWork): boolean {
  const subject = { parts: path.parts, from: 0, work: 0 }
  for (let level = rules; level && work.spent < maxWork; level = level.above) {
    for (const rule of level.rules) {
      if (rule.directoryOnly && !path.directory) continue
      subject.from = rule.nameOnly ? path.parts.length - 1 : level.depth
      if (!matchesSegments(rule.segments, subject)) continue
      work.spent += subject.work
      return !rule.negated
    }
  }
  work.spent += subject.work
  return false
}

export interface IgnorePath {
  readonly parts: readonly string[]
  readonly directory: boolean
}

/** A line as `gitignore(5)` reads it; nothing for a comment, a blank line and a line of more than 1 KiB. */
function parseRule(line: string): readonly IgnoreRule[] {
  let text = withoutTrailingBlanks(line.endsWith('\r') ? line.slice(0, -1) : line)
  if (text === '' || text.startsWith('#') || text.length > maxRuleLength) return []
  const negated = text.startsWith('!')
  if (negated) text = text.slice(1)
  const directoryOnly = text.endsWith('/')
  if (directoryOnly) text = text.slice(0, -1)
  const nameOnly = !text.includes('/')
  const segments = parseSegments(text.startsWith('/') ? text.slice(1) : text)
  return segments.length === 0 ? [] : [{ segments, nameOnly, directoryOnly, negated }]
}

/** Blanks at the end do not count, but for one that a backslash stands before. */
function withoutTrailingBlanks(line: string): string {
  let end = line.length
  while (end > 0 && line[end - 1] === ' ' && line[end - 2] !== '\\') end--
  return line.slice(0, end)
}
