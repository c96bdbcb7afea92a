import fc from 'fast-check'
import { parseReference } from '../../../src/references/grammar.ts'
import type { Attribute, StackFile } from '../../../src/stacks/stack.ts'
import { terraformFile } from '../../../src/stacks/terraform-file.ts'
import { sourceText } from '../../../src/text/source.ts'

export function readTerraformText(text: string, path = 'main.tf'): StackFile | undefined {
  return terraformFile.read(sourceText(path, text))
}

export function attributesOf(file: StackFile | undefined): readonly Attribute[] {
  const stacks = file?.stacks.flatMap(({ components }) => components) ?? []
  return [...stacks, ...(file?.components ?? [])].flatMap(({ attributes }) => attributes)
}

/** What an attribute's place covers in the file. */
export function writtenAt(text: string, { range }: Attribute): string {
  return text.slice(range?.start ?? 0, range?.end ?? 0)
}

const pieces: readonly string[] = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '"',
    '"\n',
    '\n',
    '\r\n',
    '=',
    ':',
    ',',
    '?',
    '.',
    ' ',
    '\t',
    '#',
    '//',
    '/*',
    '*/',
  ],
  ...[
    '${',
    '%{',
    '$${',
    '%%{',
    '~}',
    '%{ if x }',
    '%{ else }',
    '%{ endif }',
    '\\',
    '\\"',
    '\\u00',
    '\uFEFF',
    '\0',
    '\uD800',
  ],
  ...['<<EOT\n', '<<-EOT\n', '\nEOT\n', '  EOT', 'resource', '"zenml_stack_component"', '"zenml_secret"', 'locals {\n'],
  ...[
    'resource "zenml_stack_component" "x" {\n',
    'resource "zenml_secret" "s" {\n',
    'configuration = {\n',
    'values = {',
  ],
  ...[
    'name = "a"\n',
    'type = "alerter"\n',
    'flavor = "slack"\n',
    'merge(',
    'format("{{%s.k}}", ',
    'jsonencode(',
    'for k in v : ',
  ],
  ...[
    'local.a',
    'var.b',
    'zenml_secret.s.name',
    'a = ',
    '"{{a.b}}"',
    "'{{a.b}}'",
    '{{c.d}}',
    '"k" : ',
    '%s',
    '\uE0000\uE001',
  ],
  ...[
    'components:\n',
    '  alerter:\n',
    '    flavor: f\n',
    'stack_name: s\n',
    '    tok: "{{${local.a}.k}}"\n',
    'zenml_version: 1\n',
  ],
]

/** Anything that its tokens can be strung together to, most of it broken. */
export const brokenTerraform: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { maxLength: 60 })
  .map(parts => parts.join(''))

/** Holds for whatever is read: places inside the text, that say what is written there. Throws where it does not. */
export function assertSound(text: string, path?: string): void {
  const file = readTerraformText(text, path)
  if (!file) return
  const { content } = file.source
  for (const attribute of attributesOf(file)) {
    const { value, range, place, templated } = attribute
    if (!range || !('span' in place)) throw new Error('without a place')
    if (range.start < 0 || range.start > range.end || range.end > content.length) throw new Error('outside the text')
    const written = content.slice(range.start, range.end)
    if (JSON.stringify(place.span) !== JSON.stringify(file.source.spanOf(range.start, range.end)))
      throw new Error('span and range differ')
    const isReference = typeof value === 'string' && parseReference(value, 'padded')
    const isLiteral = !/[$%\\(]/.test(written)
    if (isReference && isLiteral && !templated && written !== value) throw new Error(`${value} is not ${written}`)
  }
  for (const { place } of file.definitions ?? []) {
    if (place.span.end.line > file.source.positionAt(content.length).line) throw new Error('outside the text')
  }
}

/** An attribute as it is written, and what has to be read of it. */
interface Sample {
  readonly written: string
  readonly value: string
  readonly place: string
  readonly templated: boolean
}

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,6}$/)
const reference = fc.tuple(name, name).map(([secret, key]) => `{{${secret}.${key}}}`)

function literal(value: string): Sample {
  return { written: `"${value}"`, value, place: value, templated: false }
}

const sample: fc.Arbitrary<Sample> = fc.oneof(
  reference.map(literal),
  name.map(literal),
  name.map(key => {
    const place = `format("{{%s.${key}}}", zenml_secret.known.name)`
    return { written: place, value: `{{known-secret.${key}}}`, place, templated: false }
  }),
  name.map(key => {
    const place = `{{\${local.prefix}-x.${key}}}`
    return { written: `"${place}"`, value: `{{pre-x.${key}}}`, place, templated: false }
  }),
  name.map(key => {
    const place = `{{\${var.secret}.${key}}}`
    return { written: `"${place}"`, value: place, place, templated: true }
  }),
  reference.map(value => ({ ...literal(value), written: `sensitive("${value}") # "{{not.this}}"` })),
  reference.map(value => ({ ...literal(value), written: `(\n  /* "{{nor.this}}" */\n  "${value}"\n  )` })),
)

export interface TerraformSample {
  readonly text: string
  /** Value, text at its place and whether it is templated, attribute by attribute. */
  readonly expected: readonly (readonly [string, string, boolean])[]
}

const surroundings = 'locals {\n  prefix = "pre"\n}\nresource "zenml_secret" "known" {\n  name = "known-secret"\n}\n'

/** Whole components, and what has to be found in them. */
export const soundTerraform: fc.Arbitrary<TerraformSample> = fc
  .record({
    samples: fc.array(sample, { maxLength: 6 }),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    quoted: fc.boolean(),
    merged: fc.boolean(),
  })
  .map(({ samples, lineEnd, quoted, merged }) => {
    const entries = samples.map(({ written }, index) =>
      quoted ? `    "a${index}" : ${written}` : `    a${index} = ${written}`,
    )
    const object = `{\n${entries.join('\n')}\n  }`
    const configuration = merged ? `merge(var.defaults, ${object})` : object
    const text = `${surroundings}resource "zenml_stack_component" "x" {\n  type = "alerter"\n  configuration = ${configuration}\n}\n`
    return {
      text: text.replaceAll('\n', lineEnd),
      expected: samples.map(({ value, place, templated }) => [value, place, templated] as const),
    }
  })
