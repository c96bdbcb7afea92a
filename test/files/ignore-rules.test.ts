import { describe, expect, it } from 'vitest'
import { addIgnoreFile, isIgnored } from '../../src/files/ignore-rules.ts'

const file = (...parts: readonly string[]) => ({ parts, directory: false })

describe('ignore rules', () => {
  it('count what matching costs', () => {
    const rules = addIgnoreFile(undefined, 0, '*.yaml')
    const work = { spent: 0 }
    expect(isIgnored(rules, file('a.yaml'), work)).toBe(true)
    expect(work.spent).toBeGreaterThan(0)
  })

  it('stop applying once matching has cost too much, so that more is looked at', () => {
    const rules = addIgnoreFile(undefined, 0, '*.yaml')
    expect(isIgnored(rules, file('a.yaml'), { spent: 500_000_000 })).toBe(false)
  })

  it('are at most 1000 from the top down', () => {
    const many = Array.from({ length: 999 }, (_, index) => `rule${index}`).join('\n')
    const top = addIgnoreFile(undefined, 0, many)
    const nested = addIgnoreFile(top, 1, 'a\nb')
    const ignored = (name: string) => isIgnored(nested, file('x', name), { spent: 0 })
    expect([ignored('rule998'), ignored('a'), ignored('b')]).toEqual([true, true, false])
  })

  it('are no longer than 1 KiB each', () => {
    const rules = addIgnoreFile(undefined, 0, `${'*'.repeat(1025)}\n${'b'.repeat(1024)}`)
    expect(isIgnored(rules, file('a'), { spent: 0 })).toBe(false)
    expect(isIgnored(rules, file('b'.repeat(1024)), { spent: 0 })).toBe(true)
  })

  it('may follow a byte-order mark', () => {
    expect(isIgnored(addIgnoreFile(undefined, 0, '\uFEFFa'), file('a'), { spent: 0 })).toBe(true)
  })

  it('cost no more than rules × name on hostile input', () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `${'*a'.repeat(100)}${index}x`)
    const rules = addIgnoreFile(undefined, 0, lines.join('\n'))
    const work = { spent: 0 }
    isIgnored(rules, file('a'.repeat(250)), work)
    expect(work.spent).toBeLessThan(1000 * 250 * 4)
  })
})
