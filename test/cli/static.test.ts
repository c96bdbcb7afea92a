import { describe, expect, it } from 'vitest'
import { stackFile } from '../e2e/stack-files.ts'
import { run, tree } from './run.ts'

describe('zenml-secrets check --static', () => {
  it('asks no backend, and passes what only a backend could refuse', async () => {
    await using folder = await tree({ 'a.json': stackFile('prod', { slack_token: '{{slack.token}}' }) })
    const env = { ZENML_STORE_URL: 'http://127.0.0.1:1', ZENML_STORE_API_KEY: 'key' }
    const argv = ['check', '--static', '--backend', 'zenml', '--format', 'json']
    const { code, stdout } = await run(argv, { cwd: folder.path, env })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'pass',
      backends: [],
      references: [{ secret: 'slack', key: 'token', verdict: 'skipped' }],
      findings: [],
    })
  })

  it('fails on what the files alone show', async () => {
    await using folder = await tree({ 'a.json': stackFile('prod', { slack_token: '{{slack .token}}' }) })
    const { code, stdout } = await run(['check', '--static'], { cwd: folder.path })
    expect(code).toBe(1)
    expect(stdout).toContain('error malformed-reference')
    expect(stdout).not.toContain('no-backend')
  })

  it('is read the same among plain arguments and by commander', async () => {
    await using folder = await tree({ 'a.json': stackFile('prod', { slack_token: '{{slack.token}}' }) })
    const plain = await run(['check', 'a.json', '--static'], { cwd: folder.path })
    const full = await run(['check', 'a.json', '--static', '--level=SECRET_EXISTS'], { cwd: folder.path })
    expect([plain.code, full.code]).toEqual([0, 0])
  })

  it('goes with no stack of a server', async () => {
    const { code, stderr } = await run(['check', '--static', '--stack', 'prod'])
    expect(code).toBe(2)
    expect(stderr).toBe('error: --static asks no server, and --stack names a stack of one. Leave one of them out.\n')
  })
})
