import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outputNames } from '../../src/action/outputs.ts'
import { backendNames } from '../../src/backends/backend.ts'
import { git, makeRepository, makeTree } from '../files/tree.ts'
import { pullRequestPayload } from '../github/payloads.ts'
import { runStep } from './action-step.ts'
import { secretsFile, stackFile } from './stack-files.ts'

const anyBackend = ['auto', ...backendNames].join(', ').replace(/, ([a-z]+)$/, ' or $1')

const secrets = secretsFile({ mlflow: { password: 'hunter2-canary' }, 'slack-bot': { token: 'hunter2-canary' } })
const failing = stackFile('prod', { slack_token: '{{slack.token}}', a: '{{mlflow.pass}}', b: '{{mlflow.password}}' })
const passing = stackFile('prod', { b: '{{mlflow.password}}' })
const inputs = { 'secrets-file': 'secrets.yaml', comment: 'never' }

describe('the action', () => {
  it('marks what is missing on its line, writes the summary and the outputs, and fails', async () => {
    const workspace = makeRepository({ 'stacks/prod.yaml': failing, 'secrets.yaml': secrets })
    const step = await runStep({ workspace, inputs: { ...inputs, 'json-file': 'out/report.json' } })
    expect(step.stderr).toBe('')
    expect(step.code).toBe(1)
    expect(step.commands.map(({ command, properties, data }) => [command, properties, data.split('\n')[0]])).toEqual([
      [
        'error',
        {
          title: 'Missing secret: slack',
          file: 'stacks/prod.yaml',
          line: '5',
          endLine: '5',
          col: '25',
          endColumn: '39',
        },
        'The secret "slack" does not exist in local secrets file secrets.yaml, and "slack_token" of the alerter "slk" needs it.',
      ],
      [
        'error',
        {
          title: 'Missing key: mlflow.pass',
          file: 'stacks/prod.yaml',
          line: '6',
          endLine: '6',
          col: '15',
          endColumn: '29',
        },
        'The secret "mlflow" exists in local secrets file secrets.yaml, but has no key "pass", and "a" of the alerter "slk" needs it.',
      ],
    ])
    expect([...step.outputs]).toEqual([
      ['result', 'fail'],
      ['missing-secrets', '["mlflow.pass","slack"]'],
      ['references', '3'],
      ['secrets', '2'],
      ['errors', '2'],
      ['warnings', '0'],
      ['missing', '2'],
      ['denied', '0'],
      ['unverified', '0'],
      ['ignored', '0'],
      ['report-file', join(workspace, 'out/report.json')],
      ['comment-url', ''],
    ])
    expect(step.summary).toMatch(/^## ❌ ZenML secrets: failed\n/)
    expect(step.summary).toContain('```mermaid')
    expect(JSON.parse(readFileSync(join(workspace, 'out/report.json'), 'utf8'))).toMatchObject({
      version: 1,
      result: 'fail',
    })
  })

  it('says the same, byte for byte, of the same input, and nothing of any value', async () => {
    const workspace = makeRepository({ 'stacks/prod.yaml': failing, 'secrets.yaml': secrets })
    const first = await runStep({ workspace, inputs })
    const second = await runStep({ workspace, inputs, env: { RUNNER_DEBUG: '1' } })
    const third = await runStep({ workspace, inputs })
    expect({ ...third, outputs: [...third.outputs] }).toEqual({ ...first, outputs: [...first.outputs] })
    for (const step of [first, second]) {
      const all = [step.stdout, step.stderr, step.summary, JSON.stringify([...step.outputs])].join('\n')
      expect(all).not.toContain('hunter2')
      expect(all).not.toContain(Buffer.from('hunter2-canary').toString('base64').slice(0, -2))
    }
    expect(readdirSync(workspace).sort()).toEqual(['.git', 'secrets.yaml', 'stacks'])
  })

  it('passes where everything is there', async () => {
    const workspace = makeRepository({ 'prod.yaml': passing, 'secrets.yaml': secrets })
    const step = await runStep({ workspace, inputs })
    expect(step.code).toBe(0)
    expect(step.commands).toEqual([])
    expect(step.outputs.get('result')).toBe('pass')
    expect(step.outputs.get('missing-secrets')).toBe('[]')
  })

  it('says in a notice that there is nothing of ZenML', async () => {
    const step = await runStep({ workspace: makeRepository({ 'docker-compose.yaml': 'services: {}\n' }), inputs })
    expect(step.code).toBe(0)
    expect(step.commands).toEqual([
      {
        command: 'notice',
        properties: { title: 'ZenML secrets' },
        data: expect.stringMatching(/^Nothing of ZenML was found, so there was nothing to check\. /),
      },
    ])
    expect(step.outputs.get('result')).toBe('pass')
  })

  it('lists all that is wrong with the inputs at once, and runs nothing', async () => {
    const workspace = makeRepository({ 'prod.yaml': failing })
    const step = await runStep({
      workspace,
      inputs: { level: 'none', backend: 'azur\n::error::x', 'fail-on': 'never', comments: 'always', timeout: '0' },
    })
    expect(step.code).toBe(1)
    expect(step.commands.map(({ command, data }) => [command, data])).toEqual([
      ['warning', 'There is no input "comments", so it has no effect. Did you mean comment?'],
      [
        'error',
        [
          'The input level does not take "none". Use NONE, SECRET_EXISTS or SECRET_AND_KEY_EXISTS. Did you mean NONE?',
          `The input backend does not take "azur\\n:\\x3aerror:\\x3ax". Use ${anyBackend}.`,
          'The input timeout does not take "0". Give whole seconds, from 1 to 3600.',
        ].join('\n'),
      ],
    ])
    expect([...step.outputs.keys()]).toEqual([...outputNames])
    expect(step.outputs.get('result')).toBe('error')
    expect(step.summary).toBe('')
  })

  it('refuses a path that matches nothing, and one outside the workspace', async () => {
    const outside = makeTree({ 'prod.yaml': failing })
    const workspace = makeRepository({ 'prod.yaml': passing })
    const missing = await runStep({ workspace, inputs: { ...inputs, paths: 'stack/*.yaml\nprod.yaml' } })
    expect([missing.code, missing.outputs.get('result')]).toEqual([1, 'error'])
    expect(missing.commands.map(({ data }) => data)).toEqual([
      expect.stringContaining('"stack/*.yaml" matches no file.'),
    ])
    const confined = await runStep({ workspace, inputs: { ...inputs, paths: join(outside, 'prod.yaml') } })
    expect(confined.code).toBe(1)
    expect(confined.stdout).not.toContain('slack')
  })

  it('tells who did not write the repository nothing about the secrets that exist', async () => {
    const workspace = makeRepository({ 'prod.yaml': failing, 'secrets.yaml': secrets })
    const fork = pullRequestPayload({ head: { full_name: 'mallory/stacks' } })
    const suggesting = await runStep({ workspace, inputs })
    expect(suggesting.stdout).toContain('slack-bot')
    const untrusted = [
      ['pull_request', fork],
      ['pull_request_target', pullRequestPayload()],
      ['push', undefined],
    ] as const
    for (const event of untrusted) {
      const step = await runStep({ workspace, inputs: { ...inputs, comment: 'always' }, event })
      expect(step.code).toBe(1)
      expect(`${step.stdout}${step.stderr}${step.summary}`).not.toContain('slack-bot')
      expect(`${step.stdout}${step.summary}`).not.toContain('"password"')
      expect(step.commands.map(({ command }) => command)).toEqual(['error', 'error'])
    }
  })

  it('spends ten annotations at most, and says on the last how many more there are', async () => {
    const attributes = Array.from({ length: 25 }, (_, index) => [`a${index}`, `{{missing${index}.key}}`])
    const workspace = makeRepository({
      'prod.yaml': stackFile('prod', Object.fromEntries(attributes)),
      'secrets.yaml': secrets,
    })
    const step = await runStep({ workspace, inputs })
    const errors = step.commands.filter(({ command }) => command === 'error')
    expect(errors).toHaveLength(10)
    expect(errors.at(-1)?.properties.title).toBe('16 more errors')
    expect(step.outputs.get('errors')).toBe('25')
  })

  it('keeps quiet where it is told to', async () => {
    const workspace = makeRepository({ 'prod.yaml': failing, 'secrets.yaml': secrets })
    const step = await runStep({
      workspace,
      inputs: { ...inputs, annotations: 'false', summary: 'false', 'fail-on': 'never' },
    })
    expect([step.code, step.commands, step.summary]).toEqual([0, [], ''])
    expect(step.outputs.get('result')).toBe('fail')
    expect(step.stdout).toContain('missing-secret')
  })

  it('stands by its result where nothing can be written', async () => {
    const workspace = makeRepository({ 'prod.yaml': failing, 'secrets.yaml': secrets, taken: '' })
    const nowhere = join(workspace, 'does/not/exist')
    const step = await runStep({
      workspace,
      inputs: { ...inputs, 'json-file': 'taken/report.json' },
      env: { GITHUB_OUTPUT: nowhere, GITHUB_STEP_SUMMARY: nowhere },
    })
    expect(step.code).toBe(1)
    expect(step.commands.filter(({ command }) => command === 'warning').map(({ data }) => data)).toEqual([
      expect.stringMatching(/^The JSON report was not written to ".*taken\/report\.json": the system answered E\w+\./),
      'The job summary was not written: its file is missing or read-only. The log has the whole report.',
    ])
    expect(step.stdout).toContain('warning: The outputs were not set')
    expect(existsSync(nowhere)).toBe(false)
  })

  it('keeps out of the way of what lies in the workspace', async () => {
    const workspace = makeRepository({
      'prod.yaml': passing,
      'secrets.yaml': secrets,
      'node_modules/@actions/core/package.json': '{"main":"index.js"}',
      'node_modules/@actions/core/index.js': 'throw new Error("trap")',
      'package.json': '{"type":"commonjs"}',
      '.env': 'NODE_OPTIONS=--require ./trap.js\n',
      '.npmrc': 'node-options=--require ./trap.js\n',
      'trap.js': 'require("fs").writeFileSync("sprung", "")',
    })
    git(workspace, 'config', 'core.fsmonitor', 'touch sprung; false')
    const step = await runStep({ workspace, inputs })
    expect([step.code, step.stderr]).toEqual([0, ''])
    expect(existsSync(join(workspace, 'sprung'))).toBe(false)
  })

  it('tells of an error that nothing caught no more than its class', async () => {
    const workspace = makeRepository({ 'prod.yaml': passing, 'secrets.yaml': secrets })
    const fault = 'setImmediate(() => { throw new RangeError("hunter2\\n::error::forged") })'
    const whenReady = `const { once } = process; process.once = function (name, ...rest) { if (name === 'uncaughtException') ${fault}; return once.call(this, name, ...rest) }`
    const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(whenReady)}` }
    const step = await runStep({ workspace, inputs, env })
    expect([step.code, step.stderr, step.outputs.get('result')]).toEqual([1, '', 'error'])
    expect(step.commands).toEqual([
      {
        command: 'error',
        properties: { title: 'ZenML secrets: unexpected error' },
        data: expect.stringMatching(/^The check ended for an error nobody foresaw \(RangeError\), /),
      },
    ])
    expect(step.stdout).not.toContain('hunter2')
  })

  it('does not pass for want of a workspace', async () => {
    const workspace = makeTree()
    rmSync(workspace, { recursive: true })
    const step = await runStep({ workspace: makeTree(), inputs, env: { GITHUB_WORKSPACE: workspace } })
    expect([step.code, step.stderr, step.outputs.get('result')]).toEqual([1, '', 'error'])
    expect(step.commands).toMatchObject([
      { command: 'error', data: expect.stringMatching(/^The workspace ".*" is not there\. /) },
    ])
  })
})
