import { describe, expect, it } from 'vitest'
import { sourceText } from '../../src/text/source.ts'
import { buildReport, type JudgedGroup, type ReportInput } from '../../src/validation/build-report.ts'
import { collectUses } from '../../src/validation/collect.ts'
import type { Finding, Severity } from '../../src/validation/finding.ts'
import type { Level } from '../../src/validation/level.ts'
import type { Policy } from '../../src/validation/outcome.ts'
import type { JudgedUse, Verdict } from '../../src/validation/use.ts'
import { at, file } from './stack-file.ts'
import { use, where } from './uses.ts'

const policy: Policy = { failOn: 'error', onUnverified: 'fail' }

function report(input: Partial<ReportInput>) {
  return buildReport({
    level: 'SECRET_AND_KEY_EXISTS',
    policy,
    backends: [],
    files: 1,
    groups: [],
    findings: [],
    ...input,
  })
}

function judged(parts: Partial<JudgedUse> = {}): JudgedUse {
  return { ...use(), verdict: 'found', backend: 'local', ...parts }
}

function judgedStack(name: string | undefined, uses: readonly JudgedUse[]): JudgedGroup {
  const [collected] = collectUses(file(sourceText(`${name}.yaml`, ''), [], { name }))
  if (!collected) throw new Error('no stack')
  return { collected, uses }
}

const plaintext: Finding = { kind: 'plaintext-secret', ...where }
const missing: Finding = {
  kind: 'missing-secret',
  secret: 'db',
  key: 'password',
  backend: 'the store',
  suggestions: [],
  breaksRegistration: false,
  ...where,
}
const unverified: Finding = {
  kind: 'unverified',
  secret: 'db',
  key: 'password',
  backend: 'the store',
  reason: 'No.',
  ...where,
}
const denied: Finding = { ...unverified, kind: 'access-denied' }
const notAllowed: Finding = { kind: 'reference-not-allowed', text: '{{db.password}}', because: 'validator', ...where }
const remote = (refused: boolean): Finding => ({
  kind: 'local-secrets-remote-orchestrator',
  secretsManager: 'sm',
  remote: 'vertex',
  remoteType: 'orchestrator',
  refused,
  ...where,
})

describe('a report', () => {
  it('of nothing is a pass', () => {
    expect(report({ files: 0 })).toEqual({
      result: 'pass',
      level: 'SECRET_AND_KEY_EXISTS',
      backends: [],
      counts: {
        files: 0,
        stacks: 0,
        references: 0,
        secrets: 0,
        errors: 0,
        warnings: 0,
        notices: 0,
        found: 0,
        missing: 0,
        unusable: 0,
        denied: 0,
        unverified: 0,
        skipped: 0,
        invalid: 0,
        ignored: 0,
      },
      uses: [],
      findings: [],
      stacks: [],
    })
  })

  it('counts uses by verdict, missing keys among the missing, and distinct names of secrets', () => {
    const verdicts: readonly Verdict[] = [
      ...(['found', 'missing', 'key_missing', 'key_missing', 'unusable'] as const),
      ...(['denied', 'unverified', 'skipped', 'skipped', 'invalid', 'found'] as const),
    ]
    const uses = verdicts.map((verdict, index) => judged({ verdict, secret: `s${index % 4}`, place: at(index, 1, 2) }))
    const { counts } = report({
      files: 2,
      groups: [judgedStack('a', uses.slice(0, 3)), judgedStack('b', uses.slice(3))],
    })
    expect(counts).toEqual({
      files: 2,
      stacks: 2,
      references: 11,
      secrets: 4,
      errors: 0,
      warnings: 0,
      notices: 0,
      found: 2,
      missing: 3,
      unusable: 1,
      denied: 1,
      unverified: 1,
      skipped: 2,
      invalid: 1,
      ignored: 0,
    })
  })

  it('sorts uses and findings by place, then by what they say', () => {
    const first = judged({ place: at(1, 1, 2), secret: 'z' })
    const uses = [
      judged({ key: 'z' }),
      judged({ key: null }),
      judged({ key: 'a', via: 'secret-name' }),
      judged({ key: 'a' }),
      judged({ secret: 'a' }),
      judged({ key: 'a', attribute: 'api_key' }),
      first,
    ]
    const order = [6, 4, 1, 5, 3, 2, 0]
    const findings = [
      missing,
      { ...plaintext, place: at(1, 1, 2) },
      plaintext,
      denied,
      { ...plaintext, place: undefined },
    ]
    const built = report({ groups: [judgedStack('a', uses)], findings })
    expect(built.uses).toEqual(order.map(index => uses[index]))
    expect(built.findings.map(({ finding }) => [finding.kind, finding.place])).toEqual([
      ['plaintext-secret', at(1, 1, 2)],
      ['access-denied', where.place],
      ['missing-secret', where.place],
      ['plaintext-secret', where.place],
      ['plaintext-secret', undefined],
    ])
    expect(built.stacks).toEqual([{ name: 'a', file: 'a.yaml', uses: order.map((_, index) => order.indexOf(index)) }])
  })

  it('keeps stacks in the order they were read, each with where its uses are in the whole', () => {
    const [one, two, three] = [
      judged({ place: at(3, 1, 2) }),
      judged({ place: at(1, 1, 2) }),
      judged({ place: at(2, 1, 2) }),
    ]
    const groups = [judgedStack('z', [one, two]), judgedStack(undefined, []), judgedStack('a', [three])]
    expect(report({ groups }).stacks).toEqual([
      { name: 'z', file: 'z.yaml', uses: [2, 0] },
      { name: undefined, file: 'undefined.yaml', uses: [] },
      { name: 'a', file: 'a.yaml', uses: [1] },
    ])
  })

  it('words each finding', () => {
    expect(report({ findings: [plaintext] }).findings).toEqual([
      {
        finding: plaintext,
        severity: 'warning',
        message:
          'The sensitive attribute "tracking_password" of the experiment tracker "mlf" holds its value in plain text.',
        help: 'Register the value as a secret, write a reference to it here, and change the value: it is in the history.',
      },
    ])
  })

  it('says what several uses at one place give alike once', () => {
    const key = { ...missing, key: null }
    expect(report({ findings: [key, { ...key }] }).counts.errors).toBe(1)
    expect(report({ findings: [missing, { ...missing, key: 'x' }] }).counts.errors).toBe(2)
    expect(report({ findings: [missing, { ...missing, stack: 'other' }] }).counts.errors).toBe(2)
  })
})

