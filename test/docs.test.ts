import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findingsIndex, readme } from '../scripts/docs.ts'

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8')

describe('the generated documentation', () => {
  it('has the tables of README.md as action.yml and the code have them', () => {
    expect(read('README.md')).toBe(readme(read('README.md'), read('action.yml')))
  })

  it('has an index of all findings', () => {
    expect(read('docs/findings/README.md')).toBe(findingsIndex())
  })

  it('says so when a marker is lost', () => {
    expect(() => readme('# no markers', read('action.yml'))).toThrow('<!-- inputs -->')
  })
})
