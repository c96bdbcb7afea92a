import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addFiles, makeRepository } from '../files/tree.ts'
import { type EmulatedGithub, emulateGithub } from '../github/emulated-github.ts'
import { pullRequestPayload } from '../github/payloads.ts'
import { type FinishedStep, runStep, startStep } from './action-step.ts'
import { secretsFile, stackFile } from './stack-files.ts'

const secrets = secretsFile({ mlflow: { password: 'hunter2-canary' } })
const missingKey = { 'prod.yaml': stackFile('prod', { a: '{{mlflow.pass}}' }) }
const missingSecret = { 'prod.yaml': stackFile('prod', { a: '{{slack.token}}' }) }
const fixed = { 'prod.yaml': stackFile('prod', { a: '{{mlflow.password}}' }) }

describe('the comment of the action', () => {
  let github: EmulatedGithub
  let workspace: string
  beforeEach(async () => {
    github = await emulateGithub()
    workspace = makeRepository({ ...missingKey, 'secrets.yaml': secrets })
  })
  afterEach(() => github.close())

  function step(inputs: Readonly<Record<string, string>> = {}): Promise<FinishedStep> {
    const { number, headSha } = github.pull
    return runStep({
      workspace,
      inputs: { 'secrets-file': 'secrets.yaml', 'github-token': 'actions', 'comment-key': '0', ...inputs },
      event: ['pull_request', pullRequestPayload({ number, sha: headSha })],
      env: { GITHUB_API_URL: github.url },
    })
  }

  it('is written when something is wrong, kept up to date, and turned into an all-clear', async () => {
    const first = await step()
    expect(first.code).toBe(1)
    const [created] = await github.comments()
    expect(first.outputs.get('comment-url')).toBe(created?.html_url)
    expect(created?.user.login).toBe('github-actions[bot]')
    expect(created?.body).toMatch(
      /^<!-- zenml-secrets comment %5B%22CI%22%2C%22secrets%22%2C%22__zenml%2Dsecrets%22%2C%220%22%5D -->\n## ❌ /,
    )
    expect(created?.body).toContain('mlflow')
    expect(created?.body).toContain(`Checked commit \`${github.pull.headSha}\``)
    expect(created?.body).toContain('(https://github.com/acme/stacks/actions/runs/42)')

    addFiles(workspace, missingSecret)
    expect((await step()).code).toBe(1)
    const [updated, ...others] = await github.comments()
    expect([updated?.id, others]).toEqual([created?.id, []])
    expect(updated?.body).toContain('slack')
    expect(updated?.body).not.toContain('mlflow.pass')

    addFiles(workspace, fixed)
    const last = await step()
    expect([last.code, last.commands]).toEqual([0, []])
    expect(last.outputs.get('comment-url')).toBe(created?.html_url)
    const [cleared] = await github.comments()
    expect(cleared?.body.split('\n').slice(1)).toEqual([
      expect.stringMatching(/^✅ \*\*ZenML secrets: all clear\.\*\* /),
      '',
    ])
    for (const { body } of [created, updated, cleared].filter(comment => comment !== undefined)) {
      expect(body).not.toContain('hunter2')
      expect(body).not.toContain(Buffer.from('hunter2-canary').toString('base64').slice(0, -2))
    }
  })

  it('is not written where nothing is wrong, unless it is asked for', async () => {
    addFiles(workspace, fixed)
    expect((await step()).outputs.get('comment-url')).toBe('')
    expect(await github.comments()).toEqual([])
    expect((await step({ comment: 'always' })).outputs.get('comment-url')).not.toBe('')
    expect(await github.comments()).toHaveLength(1)
  })

  it('is one for each key', async () => {
    await step()
    await step({ 'comment-key': 'staging' })
    await step({ 'comment-key': '--> @team' })
    await step()
    expect(await github.comments()).toHaveLength(3)
  })

  it("is never another's, and is found on the third page", async () => {
    await step()
    const [{ body } = { body: '' }] = await github.comments()
    await github.close()
    github = await emulateGithub()
    await github.comment(body, 'mallory')
    for (let index = 0; index < 203; index++) await github.comment(`Comment ${index}.`, 'acme')
    const own = await github.comment(body.replace('failed', 'earlier'), 'actions')
    expect((await step()).outputs.get('comment-url')).toBe(own.html_url)
    const all = await github.comments()
    expect(all).toHaveLength(205)
    expect(all[0]?.body).toBe(body)
    expect(all.at(-1)?.body).toContain('## ❌ ZenML secrets: failed')
  })

  it('is not written on behalf of commits that are not the latest', async () => {
    const { number } = github.pull
    const old = await runStep({
      workspace,
      inputs: { 'secrets-file': 'secrets.yaml', 'github-token': 'actions' },
      event: ['pull_request', pullRequestPayload({ number, sha: 'f'.repeat(40) })],
      env: { GITHUB_API_URL: github.url },
    })
    expect(old.commands.map(({ command }) => command)).toEqual(['error', 'notice'])
    expect(await github.comments()).toEqual([])
  })
})

