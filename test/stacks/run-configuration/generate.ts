import fc from 'fast-check'
import { parseReference } from '../../../src/references/grammar.ts'
import { runConfiguration } from '../../../src/stacks/run-configuration.ts'
import type { Attribute, StackFile } from '../../../src/stacks/stack.ts'
import { sourceText } from '../../../src/text/source.ts'

export function readConfigurationText(text: string): StackFile | undefined {
  return runConfiguration.read(sourceText('run.yaml', text))
}

/** The secrets as `secret.key via line:column-line:column attribute`. */
export function secretRows(file: StackFile | undefined): readonly string[] {
  return (file?.secrets ?? []).map(({ secret, key, via, place, attribute }) => {
    const { start, end } = place.span
    const name = key === null ? secret : `${secret}.${key}`
    return `${name} ${via} ${start.line}:${start.column}-${end.line}:${end.column} ${attribute}`
  })
}

export function attributesOf(file: StackFile | undefined): readonly Attribute[] {
  return (file?.components ?? []).flatMap(({ attributes }) => attributes)
}

const pieces: readonly string[] = [
  ...[
    'steps:\n',
    '  trainer:\n',
    'settings:\n',
    '  orchestrator:\n',
    '    token: ',
    'environment:\n',
    '  X: ',
    'secrets:\n',
    '- ',
  ],
  ...[
    'secrets: [a, b]\n',
    'enable_cache: true\n',
    '    secrets: [c]\n',
    '    settings: {orchestrator: {t: "{{a.b}}"}}\n',
    "'{{a.b}}'\n",
  ],
  ...[
    '{{a.b}}\n',
    '&x ',
    '*x',
    '<<: *x\n',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '\n',
    '\r\n',
    '---\n',
    '# c\n',
    '|\n',
    '\t',
    '\0',
    '\uD800',
    ': ',
  ],
]

/** Anything that its lines can be strung together to, much of it broken. */
export const brokenConfiguration: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { maxLength: 40 })
  .map(parts => parts.join(''))

/** Holds for whatever is read: places inside the text, that say what is written there. Throws where it does not. */
export function assertSound(text: string): void {
  const file = readConfigurationText(text)
  if (!file) return
  const { content } = file.source
  const last = file.source.positionAt(content.length)
  for (const { place } of file.secrets ?? []) {
    const { start, end } = place.span
    if (end.line > last.line || end.line < start.line) throw new Error('outside the text')
  }
  for (const { range, value, unquoted } of attributesOf(file)) {
    if (!range || range.start > range.end || range.end > content.length) throw new Error('outside the text')
    const isReference = typeof value === 'string' && parseReference(value, 'padded')
    const written = content.slice(range.start, range.end)
    if (isReference && !unquoted && !/["'\\\n\r]/.test(written) && written !== value)
      throw new Error(`${value} is not ${written}`)
  }
}

export interface ConfigurationSample {
  readonly text: string
  readonly expected: readonly string[]
}

const name = fc
  .stringMatching(/^[a-z][a-z_]{1,7}$/)
  .filter(text => !['no', 'yes', 'on', 'off', 'null', 'true', 'false'].includes(text))

/** Whole run configurations, and the secrets that have to be found in them, in file order. */
export const soundConfiguration: fc.Arbitrary<ConfigurationSample> = fc
  .record({
    listed: fc.array(name, { maxLength: 4 }),
    steps: fc.uniqueArray(name, { maxLength: 3 }),
    key: name,
    quote: fc.constantFrom('"', "'", ''),
    lineEnd: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ listed, steps, key, quote, lineEnd }) => {
    const lines = ['enable_cache: false', 'secrets:']
    const expected: string[] = []
    for (const secret of listed) {
      lines.push(`  - ${quote}${secret}${quote}`)
      const from = 5 + quote.length
      expected.push(`${secret} secrets-list ${lines.length}:${from}-${lines.length}:${from + secret.length} secrets`)
    }
    lines.push('steps:')
    for (const step of steps) {
      lines.push(`  ${step}:`, '    settings:', '      orchestrator.vertex:', `        token: '{{${step}.${key}}}'`)
      const end = 17 + step.length + key.length + 5
      expected.push(
        `${step}.${key} reference ${lines.length}:17-${lines.length}:${end} steps.${step}.settings.orchestrator.vertex.token`,
      )
      lines.push(`    environment: {A: '{{${step}.${key}}}'}`)
    }
    return { text: lines.map(line => `${line}${lineEnd}`).join(''), expected }
  })
