import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { renderPage } from '../../src/cli/commands/explain/render-page.ts'
import { findingInfo, findingKinds, findingPage } from '../../src/validation/finding-info.ts'
import { run } from './run.ts'

const pageOf = (kind: (typeof findingKinds)[number]) =>
  readFileSync(join(import.meta.dirname, '../..', findingPage(kind)), 'utf8')
/** Letters and digits of a page, with the addresses of its links left out. */
const letters = (text: string) =>
  text
    .replace(/```\w*/g, '')
    .replace(/\]\([^)]*\)/g, '')
    .replace(/^\|[|-]+$/gm, '')
    .replace(/^#+ /gm, '#')
    .replace(/[\s`*[\]|\\#-]/g, '')

describe('zenml-secrets explain', () => {
  it('lists all kinds with their titles', async () => {
    const { code, stdout } = await run(['explain'])
    expect(code).toBe(0)
    const rows = stdout
      .trim()
      .split('\n')
      .map(line => line.split(/ {2,}/))
    expect(rows.slice(1)).toEqual(findingKinds.map(kind => [kind, findingInfo[kind].severity, findingInfo[kind].title]))
  })

  it.each(findingKinds)('prints the whole page about %s, within the width but for code and tables', async kind => {
    const { code, stdout, stderr } = await run(['explain', kind])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.split('\n')[0]).toBe(kind)
    expect(letters(stdout)).toBe(letters(pageOf(kind)))
    expect(stdout).not.toMatch(/```|\*\*\w|\]\(|^#|^\|/m)
    const prose = stdout.split('\n').filter(line => !line.startsWith('    ') && !/\S {2,}\S/.test(line))
    expect(prose.filter(line => line.length > 80 && line.includes(' '))).toEqual([])
  })

  it('has colours where the terminal has them, and the same words', async () => {
    const plain = (await run(['explain', 'missing-secret'])).stdout
    const colored = (await run(['explain', 'missing-secret'], { terminal: true })).stdout
    expect(colored).toContain('\u001b[')
    expect(letters(stripVTControlCharacters(colored))).toBe(letters(plain))
    const off = await run(['explain', 'missing-secret', '--no-color'], { terminal: true })
    expect(off.stdout).toBe(plain)
  })

  it.each([
    ['missing-secrt', 'Did you mean missing-secret?'],
    ['Missing_Key', 'Did you mean missing-key?'],
    ['../../../etc/passwd', 'Run "zenml-secrets explain" to see all kinds.'],
    ['constructor', 'Run "zenml-secrets explain" to see all kinds.'],
  ])('takes %j for no kind', async (text, hint) => {
    const { code, stdout, stderr } = await run(['explain', text])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(`error: There is no kind of finding "${text}". ${hint}\n`)
  })

  it('keeps code in one piece, and lines up the cells of a table', () => {
    const page = '# t\n\none two `a b c` [x](y.md)\n\n- item one\n  goes on\n\n| a | b |\n|---|---|\n| `long` | *c* |\n'
    expect(renderPage(page, { color: false, width: 12 })).toBe(
      't\n\none two\n`a b c` x\n\n- item one\n  goes on\n\na       b\n`long`  c\n',
    )
  })
})
