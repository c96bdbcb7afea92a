import { describe, expect, it } from 'vitest'
import { readOutputs } from '../../src/settings/outputs.ts'

const formats = ['text', 'json', 'markdown', 'github'] as const

function read(texts: readonly string[], instead?: string) {
  return readOutputs({ formats, texts, instead, cwd: '/repo' })
}

describe('readOutputs', () => {
  const text = { format: 'text', file: undefined }
  const json = { format: 'json', file: undefined }
  it.each([
    [[], undefined, [text]],
    [['json'], undefined, [json]],
    [['json=out/a.json'], undefined, [text, { format: 'json', file: '/repo/out/a.json' }]],
    [['markdown=/a=b.md', 'json'], undefined, [json, { format: 'markdown', file: '/a=b.md' }]],
    [
      ['text', 'json=a', 'json=b'],
      undefined,
      [text, { format: 'json', file: '/repo/a' }, { format: 'json', file: '/repo/b' }],
    ],
    [[], '/repo/out.txt', [{ format: 'text', file: '/repo/out.txt' }]],
    [['json'], '/repo/out.json', [{ format: 'json', file: '/repo/out.json' }]],
    [
      ['json=a'],
      '/repo/out.txt',
      [
        { format: 'text', file: '/repo/out.txt' },
        { format: 'json', file: '/repo/a' },
      ],
    ],
  ])('writes %j with --output %s to %o', (texts, instead, outputs) => {
    expect(read(texts, instead)).toEqual({ outputs, problems: [] })
  })

  it('has no standard output where there are no formats', () => {
    const nothing: readonly string[] = []
    expect(readOutputs({ formats: nothing, texts: [], instead: undefined, cwd: '/repo' })).toEqual({
      outputs: [],
      problems: [],
    })
  })

  it.each([
    [['jsn'], ['--format does not take "jsn". Use one of text, json, markdown, github. Did you mean json?']],
    [['xml=a.xml'], ['--format does not take "xml". Use one of text, json, markdown, github.']],
    [['=a.xml'], ['--format does not take "". Use one of text, json, markdown, github.']],
    [['JSON'], ['--format does not take "JSON". Use one of text, json, markdown, github. Did you mean json?']],
    [['__proto__'], ['--format does not take "__proto__". Use one of text, json, markdown, github.']],
    [['json='], ['--format json= names no file. Give one, or leave the = out.']],
    [
      ['json', 'markdown'],
      [
        '--format json and --format markdown both go to standard output. Write one of them to a file: --format markdown=FILE.',
      ],
    ],
    [['json=a', 'markdown=./a'], ['Two reports would be written to "/repo/a". Give each its own file.']],
  ])('refuses %j', (texts, problems) => {
    expect(read(texts).problems).toEqual(problems)
  })

  it('refuses one file for --output and --format', () => {
    expect(read(['json=a'], '/repo/a').problems).toEqual([
      'Two reports would be written to "/repo/a". Give each its own file.',
    ])
  })
})
