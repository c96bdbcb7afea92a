import type { Finding, FindingKind } from '../validation/finding.ts'
import type { Counts, Report, ReportedFinding } from '../validation/report.ts'
import type { JudgedUse, Owner } from '../validation/use.ts'
import type { Place } from './place-text.ts'

type Members<Kind extends FindingKind, Each = Finding> = Each extends Finding
  ? Kind extends Each['kind']
    ? keyof Each
    : never
  : never

/** Which facts of each kind are published, in this order; a change is a change of the report's version. */
const publishedFacts = {
  'missing-secret': ['secret', 'key', 'suggestions', 'createdIn', 'breaksRegistration'],
  'missing-key': ['secret', 'key', 'suggestions', 'breaksRegistration'],
  'case-mismatch': ['secret', 'spelling'],
  'unreferenceable-secret': ['secret', 'key', 'meant'],
  'unusable-secret': ['secret', 'key', 'reason'],
  'access-denied': ['secret', 'key', 'reason'],
  unverified: ['secret', 'key', 'reason'],
  'illegal-name': ['secret', 'key', 'reason'],
  'no-backend': ['reason', 'uses'],
  'malformed-reference': ['text', 'problem', 'meant'],
  'embedded-reference': ['text', 'problem', 'meant'],
  'padded-reference': ['text', 'problem', 'meant'],
  'nested-reference': ['text'],
  'unquoted-reference': ['text'],
  'reference-not-allowed': ['text', 'because'],
  'plaintext-secret': [],
  'reference-as-secret-name': ['text'],
  'definition-mismatch': ['secret', 'key', 'keys', 'createdIn', 'suggestions'],
  'local-secrets-remote-orchestrator': ['secretsManager', 'remote', 'remoteType', 'refused'],
  'unreadable-file': ['problem'],
  'unreadable-stack': ['unread', 'reason'],
  'untrusted-endpoint': ['address', 'option'],
} as const satisfies { readonly [Kind in FindingKind]: readonly Members<Kind>[] }

const publishedCounts = [
  'files',
  'stacks',
  'references',
  'secrets',
  'errors',
  'warnings',
  'notices',
  'found',
  'missing',
  'unusable',
  'denied',
  'unverified',
  'skipped',
  'invalid',
  'ignored',
] as const satisfies readonly (keyof Counts)[]

/** JSON report, version 1, as `schema/report-v1.json` describes it. Ends in a line break. */
export function renderJson(report: Report): string {
  const published = {
    version: 1,
    result: report.result,
    level: report.level,
    backends: report.backends.map(({ name, description }) => ({ name, description })),
    counts: pick(report.counts, publishedCounts),
    references: report.uses.map(publishedUse),
    findings: report.findings.map(publishedFinding),
  }
  return `${escapeForLogs(JSON.stringify(published, undefined, 2))}\n`
}

function publishedUse(use: JudgedUse): object {
  const { secret, key, verdict, via, backend } = use
  return { secret, key, verdict, via, backend, ...publishedPlace(use.place), ...publishedOwner(use) }
}

function publishedFinding({ finding, severity, message, help }: ReportedFinding): object {
  const { kind, place } = finding
  const facts: Readonly<Record<string, unknown>> = { ...finding }
  const published = publishedFacts[kind]
    .filter(name => name !== 'breaksRegistration' || facts[name] === true)
    .map(name => [name, facts[name]])
  return {
    kind,
    severity,
    message,
    help,
    ...Object.fromEntries(published),
    ...publishedPlace(place),
    ...publishedOwner(finding),
  }
}

function publishedPlace(place: Place | undefined): object {
  if (place === undefined) return {}
  if ('url' in place) return { url: place.url }
  const { start, end } = place.span
  return {
    file: place.file,
    start: { line: start.line, column: start.column },
    end: { line: end.line, column: end.column },
  }
}

/** Absent parts stay out, but for a component's name and flavor, which are `null`. */
function publishedOwner({ stack, component, attribute }: Owner): object {
  const named = component && { type: component.type, name: component.name ?? null, flavor: component.flavor ?? null }
  return { stack, component: named, attribute }
}

function pick<Source extends object, Key extends keyof Source>(
  source: Source,
  keys: readonly Key[],
): Pick<Source, Key> {
  return Object.fromEntries(keys.map(key => [key, source[key]])) as Pick<Source, Key>
}

/**
 * Writes as escapes what a log must not get, though JSON allows it: the old form of the Actions runner's commands, and
 * controls that JSON leaves as they are. Such text stands inside strings only, so the data stays the same.
 */
function escapeForLogs(json: string): string {
  return json
    .replaceAll('##[', '#\\u0023[')
    .replace(/[\x7f-\x9f\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, character =>
      Array.from({ length: character.length }, (_, index) => unicodeEscape(character.charCodeAt(index))).join(''),
    )
}

function unicodeEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
