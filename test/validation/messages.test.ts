import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding, FindingKind } from '../../src/validation/finding.ts'
import { findingKinds } from '../../src/validation/finding-info.ts'
import { messageOf } from '../../src/validation/messages.ts'
import { commandsIn } from '../runner.ts'
import { where } from './uses.ts'

const backend = 'local secrets file secrets.yaml'
const asked = { secret: 'db', key: 'password', backend, ...where }
const missing = { ...asked, suggestions: [], breaksRegistration: false }
const answered = { ...asked, reason: 'it is disabled' }
const written = { text: '{{db. password}}', problem: 'It has a blank beside the dot.', meant: undefined, ...where }
const notAllowed = { kind: 'reference-not-allowed', text: '{{db.password}}', ...where } as const
const needs = 'and "tracking_password" of the experiment tracker "mlf" needs it'
const store = { type: 'artifact_store', name: undefined, flavor: 's3' }
const local = {
  kind: 'local-secrets-remote-orchestrator',
  secretsManager: 'sm',
  remote: 'vertex',
  remoteType: 'orchestrator',
  refused: true,
  ...where,
} as const

const mismatch = {
  kind: 'definition-mismatch',
  secret: 'db',
  key: 'password',
  createdIn: { file: 'a b.sh', line: 7 },
  keys: ['pass', 'port', 'user'],
  suggestions: ['pass'],
  ...where,
} as const

type Row = readonly [finding: Finding, message: string, help: string]

