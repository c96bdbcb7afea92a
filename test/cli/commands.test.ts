import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run, type Tree, tree } from './run.ts'

const stack = `components:
  experiment_tracker:
    configuration:
      tracking_password: '{{mlf-creds.password}}'
      tracking_username: '{{mlf-creds.user}}'
    flavor: mlflow
    name: mlf
    type: experiment_tracker
  orchestrator:
    configuration: {}
    flavor: local
    name: default
    type: orchestrator
stack_name: prod
zenml_version: 0.22.0
`
const secrets = 'mlf-creds:\n  password: cHcx\n  username: YWRtaW4=\n  zenml_schema_name: arbitrary\n'

function project(files: Readonly<Record<string, string>> = {}): Promise<Tree> {
  return tree({ 'stacks/prod.yaml': stack, 'secrets.yaml': secrets, ...files })
}

const withSecrets = ['--backend', 'local', '--secrets-file', 'secrets.yaml']

describe('check', () => {
  it('prints the report, and exits 1 for a missing key', async () => {
    await using root = await project()
    const { code, stdout, stderr } = await run(['check', 'stacks', ...withSecrets], { cwd: root.path })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain('stacks/prod.yaml:5:27')
    expect(stdout).not.toContain('\u001b')
  })

  it('exits 0 where everything is found', async () => {
    await using root = await project({ 'stacks/prod.yaml': stack.replace('.user}}', '.username}}') })
    expect(await run(['check', ...withSecrets], { cwd: root.path })).toMatchObject({ code: 0, stderr: '' })
  })

  it('exits 3 where the secrets file is not there, and 0 when told to warn', async () => {
    await using root = await project()
    const argv = ['check', '--backend', 'local', '--secrets-file', 'nowhere.yaml']
    expect((await run(argv, { cwd: root.path })).code).toBe(3)
    expect((await run([...argv, '--on-unverified', 'warn'], { cwd: root.path })).code).toBe(0)
  })

  it('exits 0 whatever is found under --fail-on never, and at level NONE', async () => {
    await using root = await project()
    expect((await run(['check', ...withSecrets, '--fail-on', 'never'], { cwd: root.path })).code).toBe(0)
    expect((await run(['check', ...withSecrets, '--level', 'NONE'], { cwd: root.path })).code).toBe(0)
  })

  it('takes the level from the environment, unless a flag gives it', async () => {
    await using root = await project()
    const env = { ZENML_SECRET_VALIDATION_LEVEL: 'SECRET_EXISTS' }
    const argv = ['check', ...withSecrets]
    expect((await run(argv, { cwd: root.path, env })).code).toBe(0)
    expect((await run([...argv, '--level', 'SECRET_AND_KEY_EXISTS'], { cwd: root.path, env })).code).toBe(1)
  })

  it('exits 2 with a sentence for a path that matches nothing', async () => {
    await using root = await project()
    const { code, stdout, stderr } = await run(['check', 'nowhere.yaml', '*.toml'], { cwd: root.path })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^error: .*"nowhere\.yaml".*\nerror: .*"\*\.toml".*\n$/)
  })

  it('prints JSON alone where it is asked for', async () => {
    await using root = await project()
    const { code, stdout } = await run(['check', ...withSecrets, '--format', 'json'], { cwd: root.path })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, result: 'fail', counts: { found: 1, missing: 1 } })
  })

  it('writes files beside the text, without colour, and nothing else', async () => {
    await using root = await project()
    const argv = ['check', ...withSecrets, '--format', 'json=out/report.json', '--format', 'text=out/report.txt']
    const { code, stdout } = await run(argv, { cwd: root.path, terminal: true })
    expect(code).toBe(1)
    expect(stdout).toContain('\u001b[')
    const text = await readFile(join(root.path, 'out/report.txt'), 'utf8')
    expect(text).not.toContain('\u001b')
    expect(JSON.parse(await readFile(join(root.path, 'out/report.json'), 'utf8'))).toMatchObject({ result: 'fail' })
    expect((await readdir(join(root.path, 'out'))).toSorted()).toEqual(['report.json', 'report.txt'])
  })

  it('sends what it would print to the file of --output', async () => {
    await using root = await project()
    const argv = ['check', ...withSecrets, '--format', 'json', '--output', 'out.json']
    expect(await run(argv, { cwd: root.path })).toEqual({ code: 1, stdout: '', stderr: '' })
    expect(JSON.parse(await readFile(join(root.path, 'out.json'), 'utf8'))).toMatchObject({ version: 1 })
  })

  it('exits 2 when a report cannot be written, after printing it', async () => {
    await using root = await project()
    const { code, stdout, stderr } = await run(['check', ...withSecrets, '--format', 'json=stacks'], { cwd: root.path })
    expect(code).toBe(2)
    expect(stdout).toContain('stacks/prod.yaml:5:27')
    expect(stderr).toBe(
      `error: The report could not be written to "${join(root.path, 'stacks')}": it is a directory.\n`,
    )
  })

  it.each([
    [[], true],
    [['--quiet'], false],
  ])('notices with %j that there is nothing of ZenML', async (flags, noticed) => {
    await using root = await tree({ 'compose.yaml': 'services: {}\n' })
    const { code, stderr } = await run(['check', ...flags], { cwd: root.path })
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: noticed ? 'Nothing of ZenML was found in these files.\n' : '',
    })
  })

  it('exits 130 and prints nothing when interrupted', async () => {
    await using root = await project()
    const signal = AbortSignal.abort()
    expect(await run(['check', ...withSecrets], { cwd: root.path, signal })).toEqual({
      code: 130,
      stdout: '',
      stderr: '',
    })
  })
})

