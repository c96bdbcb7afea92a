import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { version } from '../../src/version.ts'
import { makeTree } from '../files/tree.ts'
import { run } from './process.ts'
import { secretsFile, stackFile } from './stack-files.ts'

const secrets = secretsFile({ mlflow: { password: 'hunter2-canary' }, 'slack-bot': { token: 'x' } })
const failing = stackFile('prod', { slack_token: '{{slack.token}}', b: '{{mlflow.password}}' })
const passing = stackFile('prod', { b: '{{mlflow.password}}' })

function zenmlSecrets(cwd: string, ...args: readonly string[]) {
  return run({ bundle: 'cli', args, cwd, env: { HOME: cwd } })
}

describe('the command line', () => {
  it.each([
    ['nothing is wrong', { 'a.yaml': passing }, [], 0],
    ['a secret is missing', { 'a.yaml': failing }, [], 1],
    ['nothing is to fail the run', { 'a.yaml': failing }, ['--fail-on', 'never'], 0],
    ['there is nothing of ZenML', { 'a.txt': '' }, [], 0],
    ['a path matches no file', { 'a.yaml': passing }, ['b.yaml'], 2],
    ['a level is none', { 'a.yaml': passing }, ['--level', 'none'], 2],
    ['a backend does not exist', { 'a.yaml': passing }, ['--backend', 'vaullt'], 2],
    ['a flag does not exist', { 'a.yaml': passing }, ['--levle', 'NONE'], 2],
  ])('ends with the code for a run in which %s', async (_, files, args, code) => {
    const cwd = makeTree({ ...files, 's.txt': secrets })
    const finished = await zenmlSecrets(cwd, 'check', '--secrets-file', 's.txt', ...args)
    expect(finished.code).toBe(code)
    expect(finished.stderr.startsWith('error: ')).toBe(code === 2)
    expect(finished.stdout === '').toBe(code === 2)
  })

  it('ends with code 3 where the secrets file is not there', async () => {
    const finished = await zenmlSecrets(makeTree({ 'a.yaml': failing }), 'check', '--secrets-file', 'missing.yaml')
    expect(finished.code).toBe(3)
    expect(finished.stdout).toContain('Not verified')
  })

  it('prints text, and writes as many other formats beside it as are asked for', async () => {
    const cwd = makeTree({ 'a.yaml': failing, 's.txt': secrets })
    const formats = ['--format', 'json=out/report.json', '--format', 'markdown=report.md']
    const { stdout, stderr, code } = await zenmlSecrets(cwd, 'check', '--secrets-file', 's.txt', ...formats)
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(/^a\.yaml:5:25 error missing-secret\n/)
    expect(stdout).toContain('Did you mean "slack-bot"?')
    expect(JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8'))).toMatchObject({ version: 1, result: 'fail' })
    expect(readFileSync(join(cwd, 'report.md'), 'utf8')).toMatch(/^## ❌ ZenML secrets: failed\n/)
    expect(`${stdout}${readFileSync(join(cwd, 'report.md'), 'utf8')}`).not.toContain('hunter2')
  })

  it('says the same, byte for byte, of the same input', async () => {
    const cwd = makeTree({ 'a.yaml': failing, 'b.yaml': failing, 's.txt': secrets })
    for (const format of ['text', 'json', 'markdown', 'github']) {
      const args = ['check', '--secrets-file', 's.txt', '--format', format]
      expect(await zenmlSecrets(cwd, ...args)).toEqual(await zenmlSecrets(cwd, ...args))
    }
  })

  it('lists references without looking any up', async () => {
    const { stdout, code } = await zenmlSecrets(makeTree({ 'a.yaml': failing }), 'references', '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).references).toMatchObject([
      { secret: 'slack', key: 'token', verdict: 'skipped' },
      { secret: 'mlflow', key: 'password', verdict: 'skipped' },
    ])
  })

  it('knows its version, and helps', async () => {
    const cwd = makeTree()
    expect((await zenmlSecrets(cwd, '--version')).stdout).toBe(`${version}\n`)
    expect((await zenmlSecrets(cwd, 'check', '--help')).stdout).toContain('Exit codes:')
    expect(existsSync(join(cwd, '.config'))).toBe(false)
  })
})