describe('where a reference is not allowed', () => {
  it('nothing else is said about that place', () => {
    const { findings } = report({ findings: [missing, notAllowed, unverified] })
    expect(findings.map(({ finding }) => finding)).toEqual([notAllowed])
  })

  it.each([
    ['another place', { place: at(4, 1, 2) }],
    ['another component that shares the place by an anchor', { component: { ...where.component, name: 'other' } }],
    ['another stack', { stack: 'other' }],
    ['another attribute', { attribute: 'other' }],
    ['no place at all', { place: undefined }],
    ['a place on a server', { place: { url: 'https://zenml.example' } }],
  ])('what is said about %s stays', (_, parts) => {
    expect(report({ findings: [notAllowed, { ...missing, ...parts }] }).findings).toHaveLength(2)
  })

  it('the same goes for a registered stack', () => {
    const place = { url: 'https://zenml.example/stacks/1' }
    const findings = [
      { ...missing, place },
      { ...notAllowed, place },
    ]
    expect(report({ findings }).findings.map(({ finding }) => finding.kind)).toEqual(['reference-not-allowed'])
  })
})

describe('the severity of a finding', () => {
  type Row = readonly [string, Finding, Level, Policy['onUnverified'], Severity]
  it.each<Row>([
    ['an error', missing, 'SECRET_AND_KEY_EXISTS', 'fail', 'error'],
    ['an error', missing, 'SECRET_EXISTS', 'warn', 'error'],
    ['an error', notAllowed, 'NONE', 'fail', 'warning'],
    ['a warning', plaintext, 'SECRET_AND_KEY_EXISTS', 'fail', 'warning'],
    ['a warning', plaintext, 'NONE', 'fail', 'warning'],
    ['access denied', denied, 'SECRET_EXISTS', 'fail', 'error'],
    ['access denied', denied, 'SECRET_EXISTS', 'warn', 'warning'],
    ['unverified', unverified, 'SECRET_AND_KEY_EXISTS', 'fail', 'error'],
    ['unverified', unverified, 'SECRET_AND_KEY_EXISTS', 'warn', 'warning'],
    ['a remote orchestrator that refuses', remote(true), 'SECRET_AND_KEY_EXISTS', 'fail', 'error'],
    ['a remote orchestrator that refuses', remote(true), 'NONE', 'fail', 'warning'],
    ['a remote orchestrator that does not', remote(false), 'SECRET_AND_KEY_EXISTS', 'fail', 'warning'],
  ])('%s (%#) at its level', (_, finding, level, onUnverified, severity) => {
    const built = report({ findings: [finding], level, policy: { failOn: 'error', onUnverified } })
    expect(built.findings).toMatchObject([{ severity }])
    expect(built.counts).toMatchObject({
      errors: severity === 'error' ? 1 : 0,
      warnings: severity === 'warning' ? 1 : 0,
    })
  })

  it('decides the result, but at level NONE', () => {
    const failOn = 'warning'
    const findings = [notAllowed, plaintext]
    expect(report({ findings }).result).toBe('fail')
    expect(report({ findings: [plaintext], policy: { ...policy, failOn } }).result).toBe('fail')
    expect(report({ findings: [unverified] }).result).toBe('unverified')
    expect(report({ findings, level: 'NONE', policy: { ...policy, failOn } }).result).toBe('pass')
  })
})
