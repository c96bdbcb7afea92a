import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runAction } from '../../src/action/action.ts'
import { outputNames } from '../../src/action/outputs.ts'
import { secretsFile, stackFile } from '../e2e/stack-files.ts'
import { makeTree } from '../files/tree.ts'
import { recordingRunner } from './recording-runner.ts'

function failingWorkspace(): string {
  const secrets = secretsFile({ mlflow: { password: 'canary' } })
  return makeTree({ 'prod.yaml': stackFile('prod', { a: '{{mlflow.pass}}' }), 'secrets.yaml': secrets })
}

describe('runAction', () => {
  const env = { GITHUB_OUTPUT: 'outputs', 'INPUT_SECRETS-FILE': 'secrets.yaml', INPUT_SUMMARY: 'false', NO_COLOR: '1' }

  it('checks, prints, marks, and sets the outputs', async () => {
    const runner = recordingRunner({ cwd: failingWorkspace(), env })
    expect(await runAction(runner)).toBe(1)
    expect(runner.printed.join('')).toMatch(/^prod\.yaml:5:15 error missing-key\n/)
    expect(runner.annotated.map(({ title }) => title)).toEqual(['Missing key: mlflow.pass'])
    expect([...runner.outputs.keys()]).toEqual([...outputNames])
    expect(runner.outputs.get('missing-secrets')).toBe('["mlflow.pass"]')
  })

  it('comes to an error, with all outputs, when it is cancelled', async () => {
    const runner = recordingRunner({ cwd: failingWorkspace(), env, signal: AbortSignal.abort() })
    expect(await runAction(runner)).toBe(1)
    expect(runner.printed).toEqual([])
    expect(runner.annotated.map(({ title }) => title)).toEqual(['ZenML secrets: cancelled'])
    expect([...runner.outputs.keys()]).toEqual([...outputNames])
    expect(runner.outputs.get('result')).toBe('error')
  })

  it('says what is wrong with the inputs before it says that it cannot run', async () => {
    const given = { ...env, INPUT_LEVLE: 'NONE', INPUT_PATHS: 'missing.yaml' }
    const runner = recordingRunner({ cwd: failingWorkspace(), env: given })
    expect(await runAction(runner)).toBe(1)
    expect(runner.annotated).toMatchObject([
      { level: 'warning', message: expect.stringContaining('Did you mean level?') },
      { level: 'error', message: expect.stringContaining('"missing.yaml" matches no file.') },
    ])
  })

  it('takes a workspace that is a file for none', async () => {
    const runner = recordingRunner({ cwd: join(failingWorkspace(), 'prod.yaml'), env })
    expect(await runAction(runner)).toBe(1)
    expect(runner.annotated).toMatchObject([{ level: 'error', message: expect.stringContaining('is not there') }])
  })
})
