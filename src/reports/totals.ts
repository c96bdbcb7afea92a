import { displayable } from '../text/displayable.ts'
import type { Report, Result } from '../validation/report.ts'
import type { JudgedUse } from '../validation/use.ts'

const resultWords = {
  pass: 'Passed',
  fail: 'Failed',
  unverified: 'Not verified',
  error: 'Could not finish',
} as const satisfies Record<Result, string>

const maxBackends = 3
const longestDescription = 80

/** The one line that says what a run came to, safe to print. */
export function totals(report: Report): string {
  const found = severityTotals(report)
  return `${resultWords[report.result]}${found && ` with ${found}`}: ${referenceTotals(report)}.`
}

/** `2 errors and 1 warning`; empty where there are no findings. */
function severityTotals({ counts }: Report): string {
  const parts = [
    counts.errors > 0 && plural(counts.errors, 'error'),
    counts.warnings > 0 && plural(counts.warnings, 'warning'),
    counts.notices > 0 && plural(counts.notices, 'notice'),
  ].filter(part => part !== false)
  return parts.length > 2 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts.join(' and ')
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function referenceTotals(report: Report): string {
  const { counts } = report
  if (counts.references === 0) return nothingToLookUp(report)
  const all = `${plural(counts.references, 'reference')} to ${plural(counts.secrets, 'secret')}`
  if (report.level === 'NONE') return `${all}, nothing looked up at level NONE`
  if (counts.skipped === counts.references) return `${all}, nothing looked up`
  const where = `at level ${report.level}${backendsText(report)}`
  if (counts.found === counts.references) return `${all}, all found ${where}`
  const shortfalls = [missingText(report.uses), ...otherShortfalls(report)].filter(part => part !== '')
  const found = `${counts.found} of ${plural(counts.references, 'reference')} found ${where}`
  return shortfalls.length > 0 ? `${shortfalls.join(', ')}; ${found}` : found
}

function nothingToLookUp({ counts, findings }: Report): string {
  if (counts.stacks > 0) return `${plural(counts.stacks, 'stack')} without secret references`
  return counts.files > 0 || findings.length > 0 ? 'no secret references' : 'no ZenML stack configuration found'
}

function missingText(uses: readonly JudgedUse[]): string {
  const secrets = new Set<string>()
  const keys = new Set<string>()
  for (const { verdict, backend, secret, key } of uses) {
    if (verdict === 'missing') secrets.add(JSON.stringify([backend, secret]))
    if (verdict === 'key_missing') keys.add(JSON.stringify([backend, secret, key]))
  }
  const parts = [secrets.size > 0 && plural(secrets.size, 'secret'), keys.size > 0 && plural(keys.size, 'key')]
  const named = parts.filter(part => part !== false).join(' and ')
  return named && `${named} missing`
}

function otherShortfalls({ counts }: Report): readonly string[] {
  const named: readonly (readonly [number, string])[] = [
    [counts.unusable, 'unusable'],
    [counts.invalid, 'with an illegal name'],
    [counts.denied, 'denied'],
    [counts.unverified, 'not verified'],
    [counts.skipped, 'not looked up'],
    [counts.ignored, 'ignored'],
  ]
  return named.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
}

function backendsText({ backends }: Report): string {
  const shown = backends
    .slice(0, maxBackends)
    .map(({ name, description }) => `${displayable(name)} (${displayable(description, longestDescription)})`)
  const more = backends.length - shown.length
  if (more > 0) shown.push(`${more} more`)
  return shown.length > 0 ? ` in ${shown.join(' and ')}` : ''
}
