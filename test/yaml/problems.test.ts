import { describe, expect, it } from 'vitest'
import { sourceText } from '../../src/text/source.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { outline } from './outline.ts'

function problemsOf(content: string) {
  const source = sourceText('x.yaml', content)
  return parseYaml(source).problems.map(({ message, start, end }) => ({ message, ...source.spanOf(start, end) }))
}

function at(startLine: number, startColumn: number, endLine: number, endColumn: number) {
  return { start: { line: startLine, column: startColumn }, end: { line: endLine, column: endColumn } }
}

const misplaced = 'This does not belong here: check the indentation, quotes and brackets before it.'

describe('a text that is not YAML', () => {
  it.each([
    ['a tab as indentation', 'a:\n\tb: 1\n', 'Tabs cannot indent: use blanks.', at(2, 1, 2, 2)],
    [
      'a colon in a plain text',
      'a: b: c\n',
      'A map or list cannot start on the line of its key: put a text with a colon in quotes.',
      at(1, 4, 1, 5),
    ],
    ['a quote left open', 'a: "b\n  c', 'A quote is not closed before this place.', at(2, 4, 2, 4)],
    ['a bracket left open', 'a: [1,\nb: 2\n', 'A bracket or brace is not closed before this place.', at(2, 1, 2, 2)],
    ['a bracket left open at the top', '[1, 2', 'A bracket or brace is not closed before this place.', at(1, 6, 1, 6)],
    ['a comma left out', '["a" "b"]', 'A comma is missing here.', at(1, 6, 1, 7)],
    ['a line without colon', 'a: 1\nb\nc: 2', 'A key needs a colon and a blank after it.', at(2, 1, 2, 2)],
    ['a text after a quoted one', "a: 'x'y", misplaced, at(1, 7, 1, 8)],
    ['a text after unquoted braces', 'a: {{b.c}}-d\n', misplaced, at(1, 11, 1, 13)],
    [
      'a reserved first character',
      'a: @b',
      'A text cannot start with this character: put it in quotes.',
      at(1, 4, 1, 5),
    ],
    [
      'an unknown escape',
      'a: "\\q"',
      'Unknown escape in double quotes: write two backslashes for one, or use single quotes.',
      at(1, 5, 1, 6),
    ],
    ['a line indented too little', ' a: 1\nb: 2', misplaced, at(2, 1, 2, 2)],
    [
      'a line indented between two levels',
      'a:\n  - b\n c: d',
      'The indentation does not fit the lines above.',
      at(3, 1, 3, 2),
    ],
    ['a list beside a map', '- a\nb: c\n', misplaced, at(2, 1, 2, 2)],
    [
      'a list inside brackets in block style',
      'a: [\n  - b\n]',
      'Maps and lists inside brackets or braces need brackets or braces too.',
      at(2, 3, 3, 1),
    ],
    ['two anchors', 'a: &b &c d', 'A value can have one anchor only.', at(1, 7, 1, 9)],
    ['two tags', 'a: !b !c d', 'A value can have one tag only.', at(1, 7, 1, 9)],
    [
      'an anchor on an alias',
      'a: &b c\nd: &e *b',
      'An alias cannot have an anchor or a tag of its own.',
      at(2, 7, 2, 9),
    ],
    ['an anchor without name', 'a: & b', 'An anchor or alias has no name.', at(1, 4, 1, 5)],
    [
      'a merge conflict',
      'a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n',
      'A key must stand on one line, followed by a colon.',
      at(2, 1, 3, 2),
    ],
  ])('tells of %s once, where it is', (_, content, message, span) => {
    expect(problemsOf(content)).toEqual([{ message, ...span }])
  })

  it('never quotes the file', () => {
    const secret = 'hunter2-hunter2'
    const broken = [
      `a: "${secret}`,
      `a: ${secret}: b`,
      `- a\n${secret}: c`,
      `a: !${secret} !${secret} b`,
      `a: "\\${secret}"`,
      `%${secret}\n---\na: b: c`,
      `a: |${secret}\n`,
      `a: *${secret} b`,
      `[${secret}`,
    ]
    const messages = broken.flatMap(problemsOf).map(({ message }) => message)
    expect(messages.length).toBeGreaterThanOrEqual(broken.length)
    expect(messages.filter(message => message.includes('hunter'))).toEqual([])
  })

  it('does not keep the other documents from being read', () => {
    const { documents, problems } = parseYaml(sourceText('x.yaml', 'a: 1\n---\nb: [\n---\nc: 3\n'))
    expect(documents.map(outline)).toEqual([{ map: [['a', 1]] }, { map: [['b', { list: [] }]] }, { map: [['c', 3]] }])
    expect(problems).toHaveLength(1)
  })

  it('is told one problem a document and ten in all', () => {
    expect(problemsOf('a: b: c\na: b: c\n---\n'.repeat(3))).toHaveLength(3)
    expect(problemsOf('a: b: c\n---\n'.repeat(50))).toHaveLength(10)
  })

  it('keeps what can be made of a broken document', () => {
    const { documents } = parseYaml(sourceText('x.yaml', 'a: {{b.c}}-d\ne: f\n'))
    expect(documents.map(outline)).toEqual([
      {
        map: [
          ['a', { map: [[{ map: [['b.c']] }]] }],
          ['e', 'f'],
        ],
      },
    ])
  })
})
