/**
 * Wildcard matching in time proportional to pattern × path. Patterns compiled to regular expressions backtrack: three
 * stars against one hostile file name of 250 characters already take seconds, and names and ignore rules come from the
 * repository.
 */

/** One part of a pattern between slashes. `any` is `**`: any number of directories. */
export type Segment =
  | { readonly kind: 'any' }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'pattern'; readonly tokens: readonly Token[] }

/** A character code to match as it is, `star`, `one`, or a set. */
type Token = number | CharacterSet

interface CharacterSet {
  readonly negated: boolean
  /** Code points, both ends included. */
  readonly ranges: readonly (readonly [number, number])[]
}

/** What is matched: `parts` of a path from index `from` on. `work` grows with every step taken. */
export interface Subject {
  readonly parts: readonly string[]
  readonly from: number
  work: number
}

const star = -1
const one = -2

/**
 * Reads `*`, `?`, `[a-z]`, `[!a]`, `\` and, as a whole segment, `**`. A last `**` stands for at least one segment.
 * Any text is a pattern: an unclosed `[` is itself.
 */
export function parseSegments(text: string): readonly Segment[] {
  const segments: Segment[] = []
  for (const part of text.split('/')) {
    if (part !== '**') segments.push(parseSegment(part))
    else if (segments.at(-1)?.kind !== 'any') segments.push({ kind: 'any' })
  }
  if (segments.at(-1)?.kind === 'any') segments.push({ kind: 'pattern', tokens: [star] })
  return segments
}

/** Whether the whole path matches. Dot files are names like any other; case counts. */
export function matchesSegments(segments: readonly Segment[], subject: Subject): boolean {
  let segment = 0
  let part = subject.from
  let anySegment = -1
  let anyPart = -1
  while (part < subject.parts.length) {
    subject.work++
    const current = segments[segment]
    if (current?.kind === 'any') {
      anySegment = segment++
      anyPart = part
    } else if (current && matchesPart(current, subject, part)) {
      segment++
      part++
    } else if (anySegment >= 0) {
      segment = anySegment + 1
      part = ++anyPart
    } else return false
  }
  return segment === segments.length
}

function matchesPart(segment: Segment, subject: Subject, index: number): boolean {
  const part = subject.parts[index] ?? ''
  if (segment.kind === 'literal') return segment.text === part
  return segment.kind === 'pattern' && matchesTokens(segment.tokens, part, subject)
}

function matchesTokens(tokens: readonly Token[], text: string, subject: Subject): boolean {
  let token = 0
  let offset = 0
  let starToken = -1
  let starOffset = -1
  while (offset < text.length) {
    subject.work++
    const current = tokens[token]
    const width = current === undefined || current === star ? 0 : matchedWidth(current, text, offset)
    if (current === star) {
      starToken = token++
      starOffset = offset
    } else if (width > 0) {
      token++
      offset += width
    } else if (starToken >= 0) {
      token = starToken + 1
      offset = ++starOffset
    } else return false
  }
  while (tokens[token] === star) token++
  return token === tokens.length
}

/** UTF-16 units that a token other than a star takes at an offset; 0 where it does not match. */
function matchedWidth(token: Token, text: string, offset: number): number {
  if (typeof token === 'number' && token !== one) return text.charCodeAt(offset) === token ? 1 : 0
  const code = text.codePointAt(offset) ?? 0
  const width = code > 0xffff ? 2 : 1
  if (typeof token === 'number') return width
  const listed = token.ranges.some(([first, last]) => code >= first && code <= last)
  return listed === token.negated ? 0 : width
}

function parseSegment(part: string): Segment {
  const tokens: Token[] = []
  let offset = 0
  while (offset < part.length) {
    const set = part[offset] === '[' ? parseSet(part, offset) : undefined
    if (set) {
      tokens.push(set.token)
      offset = set.end
      continue
    }
    if (part[offset] === '\\' && offset + 1 < part.length) offset++
    else if (part[offset] === '*' || part[offset] === '?') {
      const token = part[offset++] === '*' ? star : one
      if (token === one || tokens.at(-1) !== star) tokens.push(token)
      continue
    }
    tokens.push(part.charCodeAt(offset++))
  }
  if (tokens.every(token => typeof token === 'number' && token >= 0)) {
    return { kind: 'literal', text: tokens.map(code => String.fromCharCode(Number(code))).join('') }
  }
  return { kind: 'pattern', tokens }
}

/** The set that opens at `start`, or `undefined` where its bracket is never closed. */
function parseSet(part: string, start: number): { readonly token: CharacterSet; readonly end: number } | undefined {
  const negated = part[start + 1] === '!' || part[start + 1] === '^'
  const characters: { readonly code: number; readonly dash: boolean }[] = []
  const first = start + (negated ? 2 : 1)
  for (let offset = first; offset < part.length; offset++) {
    if (part[offset] === ']' && offset > first) {
      return { token: { negated, ranges: rangesOf(characters) }, end: offset + 1 }
    }
    const dash = part[offset] === '-'
    if (part[offset] === '\\' && offset + 1 < part.length) offset++
    const code = part.codePointAt(offset) ?? 0
    if (code > 0xffff) offset++
    characters.push({ code, dash })
  }
  return undefined
}

function rangesOf(characters: readonly { readonly code: number; readonly dash: boolean }[]) {
  const ranges: (readonly [number, number])[] = []
  for (let index = 0; index < characters.length; index++) {
    const first = characters[index]
    const last = characters[index + 2]
    if (first && last && characters[index + 1]?.dash) {
      ranges.push([first.code, last.code])
      index += 2
    } else if (first) ranges.push([first.code, first.code])
  }
  return ranges
}
