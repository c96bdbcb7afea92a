import type { Finding, FindingKind, Severity } from '../../src/validation/finding.ts'
import type { Report, ReportedFinding } from '../../src/validation/report.ts'
import type { JudgedUse } from '../../src/validation/use.ts'

type Part<Whole> = { -readonly [Key in keyof Whole]?: Whole[Key] }

/** `file:line:column`, `length` columns wide. */
export function at(file: string, line: number, column: number, length = 12) {
  return { file, span: { start: { line, column }, end: { line, column: column + length } } }
}

export function excerpt(before: string, marked: string, after = '') {
  return { before, marked, after }
}

export function use(parts: Part<JudgedUse> = {}): JudgedUse {
  return {
    secret: 'mlflow',
    key: 'password',
    via: 'reference',
    place: at('stacks/prod.yaml', 12, 24, 19),
    excerpt: undefined,
    breaksRegistration: false,
    verdict: 'found',
    backend: 'local',
    stack: 'prod',
    component: { type: 'experiment_tracker', name: 'mlf', flavor: 'mlflow' },
    attribute: 'tracking_password',
    ...parts,
  }
}

export function reported(finding: Finding, parts: Part<Omit<ReportedFinding, 'finding'>> = {}): ReportedFinding {
  return { finding, severity: 'error', message: `Message of ${finding.kind}.`, help: 'What to do.', ...parts }
}

/** A report whose counts follow from its uses and findings. */
export function report(parts: Part<Report> = {}): Report {
  const uses = parts.uses ?? []
  const findings = parts.findings ?? []
  const verdicts = (...wanted: readonly string[]) => uses.filter(({ verdict }) => wanted.includes(verdict)).length
  const severities = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length
  return {
    result: severities('error') > 0 ? 'fail' : 'pass',
    level: 'SECRET_AND_KEY_EXISTS',
    backends: [{ name: 'local', description: 'the secrets file .zenml/secrets.yaml' }],
    counts: {
      files: 1,
      stacks: parts.stacks?.length ?? 0,
      references: uses.length,
      secrets: new Set(uses.map(({ secret }) => secret)).size,
      errors: severities('error'),
      warnings: severities('warning'),
      notices: severities('notice'),
      found: verdicts('found'),
      missing: verdicts('missing', 'key_missing'),
      unusable: verdicts('unusable'),
      denied: verdicts('denied'),
      unverified: verdicts('unverified'),
      skipped: verdicts('skipped'),
      invalid: verdicts('invalid'),
      ignored: 0,
    },
    uses,
    findings,
    stacks: [],
    ...parts,
  }
}

const tracker = { type: 'experiment_tracker', name: 'mlf', flavor: 'mlflow' }
const registry = { type: 'container_registry', name: 'ecr', flavor: 'aws' }
const alerter = { type: 'alerter', name: undefined, flavor: 'slack' }
const backend = 'the secrets file .zenml/secrets.yaml'
const prod = 'stacks/prod.yaml'

const password = excerpt("      tracking_password: '", '{{mlflow.password}}', "'")
const passwordAt = {
  place: at(prod, 12, 26, 19),
  excerpt: password,
  stack: 'prod',
  component: tracker,
  attribute: 'tracking_password',
}
const tokenAt = {
  place: at(prod, 20, 17, 15),
  excerpt: excerpt('      token: "', '{{slack.token}}', '"'),
  stack: 'prod',
  component: alerter,
  attribute: 'token',
}
const nowhere = { place: undefined, excerpt: undefined }

