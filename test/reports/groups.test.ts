import { describe, expect, it } from 'vitest'
import { groupFindings } from '../../src/reports/groups.ts'
import type { Finding } from '../../src/validation/finding.ts'
import { at, everyKind, reported } from './sample.ts'

const { 'missing-secret': secret, 'missing-key': key, unverified, 'plaintext-secret': plain } = everyKind
const elsewhere = (finding: Finding): Finding => ({ ...finding, place: at('other.yaml', 1, 1) })

describe('groups of findings', () => {
  it.each<[string, Finding, Finding]>([
    ['one missing secret, whatever the key', secret, { ...elsewhere(secret), key: 'another' } as Finding],
    ['one missing key', key, elsewhere(key)],
    ['one secret without an answer', unverified, elsewhere(unverified)],
  ])('hold %s', (_, first, other) => {
    const [one, between, two] = [reported(first), reported(plain), reported(other)]
    expect(groupFindings([one, between, two])).toEqual([
      { first: one, others: [two] },
      { first: between, others: [] },
    ])
  })

  it.each<[string, Finding, Finding]>([
    ['two keys', key, { ...key, key: 'another' } as Finding],
    ['two secrets', secret, { ...secret, secret: 'another' } as Finding],
    ['two backends', secret, { ...secret, backend: 'another' } as Finding],
    ['two reasons', unverified, { ...unverified, reason: 'another' } as Finding],
    ['kinds that stand alone', plain, plain],
  ])('are apart for %s', (_, first, other) => {
    expect(groupFindings([reported(first), reported(other)])).toHaveLength(2)
  })

  it('are apart for two severities', () => {
    expect(groupFindings([reported(unverified), reported(unverified, { severity: 'warning' })])).toHaveLength(2)
  })
})
