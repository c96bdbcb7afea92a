import { describe, expect, it } from 'vitest'
import type { Finding, Severity } from '../../src/validation/finding.ts'
import { findingInfo, findingKinds } from '../../src/validation/finding-info.ts'
import { exitCode, type Policy, resultOf } from '../../src/validation/outcome.ts'
import type { Report, ReportedFinding, Result } from '../../src/validation/report.ts'

function reported(severity: Severity, kind: 'plaintext-secret' | 'unverified'): ReportedFinding {
  return { finding: { kind } as Finding, severity, message: '', help: '' }
}

const error = reported('error', 'plaintext-secret')
const warning = reported('warning', 'plaintext-secret')
const notice = reported('notice', 'plaintext-secret')
const unverified = (onUnverified: Policy['onUnverified']) =>
  reported(onUnverified === 'fail' ? 'error' : 'warning', 'unverified')

type Row = readonly [
  Policy['failOn'],
  Policy['onUnverified'],
  ('error' | 'warning' | 'unverified')[],
  Result,
  0 | 1 | 3,
]

const both = (failOn: Policy['failOn'], found: Row[2], result: Result, code: 0 | 1 | 3): readonly Row[] => [
  [failOn, 'fail', found, result, code],
  [failOn, 'warn', found, result, code],
]

const rows: readonly Row[] = [
  ...both('error', [], 'pass', 0),
  ...both('error', ['warning'], 'pass', 0),
  ...both('error', ['error'], 'fail', 1),
  ...both('error', ['error', 'unverified'], 'fail', 1),
  ['error', 'fail', ['unverified'], 'unverified', 3],
  ['error', 'warn', ['unverified'], 'unverified', 0],
  ['error', 'fail', ['warning', 'unverified'], 'unverified', 3],
  ['error', 'warn', ['warning', 'unverified'], 'unverified', 0],
  ...both('warning', [], 'pass', 0),
  ...both('warning', ['warning'], 'fail', 1),
  ...both('warning', ['error'], 'fail', 1),
  ...both('warning', ['warning', 'unverified'], 'fail', 1),
  ['warning', 'fail', ['unverified'], 'unverified', 3],
  ['warning', 'warn', ['unverified'], 'unverified', 0],
  ...both('never', [], 'pass', 0),
  ...both('never', ['warning'], 'pass', 0),
  ...both('never', ['error'], 'fail', 0),
  ...both('never', ['unverified'], 'unverified', 0),
  ...both('never', ['error', 'unverified'], 'fail', 0),
]

describe('the result of a run and its exit code', () => {
  it.each(rows)('fail-on %s, on-unverified %s, with %j: %s, exit %i', (failOn, onUnverified, found, result, code) => {
    const policy = { failOn, onUnverified }
    const byName = { error, warning, unverified: unverified(onUnverified) }
    const findings = [notice, ...found.map(name => byName[name])]
    expect(resultOf(findings, 'SECRET_AND_KEY_EXISTS', policy)).toBe(result)
    expect(resultOf(findings, 'SECRET_EXISTS', policy)).toBe(result)
    expect(exitCode({ result } as Report, policy)).toBe(code)
  })

  it('is a pass at level NONE, whatever was found and asked for', () => {
    const policy: Policy = { failOn: 'warning', onUnverified: 'fail' }
    expect(resultOf([error, warning, unverified('fail')], 'NONE', policy)).toBe('pass')
  })
})

describe('the kinds of findings', () => {
  it('that say something is unknown are three', () => {
    expect(findingKinds.filter(kind => findingInfo[kind].severity === 'unverified')).toEqual([
      'access-denied',
      'unverified',
      'unreadable-stack',
    ])
  })

  it('each have a title without a full stop and an explanation of one sentence', () => {
    for (const { title, explanation } of Object.values(findingInfo)) {
      expect(title).toMatch(/^[A-Z][\w ,-]+$/)
      expect(explanation).toMatch(/^[A-Z][^\n]+\.$/)
    }
  })

  it('are warnings where the run works all the same', () => {
    const warnings = findingKinds.filter(kind => findingInfo[kind].severity === 'warning')
    expect(warnings).toEqual(['case-mismatch', 'plaintext-secret', 'definition-mismatch', 'untrusted-endpoint'])
  })
})
