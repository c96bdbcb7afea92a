import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outputNames } from '../../src/action/outputs.ts'
import { check } from '../../src/check.ts'
import { annotations } from '../../src/reports/annotations.ts'
import { resolveSettings } from '../../src/settings/resolve.ts'
import { actionSurface } from '../../src/settings/surface.ts'
import type { Report } from '../../src/validation/report.ts'
import { makeTree } from '../files/tree.ts'
import { pullRequestPayload } from '../github/payloads.ts'
import { hostileText } from '../reports/hostile.ts'
import { commandsIn, type RunnerCommand } from '../runner.ts'
import { type FinishedStep, runStep } from './action-step.ts'
import { canary, hostileTree } from './hostile-tree.ts'
import { run } from './process.ts'

/** Each run is a process that reads some 30 files, so a counterexample is not made smaller. */
const runs = { numRuns: 8, endOnFailure: true }

describe('the action in a repository that means it ill', () => {
  it('says the commands it means to, and no others, and tells no value', async () => {
    await fc.assert(
      fc.asyncProperty(hostileTree, async tree => {
        const workspace = makeTree(tree)
        const step = await runStep({
          workspace,
          inputs: { 'secrets-file': 'secrets.txt', 'json-file': 'report.json', comment: 'never' },
        })
        expect(step.stderr).toBe('')
        const report = await reportOf(workspace)
        expect(step.commands).toEqual(intended(report))
        expect(step.outputs.get('result')).toBe(report.result)
        expect([...step.outputs.keys()]).toEqual([...outputNames])
        expect(JSON.parse(step.outputs.get('missing-secrets') ?? '')).toEqual(missing(report))
        tellsNoValue(step, readFileSync(join(workspace, 'report.json'), 'utf8'))
      }),
      runs,
    )
  })

  it('takes no input, variable or payload for more than text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText, { minLength: 12, maxLength: 12 }), async texts => {
        // A variable cannot hold NUL.
        const [path, exclude, level, key, version, file, name, ref, job, run, title, token] = texts.map(text =>
          text.replaceAll('\0', '').toString(),
        ) as [string, ...string[]]
        const step = await runStep({
          workspace: makeTree(),
          inputs: {
            paths: path,
            exclude: exclude ?? '',
            level: level ?? '',
            'comment-key': key ?? '',
            'zenml-version': version ?? '',
            'json-file': file ?? '',
            'github-token': `${token}${canary}`,
            [(name ?? '').replaceAll(/[=]/g, '') || 'x']: 'x',
          },
          event: ['pull_request', { ...Object(pullRequestPayload()), title }],
          env: { GITHUB_REF: ref ?? '', GITHUB_JOB: job ?? '', GITHUB_RUN_ID: run ?? '' },
        })
        expect(step.stderr).toBe('')
        for (const { command, properties } of step.commands) {
          expect(['error', 'warning', 'notice']).toContain(command)
          expect(properties.title).toMatch(/^ZenML secrets/)
        }
        expect([...step.outputs.keys()]).toEqual([...outputNames])
        expect(`${step.stdout}${step.summary}`).not.toContain(canary)
      }),
      runs,
    )
  })
})

describe('the command line in a repository that means it ill', () => {
  it('says no command to the runner of the workflow it is used in, but those of its format github', async () => {
    await fc.assert(
      fc.asyncProperty(hostileTree, async tree => {
        const cwd = makeTree(tree)
        const check = ['check', '--secrets-file', 'secrets.txt', '--verbose']
        const text = await run({ bundle: 'cli', args: check, cwd, env: { FORCE_COLOR: '1' } })
        expect(commandsIn(`${text.stdout}\n${text.stderr}`)).toEqual([])
        const list = await run({ bundle: 'cli', args: ['references', '--tree'], cwd, env: {} })
        expect(commandsIn(`${list.stdout}\n${list.stderr}`)).toEqual([])
        const github = await run({ bundle: 'cli', args: [...check, '--format', 'github'], cwd, env: {} })
        expect(new Set(commandsIn(`${github.stdout}\n${github.stderr}`).map(({ command }) => command))).toEqual(
          new Set(intended(await reportOf(cwd)).map(({ command }) => command)),
        )
        for (const { stdout, stderr } of [text, list, github]) {
          expect(`${stdout}${stderr}`).not.toContain(canary)
          expect(`${stdout}${stderr}`).not.toContain(encoded)
        }
      }),
      { ...runs, numRuns: 4 },
    )
  })
})

/** What the engine makes of the same tree, without any of the text that is printed. */
async function reportOf(cwd: string): Promise<Report> {
  const raw = new Map([['secrets-file', ['secrets.txt']]])
  const { settings } = resolveSettings(actionSurface, raw, { cwd, env: {}, homedir: '/nowhere', platform: 'linux' })
  return check({ ...settings, suggest: true }, { environment: {}, signal: new AbortController().signal })
}

/** The annotations of a report as the runner should read them. */
function intended(report: Report): readonly RunnerCommand[] {
  return annotations(report, {}).map(annotation => {
    const { level, message, title, file, startLine, endLine, startColumn, endColumn } = annotation
    const named = { title, file, line: startLine, endLine, col: startColumn, endColumn }
    const given = Object.entries(named).filter(([, value]) => value !== undefined)
    return {
      command: level,
      properties: Object.fromEntries(given.map(([key, value]) => [key, `${value}`])),
      data: message,
    }
  })
}

function missing({ uses }: Report): readonly string[] {
  const names = uses.flatMap(({ verdict, secret, key }) => {
    return verdict === 'missing' ? [secret] : verdict === 'key_missing' ? [`${secret}.${key}`] : []
  })
  return [...new Set(names)].sort()
}

const encoded = Buffer.from(canary).toString('base64').replace(/=+$/, '').slice(0, -1)

function tellsNoValue({ stdout, stderr, summary, outputs }: FinishedStep, json: string): void {
  const all = [stdout, stderr, summary, json, ...outputs.values()].join('\n')
  expect(all).not.toContain(canary)
  expect(all).not.toContain(encoded)
}