describe('references', () => {
  it('lists every secret use without looking any up', async () => {
    await using root = await project()
    expect(await run(['references', 'stacks'], { cwd: root.path })).toEqual({
      code: 0,
      stdout: [
        'SECRET     KEY       WHERE                  VIA',
        'mlf-creds  password  stacks/prod.yaml:4:27  reference',
        'mlf-creds  user      stacks/prod.yaml:5:27  reference',
        '',
        '2 uses of 1 secret in 1 file.',
        '',
      ].join('\n'),
      stderr: '',
    })
  })

  it('prints a tree', async () => {
    await using root = await project()
    const { code, stdout } = await run(['references', '--tree'], { cwd: root.path })
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'prod  stacks/prod.yaml',
      '└─ experiment_tracker "mlf" (mlflow)',
      '   ├─ tracking_password  mlf-creds · password  stacks/prod.yaml:4:27  (reference)',
      '   └─ tracking_username  mlf-creds · user  stacks/prod.yaml:5:27  (reference)',
    ])
  })

  it('prints the JSON of check, every verdict skipped and no finding', async () => {
    await using root = await project({ 'stacks/odd.yaml': stack.replace('{{mlf-creds.user}}', '{{ mlf-creds.user }}') })
    const { code, stdout } = await run(['references', '--format', 'json'], { cwd: root.path })
    expect(code).toBe(0)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ version: 1, result: 'pass', level: 'NONE', findings: [], counts: { warnings: 0 } })
    expect(report.references.map((use: { verdict: string }) => use.verdict)).toEqual(
      report.references.map(() => 'skipped'),
    )
    expect(report.references.length).toBeGreaterThan(0)
  })

  it('prints CSV and Markdown', async () => {
    await using root = await project()
    const argv = ['references', '--format', 'csv', '--format', 'markdown=list.md']
    const { code, stdout } = await run(argv, { cwd: root.path })
    expect(code).toBe(0)
    expect(stdout.split('\r\n')[1]).toBe(
      '"mlf-creds","password","reference","stacks/prod.yaml","4","27","prod","experiment_tracker","mlf","mlflow","tracking_password"',
    )
    expect(await readFile(join(root.path, 'list.md'), 'utf8')).toContain(
      '| `mlf-creds` | `user` | `stacks/prod.yaml:5:27` |',
    )
  })

  it('says that its list is not complete where a file could not be read', async () => {
    await using root = await project({ 'stacks/broken.yaml': stack.replace('flavor: mlflow', 'flavor: [mlflow') })
    const { code, stderr } = await run(['references'], { cwd: root.path })
    expect(code).toBe(0)
    expect(stderr).toBe('One file could not be read in full: run "zenml-secrets check" to see why.\n')
  })
})
