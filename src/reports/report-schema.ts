import * as z from 'zod/mini'
import { severities } from '../validation/finding.ts'
import { levels } from '../validation/level.ts'
import { results } from '../validation/report.ts'
import { verdicts } from '../validation/use.ts'

const described = (description: string) => z.describe<unknown>(description)
const count = (description: string) => z.int().check(z.minimum(0), described(description))
const text = (description: string) => z.string().check(described(description))

const position = z
  .strictObject({
    line: z.int().check(z.minimum(1), described('From 1.')),
    column: z.int().check(z.minimum(1), described('From 1, in UTF-16 code units; an end is exclusive.')),
  })
  .check(z.meta({ id: 'Position' }))
const component = z
  .strictObject({
    type: text('Such as `experiment_tracker`.'),
    name: z.nullable(z.string()),
    flavor: z.nullable(z.string()),
  })
  .check(z.meta({ id: 'Component' }))

const filePlace = {
  file: text('Relative to the working directory, with `/`.'),
  start: position,
  end: position,
}
const url = text('Address of the registered stack on its server.')

const owner = {
  stack: z.optional(text('Name of the stack.')),
  component: z.optional(component),
  attribute: z.optional(text('Nested paths are joined with `.`')),
}

const secret = text('Name of the secret.')
const key = z.nullable(z.string()).check(described('`null` where no key is named.'))

const use = {
  secret,
  key,
  verdict: z.enum(verdicts),
  via: z.enum(['reference', 'secret-name', 'secrets-list', 'python', 'templated']),
  backend: z.optional(text('Name of the backend that was asked, if any was.')),
}
const reference = z.union([
  z.strictObject({ ...use, ...filePlace, ...owner }),
  z.strictObject({ ...use, url, ...owner }),
])

const missing = {
  secret,
  suggestions: z.array(z.string()).check(z.maxLength(3), described('Nearest existing names, best first.')),
  breaksRegistration: z.optional(
    z
      .literal(true)
      .check(described('Registering, updating, importing and copying the stack fail too, at every level.')),
  ),
}
const creation = z
  .strictObject({ file: filePlace.file, line: position.shape.line })
  .check(z.meta({ id: 'Creation' }), described('Where the repository itself creates the secret.'))
const malformed = {
  text: text('As written.'),
  problem: text('What is wrong with it, a sentence.'),
  meant: z.optional(text('The reference that was probably meant.')),
}

/** Facts of each kind, or of kinds alike. */
const findings = [
  finding(['missing-secret'], { ...missing, key, createdIn: z.optional(creation) }),
  finding(['missing-key'], { ...missing, key: text('Name of the missing key.') }),
  finding(['case-mismatch'], { secret, spelling: text('As the backend spells it.') }),
  finding(['unreferenceable-secret'], { secret, key, meant: text('The existing name no reference can name.') }),
  finding(['unusable-secret', 'access-denied', 'unverified', 'illegal-name'], { secret, key, reason: z.string() }),
  finding(['no-backend'], {
    reason: z.enum(['no-secrets-manager', 'not-configured', 'outside-stacks']),
    uses: count('References that could not be checked for it.'),
  }),
  finding(['malformed-reference', 'embedded-reference', 'padded-reference'], malformed),
  finding(['nested-reference', 'unquoted-reference'], { text: malformed.text }),
  finding(['reference-not-allowed'], {
    text: malformed.text,
    because: z.enum(['name', 'secrets-manager', 'validator', 'type', 'cli-option']),
  }),
  finding(['plaintext-secret'], {}),
  finding(['reference-as-secret-name'], { text: malformed.text }),
  finding(['definition-mismatch'], {
    secret,
    key: text('The key that is asked for.'),
    keys: z.array(z.string()).check(described('Keys it is created with.')),
    createdIn: creation,
    suggestions: missing.suggestions,
  }),
  finding(['local-secrets-remote-orchestrator'], {
    secretsManager: z.optional(z.string()),
    remote: text('Name of the remote component or its flavor.'),
    remoteType: z.enum(['orchestrator', 'step_operator']),
    refused: z.boolean().check(described('ZenML itself refuses such a stack.')),
  }),
  finding(['unreadable-file'], { problem: text('Why, a sentence.') }),
  finding(['unreadable-stack'], {
    unread: z.optional(text('Name of the component that could not be read; absent for the whole stack.')),
    reason: z.string(),
  }),
  finding(['untrusted-endpoint'], {
    address: text('What the stack names, without credentials.'),
    option: z.enum(['vault-url', 'azure-vault-url', 'secrets-file']),
  }),
] as const

function finding<const Kind extends string, Facts extends z.core.$ZodLooseShape>(kinds: readonly Kind[], facts: Facts) {
  return z.strictObject({
    kind: z.enum(kinds),
    severity: z.enum(severities),
    message: text('What is wrong.'),
    help: text('What to do.'),
    ...facts,
    ...z.partial(z.strictObject({ ...filePlace, url })).shape,
    ...owner,
  })
}

/** The JSON report, version 1: what `schema/report-v1.json` is made of. */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  result: z.enum(results),
  level: z.enum(levels),
  backends: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  counts: z.strictObject({
    files: count('Files that hold ZenML configuration.'),
    stacks: count('Stacks.'),
    references: count('Places that need a secret.'),
    secrets: count('Distinct names of secrets.'),
    errors: count('Findings of severity error.'),
    warnings: count('Findings of severity warning.'),
    notices: count('Findings of severity notice.'),
    found: count('References found.'),
    missing: count('References whose secret or key is missing.'),
    unusable: count('References to secrets that cannot be used.'),
    denied: count('References the identity may not look at.'),
    unverified: count('References the backend gave no answer for.'),
    skipped: count('References that were not looked up.'),
    invalid: count('References with a name the backend cannot hold.'),
    ignored: count('Findings that are ignored.'),
  }),
  references: z.array(reference).check(described('Sorted by file, line and column.')),
  findings: z
    .array(z.discriminatedUnion('kind', findings))
    .check(described('Sorted likewise; those without a place last.')),
})

/** As JSON Schema, draft 2020-12. */
export function reportJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(reportSchema, { target: 'draft-2020-12' })
  return {
    $schema,
    $id: 'urn:zenml-secrets:report:v1',
    title: 'Report of zenml-secrets, version 1',
    ...schema,
  }
}