/** One finding of every kind. */
export const everyKind = {
  'missing-secret': {
    kind: 'missing-secret',
    secret: 'slack',
    key: 'token',
    backend,
    suggestions: ['slack2', 'slak'],
    breaksRegistration: true,
    ...tokenAt,
  },
  'missing-key': {
    kind: 'missing-key',
    secret: 'mlflow',
    key: 'password',
    backend,
    suggestions: ['pass_word'],
    breaksRegistration: false,
    ...passwordAt,
  },
  'case-mismatch': { kind: 'case-mismatch', secret: 'MLflow', spelling: 'mlflow', backend, ...passwordAt },
  'unreferenceable-secret': {
    kind: 'unreferenceable-secret',
    secret: 'my',
    key: 'db.password',
    meant: 'my.db',
    backend,
    ...passwordAt,
  },
  'unusable-secret': {
    kind: 'unusable-secret',
    secret: 'old',
    key: null,
    backend,
    reason: 'it is pending deletion.',
    ...passwordAt,
  },
  'access-denied': {
    kind: 'access-denied',
    secret: 'aws',
    key: 'id',
    backend: 'AWS Secrets Manager, eu-west-1',
    reason: 'secretsmanager:DescribeSecret is missing.',
    ...passwordAt,
    place: { url: 'https://zenml.example.com/stacks/7' },
    excerpt: undefined,
  },
  unverified: { kind: 'unverified', secret: 'gcp', key: 'id', backend, reason: 'Time-out after 10 s.', ...tokenAt },
  'illegal-name': { kind: 'illegal-name', secret: 'a b', key: 'c', backend, reason: 'No blanks.', ...tokenAt },
  'no-backend': {
    kind: 'no-backend',
    reason: 'no-secrets-manager',
    uses: 3,
    place: at('stacks/dev.yaml', 2, 13, 3),
    excerpt: excerpt('stack_name: ', 'dev'),
    stack: 'dev',
  },
  'malformed-reference': {
    kind: 'malformed-reference',
    text: '{{mlflow.password}',
    problem: 'One brace is missing.',
    meant: '{{mlflow.password}}',
    ...passwordAt,
  },
  'embedded-reference': {
    kind: 'embedded-reference',
    text: '{{slack.token}}',
    problem: 'Text stands before it.',
    meant: undefined,
    ...tokenAt,
  },
  'padded-reference': {
    kind: 'padded-reference',
    text: '{{ slack.token }}',
    problem: 'Blanks stand inside the braces.',
    meant: '{{slack.token}}',
    ...tokenAt,
  },
  'nested-reference': { kind: 'nested-reference', text: '{{slack.token}}', ...tokenAt, attribute: 'headers.0' },
  'unquoted-reference': { kind: 'unquoted-reference', text: '{{slack.token}}', ...tokenAt },
  'reference-not-allowed': { kind: 'reference-not-allowed', text: '{{a.b}}', because: 'validator', ...tokenAt },
  'plaintext-secret': {
    kind: 'plaintext-secret',
    ...passwordAt,
    excerpt: excerpt('      tracking_password: ', '***'),
  },
  'reference-as-secret-name': { kind: 'reference-as-secret-name', text: '{{slack.token}}', ...tokenAt },
  'definition-mismatch': {
    kind: 'definition-mismatch',
    secret: 'slack',
    key: 'token',
    createdIn: { file: 'setup.sh', line: 12 },
    keys: ['channel', 'tokens'],
    suggestions: ['tokens'],
    ...tokenAt,
  },
  'local-secrets-remote-orchestrator': {
    kind: 'local-secrets-remote-orchestrator',
    secretsManager: 'sm',
    remote: 'kubeflow',
    remoteType: 'orchestrator',
    refused: true,
    place: at(prod, 5, 9, 4),
    excerpt: excerpt('      name: ', 'sm'),
    stack: 'prod',
    component: registry,
  },
  'unreadable-file': { kind: 'unreadable-file', problem: 'It is nested deeper than 64 levels.', ...nowhere },
  'unreadable-stack': {
    kind: 'unreadable-stack',
    unread: 'slk',
    reason: 'The server does not show it.',
    place: { url: 'https://zenml.example.com/components/9' },
    excerpt: undefined,
    stack: 'live',
  },
  'untrusted-endpoint': {
    kind: 'untrusted-endpoint',
    address: 'https://vault.example.com',
    option: 'vault-url',
    backend: 'Vault https://other.example.com, secret',
    place: at(prod, 30, 12, 27),
    excerpt: excerpt('      url: ', '***'),
    stack: 'prod',
    component: { type: 'secrets_manager', name: 'sm', flavor: 'vault' },
    attribute: 'url',
  },
} as const satisfies { readonly [Kind in FindingKind]: Finding }

/** A report of two stacks and a script, with one finding of every kind. */
export function sampleReport(): Report {
  const warnings: ReadonlySet<FindingKind> = new Set([
    'case-mismatch',
    'definition-mismatch',
    'plaintext-secret',
    'untrusted-endpoint',
  ])
  const severityOf = (kind: FindingKind) =>
    kind === 'reference-as-secret-name' ? 'notice' : warnings.has(kind) ? 'warning' : 'error'
  const findings = Object.values<Finding>(everyKind).map(finding =>
    reported(finding, { severity: severityOf(finding.kind) }),
  )
  const uses = [
    use({ verdict: 'key_missing', place: passwordAt.place }),
    use({ key: 'username', attribute: 'tracking_username', place: at(prod, 13, 26, 19) }),
    use({
      secret: 'slack',
      key: 'token',
      verdict: 'missing',
      place: tokenAt.place,
      component: alerter,
      attribute: 'token',
    }),
    use({
      secret: 'aws',
      key: null,
      via: 'secret-name',
      verdict: 'denied',
      stack: 'dev',
      component: registry,
      attribute: 'authentication_secret',
      place: at('stacks/dev.yaml', 8, 30, 3),
    }),
    use({
      secret: 'gcp',
      key: 'id',
      verdict: 'unverified',
      stack: 'dev',
      attribute: 'id',
      place: at('stacks/dev.yaml', 9, 11, 9),
    }),
    use({
      secret: 'wandb',
      key: null,
      via: 'python',
      place: at('pipelines/train.py', 3, 12, 5),
      stack: undefined,
      component: undefined,
      attribute: undefined,
      verdict: 'skipped',
      backend: undefined,
    }),
  ]
  return report({
    uses,
    findings,
    stacks: [
      { name: 'prod', file: prod, uses: [0, 1, 2] },
      { name: 'dev', file: 'stacks/dev.yaml', uses: [3, 4] },
    ],
  })
}