describe('the comment of the action, where it cannot be written', () => {
  const requests: IncomingMessage[] = []
  let server: Server
  let workspace: string
  let answer: number | undefined = 403
  beforeEach(async () => {
    requests.length = 0
    workspace = makeRepository({ ...missingKey, 'secrets.yaml': secrets })
    server = createServer((request, response) => {
      requests.push(request)
      if (answer === undefined) return
      response.writeHead(answer, { 'content-type': 'application/json' })
      response.end('{"message":"Resource not accessible by integration\\n::error::forged"}')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })

  function options(event: unknown = pullRequestPayload(), inputs: Readonly<Record<string, string>> = {}) {
    return {
      workspace,
      inputs: { 'secrets-file': 'secrets.yaml', 'github-token': 'ghs_canary', ...inputs },
      event: ['pull_request', event],
      env: { GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    } as const
  }

  it('costs a warning that names the permission, and the result stands', async () => {
    answer = 403
    const step = await runStep(options())
    expect([step.code, step.outputs.get('result'), step.outputs.get('comment-url')]).toEqual([1, 'fail', ''])
    expect(step.commands.map(({ command }) => command)).toEqual(['error', 'warning'])
    expect(step.commands[1]?.data).toContain('Add pull-requests: write to the permissions: of the job')
    expect(`${step.stdout}${step.stderr}`).not.toContain('canary')
    expect(`${step.stdout}${step.stderr}`).not.toContain('forged')
    expect(requests[0]?.headers.authorization).toBe('token ghs_canary')
  })

  it.each([
    ['a pull request from a fork', pullRequestPayload({ head: { full_name: 'mallory/stacks' } }), {}],
    ['a run that is told not to', pullRequestPayload(), { comment: 'never' }],
    ['a payload that says nothing', {}, {}],
  ])('is not tried for %s', async (_, event, inputs) => {
    answer = 200
    const step = await runStep(options(event, inputs))
    expect(step.code).toBe(1)
    expect(step.commands.map(({ command }) => command)).toEqual(['error'])
    expect(requests).toEqual([])
  })

  it('costs a warning where there is no token', async () => {
    const step = await runStep(options(pullRequestPayload(), { 'github-token': '' }))
    expect(step.commands.at(-1)?.data).toContain('there is no token')
    expect(requests).toEqual([])
  })

  it.runIf(process.platform !== 'win32').each(['SIGTERM', 'SIGINT'] as const)(
    'keeps no step that got %s waiting for a server',
    async signal => {
      answer = undefined
      const { child, finished } = startStep(options())
      await new Promise(resolve => server.once('request', resolve))
      const started = Date.now()
      child.kill(signal)
      const step = await finished
      expect(Date.now() - started).toBeLessThan(3000)
      expect([step.code, step.stderr, step.outputs.get('result')]).toEqual([1, '', 'fail'])
    },
  )
})
