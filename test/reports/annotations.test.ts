import { describe, expect, it } from 'vitest'
import { annotations } from '../../src/reports/annotations.ts'
import type { Finding, Severity } from '../../src/validation/finding.ts'
import { at, everyKind, report, reported } from './sample.ts'

const more = (kind: string) => `More: docs/findings/${kind}.md`

function one(finding: Finding, context = {}) {
  const [annotation, ...others] = annotations(report({ findings: [reported(finding)] }), context)
  expect(others).toEqual([])
  return annotation
}

describe('annotations', () => {
  it('carry place, title, message, help and documentation', () => {
    expect(one(everyKind['missing-key'], { docsUrl: 'https://example.com' })).toEqual({
      level: 'error',
      title: 'Missing key: mlflow.password',
      message: 'Message of missing-key.\nWhat to do.\nMore: https://example.com/docs/findings/missing-key.md',
      file: 'stacks/prod.yaml',
      startLine: 12,
      endLine: 12,
      startColumn: 26,
      endColumn: 44,
    })
  })

  it.each([
    [everyKind['missing-secret'], 'Missing secret: slack'],
    [everyKind['no-backend'], 'No secrets backend'],
    [{ ...everyKind['missing-key'], secret: 'a\n::b' }, 'Missing key: a\\n:\\x3ab.password'],
    [{ ...everyKind['missing-secret'], secret: '' }, 'Missing secret: (empty)'],
  ])('%#: are titled with the secret they are about', (finding, title) => {
    expect(one(finding)?.title).toBe(title)
  })

  it('drop columns where start and end are on two lines', () => {
    const place = { file: 'a.yaml', span: { start: { line: 1, column: 9 }, end: { line: 3, column: 2 } } }
    expect(one({ ...everyKind['no-backend'], place })).toEqual({
      level: 'error',
      title: 'No secrets backend',
      message: `Message of no-backend.\nWhat to do.\n${more('no-backend')}`,
      file: 'a.yaml',
      startLine: 1,
      endLine: 3,
    })
  })

  it('end no sooner than they start', () => {
    const annotation = one({ ...everyKind['no-backend'], place: at('a.yaml', 1, 7, 0) })
    expect([annotation?.startColumn, annotation?.endColumn]).toEqual([7, 7])
  })

  it.each([
    ['a.yaml', '', 'a.yaml'],
    ['./b/../a.yaml', '', 'a.yaml'],
    ['a.yaml', 'sub/dir', 'sub/dir/a.yaml'],
    ['../a.yaml', 'sub', 'a.yaml'],
    ['a,b:c%.yaml', '', 'a,b:c%.yaml'],
    ['ä b.yaml', '', 'ä b.yaml'],
  ])('attach to %j in %j as %j', (file, directory, expected) => {
    expect(one({ ...everyKind['no-backend'], place: at(file, 2, 1) }, { directory })?.file).toBe(expected)
  })

  it.each([
    ['../a.yaml', '../a.yaml:2:1: '],
    ['b/../../a.yaml', 'b/../../a.yaml:2:1: '],
    ['/a.yaml', '/a.yaml:2:1: '],
    ['C:\\a.yaml', 'C:\\a.yaml:2:1: '],
    ['a\n::error::x.yaml', 'a\\n:\\x3aerror:\\x3ax.yaml:2:1: '],
    ['\u202ea.yaml', '\\u202ea.yaml:2:1: '],
  ])('name the place of %j in the message instead', (file, place) => {
    expect(one({ ...everyKind['no-backend'], place: at(file, 2, 1) })).toEqual({
      level: 'error',
      title: 'No secrets backend',
      message: `${place}Message of no-backend.\nWhat to do.\n${more('no-backend')}`,
    })
  })

  it('have no place where the finding has none', () => {
    expect(one(everyKind['unreadable-file'])).toEqual({
      level: 'error',
      title: 'Unreadable file',
      message: `Message of unreadable-file.\nWhat to do.\n${more('unreadable-file')}`,
    })
  })

  it('group the uses of one missing secret on the first, naming ten others', () => {
    const findings = Array.from({ length: 15 }, (_, index) =>
      reported({ ...everyKind['missing-secret'], key: `k${index}`, place: at('a.yaml', index + 1, 3) }),
    )
    const places = Array.from({ length: 10 }, (_, index) => `a.yaml:${index + 2}:3`).join(', ')
    expect(annotations(report({ findings }), {})).toEqual([
      {
        level: 'error',
        title: 'Missing secret: slack',
        message: `Message of missing-secret.\nWhat to do.\nAlso needed at ${places}, 4 more places.\n${more('missing-secret')}`,
        file: 'a.yaml',
        startLine: 1,
        endLine: 1,
        startColumn: 3,
        endColumn: 14,
      },
    ])
  })

  it('name what stands on a server beside its page, and mark no file', () => {
    const place = { url: 'https://zenml.example.com/components/7' }
    const first = reported({ ...everyKind['missing-secret'], place, excerpt: undefined })
    const other = reported({ ...everyKind['missing-secret'], place, excerpt: undefined, stack: 'dev' })
    expect(annotations(report({ findings: [first, other] }), {})).toEqual([
      {
        level: 'error',
        title: 'Missing secret: slack',
        message: [
          'stack "prod", alerter (slack), token (https://zenml.example.com/components/7): Message of missing-secret.',
          'What to do.',
          'Also needed at stack "dev", alerter (slack), token (https://zenml.example.com/components/7).',
          more('missing-secret'),
        ].join('\n'),
      },
    ])
  })

  it('keep to ten of each level, errors first, and say how many more there are', () => {
    const of = (severity: Severity, length: number) =>
      Array.from({ length }, (_, index) =>
        reported({ ...everyKind['no-backend'], place: at('a.yaml', index + 1, 1) }, { severity }),
      )
    const given = annotations(report({ findings: [...of('notice', 11), ...of('warning', 10), ...of('error', 30)] }), {})
    const count = (level: Severity) => given.filter(annotation => annotation.level === level).length
    expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 10])
    expect([...new Set(given.map(({ level }) => level))]).toEqual(['error', 'warning', 'notice'])
    expect([given[9], given[19]?.startLine, given[29]]).toEqual([
      {
        level: 'error',
        title: '21 more errors',
        message: '21 more errors than annotations can show: see the job summary or the log of this step.',
      },
      10,
      {
        level: 'notice',
        title: '2 more notices',
        message: '2 more notices than annotations can show: see the job summary or the log of this step.',
      },
    ])
  })

  it('keep title and message within what GitHub takes', () => {
    const finding = { ...everyKind['missing-key'], secret: 'ä'.repeat(300), key: 'k'.repeat(300) }
    const long = reported(finding, { message: '🔑'.repeat(3000), help: 'h'.repeat(5000) })
    const [annotation] = annotations(report({ findings: [long] }), {})
    expect(annotation?.title).toBe(`Missing key: ${'ä'.repeat(200)}…`)
    expect(annotation?.message).toBe(`${'🔑'.repeat(1999)}…`)
  })
})