const rows: readonly Row[] = [
  [
    { kind: 'missing-secret', ...missing },
    `The secret "db" does not exist in ${backend}, ${needs}.`,
    'Register it with the key "password", or correct the reference "{{db.password}}".',
  ],
  [
    { kind: 'missing-secret', ...missing, breaksRegistration: true, suggestions: ['DB'] },
    `The secret "db" does not exist in ${backend}, ${needs}. Registering, updating, importing or copying this stack fails too, at every level.`,
    'Did you mean "DB"? If not: register it with the key "password", or correct the reference "{{db.password}}".',
  ],
  [
    { kind: 'missing-secret', ...missing, key: null, component: store, suggestions: ['a', 'b'] },
    `The secret "db" does not exist in ${backend}, and "tracking_password" of the artifact store needs it.`,
    'Did you mean "a" or "b"? If not: register it, or correct the name.',
  ],
  [
    { kind: 'missing-secret', ...missing, key: null, component: undefined, suggestions: ['a', 'b', 'c'] },
    `The secret "db" does not exist in ${backend}.`,
    'Did you mean "a", "b" or "c"? If not: register it, or correct the name.',
  ],
  [
    { kind: 'missing-secret', ...missing, createdIn: { file: 'setup.sh', line: 3 } },
    `The secret "db" does not exist in ${backend}, ${needs}.`,
    'Run what creates it, setup.sh:3, or correct the name.',
  ],
  [
    { kind: 'missing-key', ...missing },
    `The secret "db" exists in ${backend}, but has no key "password", ${needs}.`,
    'Add the key "password" to the secret, or correct the reference.',
  ],
  [
    { kind: 'missing-key', ...missing, breaksRegistration: true, suggestions: ['Password'] },
    `The secret "db" exists in ${backend}, but has no key "password", ${needs}. Registering, updating, importing or copying this stack fails too, at every level.`,
    'Did you mean "Password"? If not: add the key "password" to the secret, or correct the reference.',
  ],
  [
    { kind: 'case-mismatch', secret: 'db', spelling: 'DB', backend, ...where },
    `The secret "db" exists in ${backend} only as "DB". Such a reference resolves on a server with a MySQL or MariaDB database and nowhere else.`,
    'Write "DB" in the reference.',
  ],
  [
    { kind: 'unreferenceable-secret', ...asked, meant: 'my.db' },
    `The secret "db" does not exist in ${backend}; "my.db" does, but a name with a dot or a blank can never be referenced.`,
    'Register the secret again under a name without dots and blanks, and reference that.',
  ],
  [
    { kind: 'unusable-secret', ...answered },
    `The secret "db" exists in ${backend}, but ZenML cannot use it. It is disabled.`,
    'Restore the secret, or register it again.',
  ],
  [
    { kind: 'access-denied', ...answered, reason: 'It lacks secretsmanager:GetSecretValue.' },
    `Whether the secret "db" exists in ${backend} is unknown: access was denied. It lacks secretsmanager:GetSecretValue.`,
    'Grant the identity of this run read access, or run the check where it has it.',
  ],
  [
    { kind: 'unverified', ...answered, reason: 'Did the service answer?' },
    `Whether the secret "db" exists in ${backend} is unknown. Did the service answer?`,
    'Fix what kept the backend from answering and run the check again; nothing was concluded about this secret.',
  ],
  [
    { kind: 'illegal-name', ...answered, reason: 'names hold letters only' },
    'Local secrets file secrets.yaml cannot hold a secret called "db". Names hold letters only.',
    'Rename the secret to what the backend allows, here and where it is registered.',
  ],
  [
    { kind: 'no-backend', reason: 'no-secrets-manager', uses: 1, ...where },
    'The stack "prod" needs 1 secret value, but it has no secrets manager.',
    'Add a secrets manager to the stack, or choose a backend with --backend if its secrets live elsewhere.',
  ],
  [
    { kind: 'no-backend', reason: 'not-configured', uses: 3, ...where, stack: undefined },
    'The stack needs 3 secret values, and nothing says where its secrets live.',
    'Name the backend: --secrets-file FILE for a local secrets file, or --backend and its options.',
  ],
  [
    { kind: 'malformed-reference', ...written },
    '"{{db. password}}" looks like a secret reference, but ZenML would pass it on as plain text. It has a blank beside the dot.',
    'Write it as {{secret.key}}: two braces on each side, one name, a dot, one key.',
  ],
  [
    { kind: 'malformed-reference', ...written, meant: '{{db.password}}' },
    '"{{db. password}}" looks like a secret reference, but ZenML would pass it on as plain text. It has a blank beside the dot.',
    'Write "{{db.password}}".',
  ],
  [
    { kind: 'padded-reference', ...written, text: '{{ db.password }}', problem: 'Blanks.', meant: '{{db.password}}' },
    '"{{ db.password }}" is no reference for this version of ZenML. Blanks.',
    'Write "{{db.password}}".',
  ],
  [
    { kind: 'padded-reference', ...written, text: '{{ db.password }}', problem: 'Blanks.' },
    '"{{ db.password }}" is no reference for this version of ZenML. Blanks.',
    'Write it without blanks inside the braces.',
  ],
  [
    { kind: 'embedded-reference', ...written, text: '{{db.password}}', problem: 'There is other text.' },
    '"{{db.password}}" is not the whole value, so ZenML passes it on as it stands. There is other text.',
    'Put the whole text into one key of a secret and reference that key alone.',
  ],
  [
    { kind: 'nested-reference', text: '{{db.password}}', ...where },
    '"{{db.password}}" stands inside a list or map, where ZenML never resolves a reference: it is passed on as it stands.',
    'Use a top-level attribute of the component, or set the value in code after reading the secret.',
  ],
  [
    { kind: 'unquoted-reference', text: '{{db.password}}', ...where },
    '"{{db.password}}" has no quotes: YAML reads two braces as a map, and ZenML refuses the file.',
    "Put it in quotes: '{{db.password}}'.",
  ],
  [
    { ...notAllowed, because: 'name' },
    'The name "{{db.password}}" of a component is a secret reference, which ZenML refuses.',
    'Give the component a name without braces.',
  ],
  [
    { ...notAllowed, because: 'secrets-manager' },
    '"{{db.password}}" configures a secrets manager, which ZenML refuses: it cannot read its own settings from itself.',
    'Write the value itself here.',
  ],
  [
    { ...notAllowed, because: 'validator' },
    'ZenML refuses a reference in the attribute "tracking_password" of the experiment tracker "mlf", because it has to check the value.',
    'Write the value itself here; it is no secret to ZenML.',
  ],
  [
    { ...notAllowed, because: 'type', component: store },
    'ZenML refuses a reference in the attribute "tracking_password" of the artifact store, because it does not hold text.',
    'Write the value itself here.',
  ],
  [
    { kind: 'plaintext-secret', ...where },
    'The sensitive attribute "tracking_password" of the experiment tracker "mlf" holds its value in plain text.',
    'Register the value as a secret, write a reference to it here, and change the value: it is in the history.',
  ],
  [
    { kind: 'plaintext-secret', isNested: true, ...where, attribute: 'client_kwargs.aws_secret_access_key' },
    '"client_kwargs.aws_secret_access_key" of the experiment tracker "mlf" is called like a secret, and holds its value in plain text.',
    'Change the value, for it is in the history, and hand it over by a list of secrets or in code: ZenML resolves no reference inside a list or map.',
  ],
  [
    { ...notAllowed, because: 'cli-option' },
    `ZenML's commands take --secret for an option that attaches a secret by its name: they look for a secret called "{{db.password}}" and fail.`,
    'Write the name of the secret without braces and key, or set the attribute in a stack file or in Terraform.',
  ],
  [
    { kind: 'reference-as-secret-name', text: '{{a.b}}', ...where },
    '"tracking_password" of the experiment tracker "mlf" expects the name of a secret. "{{a.b}}" resolves to a value, which ZenML then takes for that name: whether such a secret exists cannot be checked.',
    'Write the name of the secret without braces and without a key.',
  ],
  [
    mismatch,
    'The secret "db" is created in a b.sh:7 with the keys "pass", "port" and "user", but the key "password" is asked for.',
    'Did you mean "pass"? If not: add the key "password" where the secret is created, or correct the key here.',
  ],
  [
    { ...mismatch, keys: ['user'], suggestions: [] },
    'The secret "db" is created in a b.sh:7 with the key "user", but the key "password" is asked for.',
    'Add the key "password" where the secret is created, or correct the key here.',
  ],
  [
    { ...mismatch, keys: [], suggestions: [] },
    'The secret "db" is created in a b.sh:7 without any key, but the key "password" is asked for.',
    'Add the key "password" where the secret is created, or correct the key here.',
  ],
  [
    { ...mismatch, keys: Array.from({ length: 10 }, (_, index) => `k${index}`), suggestions: [] },
    'The secret "db" is created in a b.sh:7 with the keys "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7" and 2 more, but the key "password" is asked for.',
    'Add the key "password" where the secret is created, or correct the key here.',
  ],
  [
    { kind: 'no-backend', reason: 'outside-stacks', uses: 2, ...where, stack: undefined },
    'This file needs 2 secret values outside any stack, and nothing says where its secrets live.',
    'Name the backend: --secrets-file FILE for a local secrets file, or --backend and its options.',
  ],
  [
    local,
    'The local secrets manager "sm" keeps its secrets on one machine, which the remote orchestrator "vertex" cannot read. ZenML refuses such a stack.',
    'Use a secrets manager that the orchestrator can reach, or a local orchestrator.',
  ],
  [
    { ...local, secretsManager: undefined, remoteType: 'step_operator', refused: false },
    'The local secrets manager keeps its secrets on one machine, which the remote step operator "vertex" cannot read. ZenML accepts the stack, and its runs find no secret.',
    'Use a secrets manager that the orchestrator can reach, or a local orchestrator.',
  ],
  [
    { kind: 'unreadable-file', problem: 'Nested deeper than 64 levels.', ...where },
    'The file could not be read. Nested deeper than 64 levels.',
    'Correct the file, or leave it out with --exclude.',
  ],
  [
    { kind: 'unreadable-stack', unread: undefined, reason: 'The port is closed.', ...where },
    'What the registered stack "prod" needs is not known: it could not be read. The port is closed.',
    'Fix what kept the server from answering and run the check again; nothing was concluded about what it needs.',
  ],
  [
    { kind: 'unreadable-stack', unread: 'slk', reason: 'It is hidden.', ...where },
    'What the registered stack "prod" needs is not known: its component "slk" could not be read. It is hidden.',
    'Fix what kept the server from answering and run the check again; nothing was concluded about what it needs.',
  ],
  [
    {
      kind: 'untrusted-endpoint',
      address: 'https://a.test',
      option: 'vault-url',
      backend: 'Vault https://b.test',
      ...where,
    },
    'The stack names "https://a.test" as the place of its secrets, which is not followed: Vault https://b.test was asked instead.',
    'Correct the stack or the option vault-url, whichever is wrong.',
  ],
  [
    { kind: 'untrusted-endpoint', address: 'team-vault', option: 'azure-vault-url', backend: undefined, ...where },
    'The stack names "team-vault" as the place of its secrets, which is not followed: nobody was asked.',
    'If the place is yours, give it as azure-vault-url.',
  ],
]

