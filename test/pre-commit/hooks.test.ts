import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { tree } from '../cli/run.ts'
import { secretsFile, stackFile } from '../e2e/stack-files.ts'

const root = join(import.meta.dirname, '../..')

interface Hook {
  readonly id: string
  readonly entry: string
  readonly language: string
  readonly pass_filenames: boolean
  readonly types: readonly string[]
}

const hooks: readonly Hook[] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'))

/** Runs a hook as pre-commit runs one of language `script`: its entry below the clone, then the user's `args`. */
async function runHook(id: string, cwd: string, args: readonly string[] = []) {
  const [program = '', ...given] = hooks.find(hook => hook.id === id)?.entry.split(' ') ?? []
  const env = { PATH: process.env.PATH ?? '', HOME: cwd }
  const child = spawn(process.execPath, [join(root, program), ...given, ...args], { cwd, env })
  let stdout = ''
  child.stdout.on('data', chunk => {
    stdout += chunk
  })
  const [code] = await once(child, 'close')
  return { code, stdout }
}

const ignored = { 'chart/templates/a.yaml': '{{- if .Values.a }}\na: {{ .Values.b }}\n{{- end }}\n' }
const referring = stackFile('prod', { slack_token: '{{slack.token}}' })
const malformed = stackFile('prod', { slack_token: '{{slack .token}}' })

describe('the hooks of pre-commit', () => {
  it('are two that need no installation and take no file names', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['zenml-secrets', 'zenml-secrets-full'])
    for (const { language, pass_filenames, types, entry } of hooks) {
      expect({ language, pass_filenames, types }).toEqual({
        language: 'script',
        pass_filenames: false,
        types: ['text'],
      })
      accessSync(join(root, entry.split(' ')[0] ?? ''), constants.X_OK)
    }
  })

  it('run static checks without a backend, and pass what only a backend could refuse', async () => {
    await using folder = await tree({ ...ignored, 'prod.json': referring })
    expect((await runHook('zenml-secrets', folder.path)).code).toBe(0)
  })

  it('run static checks that fail on what the files show', async () => {
    await using folder = await tree({ ...ignored, 'prod.json': malformed })
    const { code, stdout } = await runHook('zenml-secrets', folder.path)
    expect(code).toBe(1)
    expect(stdout).toContain('error malformed-reference')
  })

  it('look secrets up in the backend of the args', async () => {
    await using folder = await tree({
      'prod.json': referring,
      'full.txt': secretsFile({ slack: { token: 'x' } }),
      'none.txt': secretsFile({}),
    })
    const full = (file: string) => runHook('zenml-secrets-full', folder.path, ['--secrets-file', file])
    expect((await full('full.txt')).code).toBe(0)
    const missing = await full('none.txt')
    expect(missing.code).toBe(1)
    expect(missing.stdout).toContain('error missing-secret')
  })
})
