import { describe, expect, it } from 'vitest'
import { readEmbeddedExport } from '../../../src/stacks/export/embedded.ts'
import { type EmbeddedText, embeddedPieces, embeddedSlice } from '../../../src/text/embedded.ts'
import { sourceText } from '../../../src/text/source.ts'
import { row } from '../read.ts'

function rowsOf(text: EmbeddedText) {
  const [stack] = readEmbeddedExport(text).stacks
  return stack?.components.flatMap(({ attributes }) => attributes.map(row))
}

function writtenOf(text: EmbeddedText) {
  const attributes = readEmbeddedExport(text).stacks.flatMap(({ components }) => components.flatMap(c => c.attributes))
  return attributes.map(({ range }) => text.file.content.slice(range?.start, range?.end))
}

const lines = [
  'zenml_version: 0.13.2',
  'stack_name: ci',
  'components:',
  '  alerter:',
  '    flavor: slack',
  "    name: '{{n.ame}}'",
  "    token: '{{a.b}}'",
  '    long: "one',
  '      two"',
  '    bare: {{c.d}}',
]

/** The lines behind an indentation, as a fence in a list has them. */
function indented(lineEnd: string): EmbeddedText {
  const head = `- do this:${lineEnd}`
  const file = sourceText('docs/README.md', `${head}${lines.map(line => `   ${line}${lineEnd}`).join('')}`)
  let start = head.length
  const pieces = lines.map(line => {
    const end = start + 3 + line.length + lineEnd.length
    const piece = { text: `${line}${lineEnd}`, start: start + 3, end }
    start = end
    return piece
  })
  return embeddedPieces(file, pieces)
}

describe('a stack export inside another text', () => {
  it('has the places of the file it stands in', () => {
    const before = 'x = <<EOT\n'
    const file = sourceText('a.tf', `${before}${lines.join('\n')}\nEOT\n`)
    const { stacks, ...others } = readEmbeddedExport(embeddedSlice(file, before.length, file.content.length - 4))
    expect(others).toEqual({ components: [], secrets: [], definitions: [] })
    expect(stacks).toHaveLength(1)
    expect(stacks[0]).toMatchObject({
      name: 'ci',
      zenmlVersion: '0.13.2',
      place: { file: 'a.tf', span: { start: { line: 3, column: 13 }, end: { line: 3, column: 15 } } },
    })
    const [component] = stacks[0]?.components ?? []
    expect(component?.nameAttribute && row(component.nameAttribute)).toBe('name="{{n.ame}}" 7:12-7:21')
    expect(component?.attributes.map(row)).toEqual([
      'token="{{a.b}}" 8:13-8:20',
      'long="one two" 9:12-10:10',
      'bare="{{c.d}}" 11:11-11:18 unquoted',
    ])
  })

  it.each(['\n', '\r\n'])('is found behind an indentation, with the line ends %j', lineEnd => {
    const text = indented(lineEnd)
    expect(rowsOf(text)).toEqual([
      'token="{{a.b}}" 8:16-8:23',
      'long="one two" 9:15-10:13',
      'bare="{{c.d}}" 11:14-11:21 unquoted',
    ])
    expect(writtenOf(text)).toEqual(['{{a.b}}', `one${lineEnd}         two`, '{{c.d}}'])
  })

  it('is found where each line is decoded, and ends where the next begins elsewhere', () => {
    const file = sourceText('a.ipynb', '["stack_name: s\\n", "components: {alerter: {flavor: f, t: {{a.b}}", "}}"]')
    const at = (text: string) => file.content.indexOf(text)
    const rest = 'components: {alerter: {flavor: f, t: {{a.b}}'
    const text = embeddedPieces(file, [
      { text: 'stack_name: s', start: 2, end: 15 },
      { text: '\n', start: 15, end: 17 },
      { text: rest, start: at(rest), end: at(rest) + rest.length },
      { text: '}}', start: at('"}}"') + 1, end: at('"}}"') + 3 },
    ])
    expect(writtenOf(text)).toEqual(['{{a.b}}'])
  })

  it.each([
    ['another program', 'components:\n  x: {}\n'],
    ['no YAML', 'components: [stack_name: {'],
    ['nothing', ''],
  ])('is not %s', (_, content) => {
    expect(readEmbeddedExport(embeddedSlice(sourceText('a', content)))).toEqual({
      stacks: [],
      components: [],
      secrets: [],
      definitions: [],
    })
  })
})
