import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/validation/suggest.ts'

describe('the nearest name', () => {
  it.each([
    ['one letter more', 'slackk', 'slack'],
    ['one letter less', 'slak', 'slack'],
    ['another letter', 'slock', 'slack'],
    ['two letters swapped, in a name long enough', 'salck-token', 'slack-token'],
    ['another case', 'SLACK', 'slack'],
    ['another separator', 'aws_creds', 'aws-creds'],
    ['a blank for a separator', 'aws-creds', 'aws creds'],
    ['a dot for a separator', 'aws-creds', 'aws.creds'],
    ['a longer name that begins alike', 'mlflow', 'mlflow-production-eu-west-1'],
    ['a longer name that ends alike', 'creds', 'production-aws-creds'],
    ['a shorter name that begins alike', 'mlflow-production', 'mlflow'],
    ['letters beyond ASCII', 'schlüssel', 'schluessel'],
  ])('has %s', (_, name, existing) => {
    expect(nearest(name, ['zzzzzzzzzzzz', existing])).toEqual([existing])
  })

  it.each([
    ['too much to change', 'slack', 'mlflow'],
    ['half of it', 'ab', 'cd'],
    ['two letters of a longer name', 'db', 'production-db-of-all'],
    ['nothing but a beginning of two letters', 'db', 'dbproductionx'],
    ['nothing in common, of one letter', 'a', 'b'],
    ['half in common, of two', 'k1', 'k2'],
    ['an empty name', 'a', ''],
    ['itself', 'slack', 'slack'],
  ])('is not one with %s', (_, name, existing) => {
    expect(nearest(name, [existing])).toEqual([])
  })

  it('comes first, at most three, and ties go by name', () => {
    expect(nearest('slack', ['slack-4', 'slack-33', 'slak', 'Slack', 'slack-222', 'slac'])).toEqual([
      'Slack',
      'slac',
      'slak',
    ])
  })

  it('is looked for among 10,000 names of 256 letters, no more', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `${index}-zzzzzzzzzzzzz`)
    expect(nearest('slack', [...many.slice(1), 'slak'])).toEqual(['slak'])
    expect(nearest('slack', [...many, 'slak'])).toEqual([])
    expect(nearest('x'.repeat(257), ['x'.repeat(256)])).toEqual([])
    expect(nearest('x'.repeat(256), ['x'.repeat(257)])).toEqual([])
  })
})
