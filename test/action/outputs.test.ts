import { describe, expect, it } from 'vitest'
import { outputNames, outputsOf, outputsWithoutReport, setOutputs } from '../../src/action/outputs.ts'
import { everyKind, report, reported, use } from '../reports/sample.ts'
import { recordingRunner } from './recording-runner.ts'

const failing = report({
  uses: [
    use({ secret: 'b', key: 'k', verdict: 'key_missing' }),
    use({ secret: 'b', key: 'k', verdict: 'key_missing' }),
    use({ secret: 'c', key: 'k', verdict: 'missing' }),
    use({ secret: 'a"\n::error::', key: null, verdict: 'missing' }),
    use({ secret: 'd', verdict: 'denied' }),
    use({ secret: 'e', verdict: 'unverified' }),
    use({ secret: 'f', verdict: 'found' }),
  ],
  findings: [
    reported(everyKind['missing-secret']),
    reported(everyKind['plaintext-secret'], { severity: 'warning' }),
    reported(everyKind['missing-key']),
  ],
})

describe('outputsOf', () => {
  it('counts, and lists what is missing once each, sorted, on one line', () => {
    expect(outputsOf(failing, { reportFile: '/w/r.json', commentUrl: 'https://example.com' })).toEqual({
      result: 'fail',
      'missing-secrets': '["a\\"\\n::error::","b.k","c"]',
      references: '7',
      secrets: '6',
      errors: '2',
      warnings: '1',
      missing: '4',
      denied: '1',
      unverified: '1',
      ignored: '0',
      'report-file': '/w/r.json',
      'comment-url': 'https://example.com',
    })
  })

  it('lists no more than a job may put out', () => {
    const uses = Array.from({ length: 10_000 }, (_, index) =>
      use({ secret: `${String(index).padStart(5, '0')}${'é'.repeat(50)}`, verdict: 'missing' }),
    )
    const list = outputsOf(report({ uses }), {})['missing-secrets']
    expect(Buffer.byteLength(list)).toBeLessThan(500_002)
    expect(Buffer.byteLength(list)).toBeGreaterThan(490_000)
    expect(JSON.parse(list)[0]).toBe(uses[0]?.secret)
  })

  it('has every name, in every case', () => {
    expect(Object.keys(outputsOf(failing, {}))).toEqual([...outputNames])
    expect(Object.keys(outputsWithoutReport('error'))).toEqual([...outputNames])
  })
})

describe('outputsWithoutReport', () => {
  it('claims to have counted nothing', () => {
    const { result, 'missing-secrets': missing, ...others } = outputsWithoutReport('error')
    expect({ result, missing }).toEqual({ result: 'error', missing: '[]' })
    expect(new Set(Object.values(others))).toEqual(new Set(['']))
  })
})

describe('setOutputs', () => {
  const outputs = outputsWithoutReport('error')

  it('sets them all', () => {
    const runner = recordingRunner()
    setOutputs(outputs, runner)
    expect([...runner.outputs.keys()]).toEqual([...outputNames])
    expect(runner.printed).toEqual([])
  })

  it.each([
    ['no file', { env: {} }],
    [
      'a file that cannot be written',
      {
        setOutput: () => {
          throw new Error('Missing file at path: ::error::x')
        },
      },
    ],
  ])('says so in the log where there is %s', (_, parts) => {
    const runner = recordingRunner(parts)
    setOutputs(outputs, runner)
    expect(runner.outputs.size).toBe(0)
    expect(runner.printed).toEqual([
      'warning: The outputs were not set: their file is missing or read-only. The result stands.\n',
    ])
  })
})
