import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formats } from '../../src/reports/formats.ts'
import { findingKinds } from '../../src/validation/finding-info.ts'
import { levels } from '../../src/validation/level.ts'
import { run, tree } from './run.ts'

const shells = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof shells)[number]
const isInstalled = (shell: Shell) => spawnSync(shell, ['-c', 'exit 0']).status === 0

/** Prints what is offered for a command line, a word a line. */
const asking: Readonly<Record<Shell, string>> = {
  bash: `source ./script
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _zenml_secrets
printf '%s\\n' "\${COMPREPLY[@]}"`,
  // What the completion system of zsh hands over and takes, without its line editor.
  zsh: `compdef() { }
source ./script
compadd() { shift; print -rl -- "$@" }
_files() { }
_describe() { local each; for each in "\${(@P)@[-1]}"; do print -r -- "\${each%%:*}"; done }
compset() { PREFIX="\${PREFIX#*=}" }
words=("$@"); CURRENT=$#; PREFIX="$@[-1]"; _zenml_secrets`,
  fish: `source ./script
complete -C (string join ' ' -- $argv) | string split -f 1 \\t | string replace -r '^--[^=]*=' ''`,
}

async function offered(shell: Shell, line: readonly string[]): Promise<readonly string[]> {
  await using folder = await tree({ ask: asking[shell] })
  const { code, stdout: script } = await run(['completion', shell])
  expect(code).toBe(0)
  await writeFile(join(folder.path, 'script'), script)
  const { stdout, stderr } = spawnSync(shell, ['ask', ...line], { cwd: folder.path, encoding: 'utf8' })
  expect(stderr).toBe('')
  const typed = line.at(-1) ?? ''
  return stdout.split('\n').filter(word => word !== '' && word.startsWith(typed.includes('=') ? '' : typed))
}

const secretCommands = ['register', 'create', 'get', 'list', 'update', 'delete', 'rename', 'export', 'import']
const lines: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['the commands', [''], ['check', 'references', 'secret', 'register-secrets', 'schemas', 'explain', 'init', 'help']],
  ['commands of a family', ['secret', ''], secretCommands],
  ['options by their beginning', ['check', '--fail'], ['--fail-on']],
  ['values of an option', ['check', '--level', ''], levels],
  ['formats', ['check', '--format', ''], formats],
  ['formats of another command', ['schemas', '--format', ''], ['table', 'json', 'yaml']],
  ['values of a short option', ['secret', 'register', 'x', '-s', 'a'], ['arbitrary', 'aws', 'azure']],
  ['options of a command in a family', ['secret', 'get', '--rev'], ['--reveal']],
  ['kinds of findings', ['explain', 'missing-'], findingKinds.filter(kind => kind.startsWith('missing-'))],
  ['shells', ['completion', ''], shells],
]

describe.each(shells.filter(isInstalled))('completion in %s', shell => {
  it.each(lines)('offers %s', async (_, words, expected) => {
    const found = await offered(shell, ['zenml-secrets', ...words])
    expect(found).toEqual(expect.arrayContaining([...expected]))
  })

  it('offers nothing of another command', async () => {
    expect(await offered(shell, ['zenml-secrets', 'references', '--lev'])).toEqual([])
  })
})

describe('completion', () => {
  it('offers values after an equals sign, which bash takes for a word', async () => {
    expect(await offered('bash', ['zenml-secrets', 'check', '--level', '=', 'SECRET_E'])).toEqual(['SECRET_EXISTS'])
    expect(await offered('bash', ['zenml-secrets', 'check', '--level', '='])).toEqual([...levels])
  })

  it.each([['powershell'], ['constructor']])('has no script for %s', async shell => {
    const { code, stdout, stderr } = await run(['completion', shell])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Allowed choices are bash, zsh, fish')
  })
})
