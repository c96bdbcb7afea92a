import { describe, expect, it } from 'vitest'
import { totals } from '../../src/reports/totals.ts'
import { everyKind, report, reported, use } from './sample.ts'

const where = 'at level SECRET_AND_KEY_EXISTS in local (the secrets file .zenml/secrets.yaml)'
const found = use()
const stack = { name: 'prod', file: 'a.yaml', uses: [] }
const counts = report().counts

describe('the line of totals', () => {
  it.each([
    ['all found', report({ uses: [found, found] }), `Passed: 2 references to 1 secret, all found ${where}.`],
    [
      'missing secrets and keys, each counted once',
      report({
        findings: [
          reported(everyKind['missing-secret']),
          reported(everyKind['plaintext-secret'], { severity: 'warning' }),
        ],
        uses: [
          found,
          use({ secret: 'a', verdict: 'missing' }),
          use({ secret: 'a', key: 'other', verdict: 'missing' }),
          use({ secret: 'a', verdict: 'missing', backend: 'zenml' }),
          use({ key: 'x', verdict: 'key_missing' }),
          use({ key: 'x', verdict: 'key_missing' }),
        ],
      }),
      `Failed with 1 error and 1 warning: 2 secrets and 1 key missing; 1 of 6 references found ${where}.`,
    ],
    [
      'every other shortfall',
      report({
        result: 'unverified',
        uses: (['unusable', 'invalid', 'denied', 'unverified', 'skipped', 'found'] as const).map(verdict =>
          use({ verdict }),
        ),
      }),
      `Not verified: 1 unusable, 1 with an illegal name, 1 denied, 1 not verified, 1 not looked up; 1 of 6 references found ${where}.`,
    ],
    [
      'three severities',
      report({
        uses: [found],
        counts: { ...counts, errors: 2, warnings: 1, notices: 1, references: 1, secrets: 1, found: 1 },
      }),
      `Passed with 2 errors, 1 warning and 1 notice: 1 reference to 1 secret, all found ${where}.`,
    ],
    [
      'level NONE',
      report({ level: 'NONE', uses: [use({ verdict: 'skipped' })] }),
      'Passed: 1 reference to 1 secret, nothing looked up at level NONE.',
    ],
    [
      'no backend',
      report({ backends: [], uses: [found] }),
      'Passed: 1 reference to 1 secret, all found at level SECRET_AND_KEY_EXISTS.',
    ],
    ['stacks without references', report({ stacks: [stack, stack] }), 'Passed: 2 stacks without secret references.'],
    [
      'a file that could not be read',
      report({ findings: [reported(everyKind['unreadable-file'])], counts: { ...counts, files: 0, errors: 1 } }),
      'Failed with 1 error: no secret references.',
    ],
    ['nothing at all', report({ counts: { ...counts, files: 0 } }), 'Passed: no ZenML stack configuration found.'],
  ])('%s', (_, given, line) => {
    expect(totals(given)).toBe(line)
  })

  it('names three backends, made safe and short, and counts the rest', () => {
    const backends = ['a\nb', 'x'.repeat(100), 'c', 'd', 'e'].map(description => ({ name: 'zenml', description }))
    expect(totals(report({ backends, uses: [found] }))).toContain(
      ` in zenml (a\\nb) and zenml (${'x'.repeat(80)}…) and zenml (c) and 2 more.`,
    )
  })
})
