import { readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appendSummary } from '../../src/action/summary.ts'
import { makeTree } from '../files/tree.ts'

const mebibyte = 1024 * 1024

function summaryFile(content: string): string {
  return join(makeTree({ 'summary.md': content }), 'summary.md')
}

describe('appendSummary', () => {
  it('writes the page', async () => {
    const file = summaryFile('')
    expect(await appendSummary(file, limit => `# Page of ${limit}\n`)).toBeUndefined()
    expect(readFileSync(file, 'utf8')).toBe(`# Page of ${mebibyte - 1}\n`)
  })

  it('leaves what is there, and a blank line after it', async () => {
    const file = summaryFile('# Earlier')
    expect(await appendSummary(file, () => '# Page\n')).toBeUndefined()
    expect(readFileSync(file, 'utf8')).toBe('# Earlier\n\n# Page\n')
  })

  it.each([0, 1, 1000, mebibyte - 5000])('keeps the whole file of which %i bytes are there below 1 MiB', async size => {
    const file = summaryFile('x'.repeat(size))
    expect(await appendSummary(file, limit => 'é'.repeat(limit / 2))).toBeUndefined()
    expect(readFileSync(file).length).toBeLessThan(mebibyte)
    expect(readFileSync(file).length).toBeGreaterThan(mebibyte - 8)
  })

  it.each([mebibyte - 4000, mebibyte, 3 * mebibyte])('leaves a file of %i bytes as it is, and says so', async size => {
    const file = summaryFile('')
    truncateSync(file, size)
    expect(await appendSummary(file, () => 'x')).toBe(
      'The job summary was not written: earlier commands of this step have filled it. The log has the whole report.',
    )
    expect(readFileSync(file).length).toBe(size)
  })

  it.each([undefined, ''])('says so where the runner takes none (%j)', async file => {
    expect(await appendSummary(file, () => 'x')).toContain('this runner takes none')
  })

  it('says so where the file is missing, and makes none', async () => {
    const file = join(makeTree(), 'missing.md')
    expect(await appendSummary(file, () => 'x')).toContain('missing or read-only')
    expect(() => readFileSync(file)).toThrow('ENOENT')
  })

  it('says so where the file is a folder', async () => {
    expect(await appendSummary(makeTree(), () => 'x')).toContain('missing or read-only')
  })
})
