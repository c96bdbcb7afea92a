import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { renderJson } from '../src/reports/json.ts'
import { type Around, checkTree, type Options } from './check/run.ts'
import { makeTree } from './files/tree.ts'

/** `settings.json` of a case; all that it leaves out is as a user's who gives nothing. */
interface CaseSettings extends Around {
  readonly options?: Options
  /** Files that are awkward to keep: pieces of text, each with how often it is repeated, or base64. */
  readonly generated?: Readonly<Record<string, readonly (readonly [text: string, times: number])[] | string>>
  /** Symbolic links: where they stand, and where they lead. */
  readonly links?: Readonly<Record<string, string>>
  readonly directories?: readonly string[]
}

const cases = join(import.meta.dirname, 'cases')
const own: readonly string[] = ['settings.json', 'expected.json']

/** Copies a case's files to a directory of their own, so that nothing around them counts. */
function unpack(folder: string, { generated = {}, links = {}, directories = [] }: CaseSettings): string {
  const root = makeTree()
  for (const path of filesBelow(folder)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    if (!own.includes(path)) copyFileSync(join(folder, path), join(root, path))
  }
  for (const directory of directories) mkdirSync(join(root, directory), { recursive: true })
  for (const [path, content] of Object.entries(generated)) {
    const bytes =
      typeof content === 'string'
        ? Buffer.from(content, 'base64')
        : content.map(([text, times]) => text.repeat(times)).join('')
    writeFileSync(join(root, path), bytes)
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(root, path))
  return root
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
}

async function reportOf(name: string): Promise<string> {
  const folder = join(cases, name)
  const settings: CaseSettings = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))
  const root = unpack(folder, settings)
  const { report } = await checkTree(root, settings.options, settings)
  return renderJson(report).replaceAll(root, '<root>')
}

/** What stands for a plain-text credential in all cases, as it is and as the local secrets file holds it. */
const canary = 'hunter2'
const canaries: readonly string[] = [canary, Buffer.from(canary).toString('base64')]

/** `UPDATE=1` writes what came out; read every line of the difference. */
describe('the check, from files to report', () => {
  it.each(readdirSync(cases))('%s', async name => {
    const expected = join(cases, name, 'expected.json')
    const report = await reportOf(name)
    if (process.env.UPDATE) writeFileSync(expected, report)
    for (const text of canaries) expect(report).not.toContain(text)
    expect(JSON.parse(report)).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })
})