describe('a message', () => {
  it.each(rows.map(([finding, message, help]) => [finding.kind, message, help, finding] as const))(
    'for %s: %s',
    (_, message, help, finding) => {
      expect(messageOf(finding)).toEqual({ message, help })
    },
  )

  it('exists for every kind', () => {
    expect(new Set(rows.map(([finding]) => finding.kind))).toEqual(new Set<FindingKind>(findingKinds))
  })

  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom('::', '##[', 'error', 'add-mask]', '\n', '\r\n', '\u2028', '\x1b[31m', '\u202e', '"'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    ),
    maxLength: 12,
  })

  /** Every text of a finding that comes from a repository or a backend, made hostile; what we write ourselves stays. */
  function poisoned(value: unknown, text: string): unknown {
    const ours = new Set(['kind', 'because', 'remoteType', 'option', 'problem', 'place', 'excerpt'])
    const entries = Object.entries(value as object).map(([name, entry]) => {
      if (ours.has(name) || (name === 'reason' && ['not-configured', 'no-secrets-manager'].includes(entry))) {
        return [name, entry]
      }
      if (typeof entry === 'string') return [name, text]
      if (Array.isArray(entry)) return [name, [text, text]]
      return [name, entry && typeof entry === 'object' ? poisoned(entry, text) : entry]
    })
    return Object.fromEntries(entries)
  }

  it.each(rows)('stays on one line and gives the runner nothing, whatever the names are: %j', finding => {
    fc.assert(
      fc.property(hostile, text => {
        const { message, help } = messageOf(poisoned(finding, text) as Finding)
        for (const line of [message, help]) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|::|##\[/u)
          expect(commandsIn(line)).toEqual([])
        }
      }),
      { numRuns: 50 },
    )
  })

  it('stays short, whatever the names are', () => {
    for (const [finding] of rows) {
      const { message, help } = messageOf(poisoned(finding, 'x'.repeat(100_000)) as Finding)
      expect(message.length + help.length).toBeLessThan(2500)
    }
  })
})
