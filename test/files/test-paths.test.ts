import { describe, expect, it } from 'vitest'
import { isBelowTests } from '../../src/files/test-paths.ts'

describe('a path of a test', () => {
  it.each(['tests/a.yaml', 'a/test/b/c.yaml', 'src/__tests__/x.py', 'fixtures/x', '/testdata/x'])('is %s', path => {
    expect(isBelowTests(path)).toBe(true)
  })

  it.each(['test.yaml', 'contest/a.yaml', 'testing/a.yaml', 'a/tests', 'tests'])('is not %s', path => {
    expect(isBelowTests(path)).toBe(false)
  })
})
