import fc from 'fast-check'
import { broken, type Sound } from '../host.ts'

/** Texts of any kind, most of them broken. */
export const brokenExport = broken([
  'components:\n',
  '  alerter:\n',
  '  - ',
  'configuration:\n',
  'flavor: slack\n',
  'name: x\n',
  'stack_name: s\n',
  'zenml_version: 0.98.0\n',
  'a: ',
  '{',
  '}',
  '[',
  ']',
  '&a ',
  '*a',
  '<<: *a',
  '|\n',
  '>-\n',
  '---\n',
  '!!str ',
])

const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/)
const quote = fc.constantFrom('"', "'")

/** Exports in any of the layouts, each attribute with a reference. */
export const soundExport: fc.Arbitrary<Sound> = fc
  .record({
    parts: fc.array(fc.tuple(word, word, quote), { minLength: 1, maxLength: 5 }),
    layout: fc.constantFrom('flat', 'mapping', 'list'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ parts, layout, lineEnd }) => {
    const references = parts.map(([secret, key]) => `{{${secret}.${key}}}`)
    const written = references.map(
      (reference, index) => `t${index}: ${parts[index]?.[2]}${reference}${parts[index]?.[2]}`,
    )
    const own = ['flavor: slack', 'name: x']
    const nested = ['configuration:', ...written.map(line => `  ${line}`), ...own]
    const lines = layout === 'flat' ? [...own, ...written] : nested
    const inside = lines.map((line, index) => `${layout === 'list' && index === 0 ? '  - ' : '    '}${line}`)
    const text = ['components:', '  alerter:', ...inside, 'stack_name: s', `zenml_version: ${version[layout]}`, '']
    return { text: text.join(lineEnd), references }
  })

const version = { flat: '0.13.2', mapping: '0.45.6', list: '0.98.0' } as const
