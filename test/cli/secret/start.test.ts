import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { run } from '../run.ts'

const root = join(import.meta.dirname, '../../..')

/** Files and packages that are loaded before anything is asked for. */
function loadedWith(entry: string): ReadonlySet<string> {
  const loaded = new Set<string>()
  const visit = (path: string) => {
    if (loaded.has(path)) return
    loaded.add(path)
    for (const { moduleRequest, entries } of parseSync(path, readFileSync(join(root, path), 'utf8')).module
      .staticImports) {
      if (entries.length > 0 && entries.every(({ isType }) => isType)) continue
      const target = moduleRequest.value
      if (target.startsWith('.')) visit(relative(root, join(root, dirname(path), target)))
      else loaded.add(target)
    }
  }
  visit(entry)
  return loaded
}

describe('the start of the command line', () => {
  it('loads nothing of the secret commands for a check', () => {
    const before = loadedWith('src/cli/index.ts')
    expect(before).not.toContain('src/check.ts')
    const loaded = [...before, ...loadedWith('src/cli/commands/check.ts')]
    expect(loaded).toContain('src/check.ts')
    const needless =
      /^src\/cli\/(commands\/(?!check\.ts)|prompts|secret|file-argument|famil)|^src\/backends\/(secret-store|store-loader|\w+\/store)\.ts|^@inquirer|^commander$/
    expect(loaded.filter(path => needless.test(path))).toEqual([])
  })

  it('loads no prompts for secret commands that ask nothing', () => {
    const loaded = [...loadedWith('src/cli/commands/secret/command.ts')]
    expect(loaded).toContain('src/cli/prompts.ts')
    expect(loaded.filter(path => path.startsWith('@inquirer/') || /backends\/\w+\/store\.ts/.test(path))).toEqual([])
  })

  it.each([
    [['secret', '--password=canary', 'register', 'x'], "error: unknown option '--password=…'\n"],
    [['secret', 'regster', 'x'], "error: unknown command 'regster'\n(Did you mean register?)\n"],
    [['secret', 'register', 'x', '--a=1', '--schema'], "error: option '-s, --schema <TYPE>' argument missing\n"],
  ])('refuses %j without a value in its message', async (argv, message) => {
    expect(await run(argv)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${message}Run with --help to see what there is.\n`,
    })
  })
})
