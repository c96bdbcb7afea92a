import { displayable } from '../text/displayable.ts'

const longestText = 2000

/**
 * Any text as a code span, also inside a table's cell or a link's text. Inside one, GitHub makes nothing of mentions,
 * addresses, issue numbers, emoji or HTML. A `|` is written as `\x7c`, as table rows are split before code is read.
 */
export function inlineCode(text: string, limit?: number): string {
  const shown = displayable(text, limit).replaceAll('|', '\\x7c')
  if (shown === '') return '(empty)'
  const fence = '`'.repeat(longestRun(shown) + 1)
  const padding =
    shown.startsWith('`') || shown.endsWith('`') || (shown.startsWith(' ') && shown.endsWith(' ')) ? ' ' : ''
  return fence + padding + shown + padding + fence
}

/**
 * A sentence as Markdown that shows it and does nothing else: what stands between double quotes becomes a code span, as
 * does every other word that is not an ordinary one. Neither escapes nor invisible characters would do, as GitHub looks
 * for mentions, issue numbers and commits after Markdown has been read.
 */
export function plainText(text: string, limit: number = longestText): string {
  const parts = displayable(text, limit).split('"')
  const unclosed = parts.length % 2 === 0
  const shown = parts.map((part, index) => {
    if (index % 2 === 0) return words(part)
    return unclosed && index === parts.length - 1 ? `"${words(part)}` : inlineCode(part, Number.POSITIVE_INFINITY)
  })
  return shown
    .reduce(joinSpans, '')
    .trim()
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

/** Backticks of two spans without a blank between them would be read as one run. */
function joinSpans(before: string, after: string): string {
  return before.endsWith('`') && after.startsWith('`') ? `${before} ${after}` : before + after
}

function words(text: string): string {
  return text.split(' ').map(word).join(' ')
}

function word(text: string): string {
  const start = firstOther(text, opening)
  const end = Math.max(start, lastOther(text, closing))
  const core = text.slice(start, end)
  const shown = core === '' || isOrdinary(core) ? core : inlineCode(core, Number.POSITIVE_INFINITY)
  return text.slice(0, start) + shown + text.slice(end)
}

const opening: ReadonlySet<string> = new Set(["'", '('])
const closing: ReadonlySet<string> = new Set(["'", ')', '.', ',', ';', ':', '?', '…'])

function firstOther(text: string, set: ReadonlySet<string>): number {
  let index = 0
  while (index < text.length && set.has(text.charAt(index))) index++
  return index
}

function lastOther(text: string, set: ReadonlySet<string>): number {
  let index = text.length
  while (index > 0 && set.has(text.charAt(index - 1))) index--
  return index
}

/** Letters, digits, and hyphens and apostrophes between letters; nothing that could be the hash of a commit. */
function isOrdinary(text: string): boolean {
  return (
    (/^[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}]+)*$/u.test(text) || dashes.has(text)) && !/^[0-9a-f]{7,}$/i.test(text)
  )
}

const dashes: ReadonlySet<string> = new Set(['–', '—', '·', '→'])

function longestRun(text: string): number {
  let longest = 0
  let run = 0
  for (const character of text) {
    run = character === '`' ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
