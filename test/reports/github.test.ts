import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Annotation, annotations } from '../../src/reports/annotations.ts'
import { renderGithub } from '../../src/reports/github.ts'
import { commandsIn } from '../runner.ts'
import { hostileReport, hostileText } from './hostile.ts'
import { at, everyKind, report, reported, sampleReport } from './sample.ts'

/** What the runner is to read of an annotation. */
function commandOf({ level, title, message, file, startLine, endLine, startColumn, endColumn }: Annotation) {
  const properties = { title, file, line: startLine, endLine, col: startColumn, endColumn }
  const given = Object.entries(properties).filter(([, value]) => value !== undefined)
  return {
    command: level,
    properties: Object.fromEntries(given.map(([key, value]) => [key, String(value)])),
    data: message,
  }
}

describe('the report for a log of GitHub Actions', () => {
  it('is one command an annotation, then the totals', () => {
    const findings = [reported(everyKind['missing-key'], { message: '50% of it.\nAll: a, b.' })]
    expect(renderGithub(report({ findings }), {})).toBe(
      [
        '::error title=Missing key%3A mlflow.password,file=stacks/prod.yaml,line=12,endLine=12,col=26,endColumn=44::50%25 of it.\\nAll: a, b.%0AWhat to do.%0AMore: docs/findings/missing-key.md',
        'Failed with 1 error: no secret references.',
        '',
      ].join('\n'),
    )
  })

  it('shows every kind of finding', async () => {
    await expect(renderGithub(sampleReport(), {})).toMatchFileSnapshot('../fixtures/reports/every-kind.github.txt')
  })

  it('keeps a file name’s own percent signs, colons and commas', () => {
    const file = 'a,b:c%0A%2C.yaml'
    const findings = [reported({ ...everyKind['no-backend'], place: at(file, 1, 1) })]
    expect(commandsIn(renderGithub(report({ findings }), {})).map(({ properties }) => properties.file)).toEqual([file])
  })

  it('makes the runner read these commands and no other, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 7 }), texts => {
        const given = hostileReport(texts)
        expect(commandsIn(renderGithub(given, {}))).toEqual(annotations(given, {}).map(commandOf))
      }),
    )
  })
})
