import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { backendSetups } from '../../src/cli/commands/init/setup.ts'
import { options } from '../../src/settings/options.ts'
import { atTerminal, controlC, enter } from './pty/terminal.ts'
import { run, tree } from './run.ts'

const action = ['--action', 'acme/zenml-secrets@v1']
const workflow = '.github/workflows/zenml-secrets.yml'
const preCommit = '.pre-commit-config.yaml'
const names = Object.keys(backendSetups) as (keyof typeof backendSetups)[]
const hook = { repo: 'https://github.com/acme/zenml-secrets', rev: 'v1', hooks: [{ id: 'zenml-secrets' }] }
const entry = (indent: string) =>
  ['- repo: https://github.com/acme/zenml-secrets', '  rev: v1', '  hooks:', '    - id: zenml-secrets']
    .map(line => `${indent}${line}\n`)
    .join('')

describe('zenml-secrets init', () => {
  it('writes a workflow and a hook, and says what it wrote and what comes next', async () => {
    await using folder = await tree({})
    const read = (name: string) => readFileSync(join(folder.path, name), 'utf8')
    const argv = ['init', ...action, '--backend', 'zenml', '--where', 'https://zenml.example.com']
    const { code, stdout, stderr } = await run(argv, { cwd: folder.path })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Wrote ${workflow}\nWrote ${preCommit}\n`)
    expect(stdout).toContain('Create in the settings of the repository, under Actions: the secret ZENML_API_KEY.')
    expect(parse(read(workflow))).toEqual({
      name: 'ZenML secrets',
      on: 'pull_request',
      permissions: { contents: 'read', 'pull-requests': 'write' },
      jobs: {
        secrets: {
          'runs-on': 'ubuntu-latest',
          steps: [
            { uses: 'actions/checkout@v7', with: { 'persist-credentials': false } },
            {
              uses: 'acme/zenml-secrets@v1',
              with: {
                backend: 'zenml',
                'zenml-url': 'https://zenml.example.com',
                'zenml-api-key': `\${{ secrets.ZENML_API_KEY }}`,
              },
            },
          ],
        },
      },
    })
    expect(read(preCommit)).toBe(`repos:\n${entry('  ')}`)
  })

  it.each(names)('writes only inputs the action has, for the backend %s', async backend => {
    await using folder = await tree({})
    const where = backend === 'auto' ? [] : ['--where', 'x: "#']
    expect(await run(['init', ...action, '--yes', '--backend', backend, ...where], { cwd: folder.path })).toMatchObject(
      {
        code: 0,
      },
    )
    const text = readFileSync(join(folder.path, workflow), 'utf8')
    const steps: readonly { uses: string; with?: Record<string, unknown> }[] = parse(text).jobs.secrets.steps
    const inputs = steps.at(-1)?.with ?? {}
    for (const name of Object.keys(inputs)) expect(options).toHaveProperty([name])
    if (backend !== 'auto') expect(Object.values(inputs)).toContain('x: "#')
    expect(steps.every(({ uses }) => /^[\w-]+\/[\w-]+@v\d+$/.test(uses))).toBe(true)
  })

  it('replaces no workflow without --force, and then writes nothing at all', async () => {
    await using folder = await tree({ [workflow]: 'mine\n' })
    const argv = ['init', ...action, '--yes']
    const { code, stdout, stderr } = await run(argv, { cwd: folder.path })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`The workflow "${workflow}" exists already. Nothing was written.`)
    expect(await readdir(folder.path)).toEqual(['.github'])
    expect((await run([...argv, '--force'], { cwd: folder.path })).code).toBe(0)
    expect(readFileSync(join(folder.path, workflow), 'utf8')).toContain('acme/zenml-secrets@v1')
  })

  const other = '# ours\ndefault_stages: [pre-commit] # always\n'
  const black = '- repo: https://github.com/psf/black\n  rev: 24.1.0\n  hooks:\n  - id: black # formats\n'
  it.each([
    ['an empty file', '', `repos:\n${entry('  ')}`],
    ['a file without repositories', other, `${other}repos:\n${entry('  ')}`],
    ['a list that is not indented', `repos:\n${black}`, `repos:\n${black}${entry('')}`],
    ['a list with something after it', `repos:\n${black}\n${other}`, `repos:\n${black}${entry('')}\n${other}`],
    ['no last line end', `repos:\n${black.trimEnd()}`, `repos:\n${black}${entry('')}`],
    ['the hook', `repos:\n${entry('')}`, `repos:\n${entry('')}`],
  ])('keeps what is in the configuration of pre-commit, of %s', async (_, before, after) => {
    await using folder = await tree({ [preCommit]: before })
    const { code } = await run(['init', ...action, '--yes', '--no-workflow'], { cwd: folder.path })
    expect(code).toBe(0)
    const text = readFileSync(join(folder.path, preCommit), 'utf8')
    expect(text).toBe(after)
    expect(parse(text).repos.at(-1)).toEqual(hook)
  })

  it.each([
    ['braces', '{repos: []}'],
    ['a list in brackets', 'repos: [{repo: local, hooks: []}]\n'],
    ['broken YAML', 'repos: [\n'],
    ['no mapping', '- a\n'],
  ])('writes nothing where the configuration of pre-commit is %s', async (_, content) => {
    await using folder = await tree({ [preCommit]: content })
    const { code, stdout, stderr } = await run(['init', ...action, '--yes'], { cwd: folder.path })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('--no-pre-commit')
    expect(await readdir(folder.path)).toEqual([preCommit])
    expect(readFileSync(join(folder.path, preCommit), 'utf8')).toBe(content)
  })

  it.each([
    [['--yes'], 'Nothing says where the action is.'],
    [[], 'There is no terminal to ask on. Give --action'],
    [['--yes', '--action', 'acme/x'], 'such as OWNER/zenml-secrets@v1'],
    [['--yes', '--action', 'a/b@v1\nx: y'], '--action does not take "a/b@v1\\nx: y"'],
    [[...action, '--where', 'x'], 'Name the backend with --backend too.'],
    [[...action, '--backend', 'etcd'], 'Allowed choices are auto, local'],
  ])('writes nothing for %j', async (argv, message) => {
    await using folder = await tree({})
    const { code, stderr } = await run(['init', ...argv], { cwd: folder.path })
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(await readdir(folder.path)).toEqual([])
  })

  it('asks at a terminal for what no flag says', async () => {
    await using folder = await tree({})
    const { code, screen } = await atTerminal(['init'], folder.path, [
      { see: 'Where is the action?', type: `acme/zenml-secrets@v1${enter}` },
      { see: 'Where do secrets live?', type: `aws${enter}` },
      { see: 'Region of AWS Secrets Manager:', type: `eu-west-1${enter}` },
    ])
    expect(code).toBe(0)
    expect(screen).toContain('the variable AWS_ROLE')
    expect(readFileSync(join(folder.path, workflow), 'utf8')).toContain('aws-region: eu-west-1')
  })

  it.each([[0], [1], [2]])('writes nothing where question %# is answered with Ctrl-C', async at => {
    await using folder = await tree({})
    const steps = [
      { see: 'Where is the action?', type: `acme/zenml-secrets@v1${enter}` },
      { see: 'Where do secrets live?', type: `aws${enter}` },
      { see: 'Region of AWS Secrets Manager:', type: '' },
    ]
    const typed = steps.slice(0, at + 1).map((step, index) => (index === at ? { ...step, type: controlC } : step))
    expect((await atTerminal(['init'], folder.path, typed)).code).toBe(130)
    expect(await readdir(folder.path)).toEqual([])
  })
})
