import type { FindingKind, Severity } from './finding.ts'

/** What every finding of a kind shares. The sentences about one finding are in `messages.ts`. */
export interface FindingInfo {
  /** A short noun phrase: the title of an annotation, the row of a table. */
  readonly title: string
  /** Before the run's level and policy. `unverified`: an error or a warning, as `on-unverified` says, and never a failure. */
  readonly severity: Severity | 'unverified'
  /** One sentence about the kind as such. */
  readonly explanation: string
}

/** The table of design: a new kind does not compile until it has its row; a page `docs/findings/<kind>.md` is tested for. */
export const findingInfo = {
  'missing-secret': {
    title: 'Missing secret',
    severity: 'error',
    explanation: 'The secret does not exist in the backend, so ZenML cannot resolve the reference when a run starts.',
  },
  'missing-key': {
    title: 'Missing key',
    severity: 'error',
    explanation: 'The secret exists, but it has no such key.',
  },
  'case-mismatch': {
    title: 'Name differs in case or accent',
    severity: 'warning',
    explanation: 'The name resolves only on a server whose database ignores case and accents.',
  },
  'unreferenceable-secret': {
    title: 'Secret that cannot be referenced',
    severity: 'error',
    explanation: 'A secret whose name holds a dot or a blank exists, but no reference can ever name it.',
  },
  'unusable-secret': {
    title: 'Unusable secret',
    severity: 'error',
    explanation: 'The secret exists, but is disabled, destroyed, pending deletion or not of a form ZenML can read.',
  },
  'access-denied': {
    title: 'Access denied',
    severity: 'unverified',
    explanation: 'The identity may not look, so nothing is known about the secret.',
  },
  unverified: {
    title: 'Not verified',
    severity: 'unverified',
    explanation: 'The backend did not answer, so nothing is known about the secret.',
  },
  'illegal-name': {
    title: 'Illegal secret name',
    severity: 'error',
    explanation: 'This backend cannot hold a secret of such a name.',
  },
  'no-backend': {
    title: 'No secrets backend',
    severity: 'error',
    explanation: 'The stack needs secrets and nothing says where they live.',
  },
  'malformed-reference': {
    title: 'Malformed reference',
    severity: 'error',
    explanation: 'The text looks like a secret reference, but ZenML would pass it on as plain text.',
  },
  'embedded-reference': {
    title: 'Reference inside longer text',
    severity: 'error',
    explanation: 'ZenML resolves a reference only where it is the whole value; this one is passed on as it stands.',
  },
  'padded-reference': {
    title: 'Blanks inside the braces',
    severity: 'error',
    explanation: 'ZenML before 0.40 does not take a reference with blanks inside the braces for one.',
  },
  'nested-reference': {
    title: 'Reference in a list or map',
    severity: 'error',
    explanation: 'ZenML resolves references in top-level attributes only; this one is passed on as it stands.',
  },
  'unquoted-reference': {
    title: 'Reference without quotes',
    severity: 'error',
    explanation: 'YAML reads two braces without quotes as a map, and ZenML refuses the file.',
  },
  'reference-not-allowed': {
    title: 'Reference not allowed here',
    severity: 'error',
    explanation: 'ZenML refuses a reference in this place when the component is registered or imported.',
  },
  'plaintext-secret': {
    title: 'Plain-text secret',
    severity: 'warning',
    explanation: 'A sensitive attribute holds its value in plain text instead of a secret reference.',
  },
  'reference-as-secret-name': {
    title: 'Reference where a name is expected',
    severity: 'notice',
    explanation:
      'The attribute holds the bare name of a secret; of a reference there, the value is taken for that name.',
  },
  'definition-mismatch': {
    title: 'Created without this key',
    severity: 'warning',
    explanation: 'The repository itself creates the secret, without the key that is asked for.',
  },
  'local-secrets-remote-orchestrator': {
    title: 'Local secrets, remote orchestrator',
    severity: 'error',
    explanation: 'A local secrets manager keeps its file on one machine, which a remote orchestrator cannot read.',
  },
  'unreadable-file': {
    title: 'Unreadable file',
    severity: 'error',
    explanation: 'The file could not be read, so what it needs is unknown.',
  },
  'unreadable-stack': {
    title: 'Unreadable stack',
    severity: 'unverified',
    explanation: 'The stack registered on the ZenML server could not be read, so what it needs is unknown.',
  },
  'untrusted-endpoint': {
    title: 'Address that is not followed',
    severity: 'warning',
    explanation:
      'The stack names a place for its secrets, and they are looked up only where inputs, flags or the environment say.',
  },
} as const satisfies Record<FindingKind, FindingInfo>

export const findingKinds = Object.keys(findingInfo) as readonly FindingKind[]

/** The documentation page of a kind, relative to the repository's root. */
export function findingPage(kind: FindingKind): string {
  return `docs/findings/${kind}.md`
}
