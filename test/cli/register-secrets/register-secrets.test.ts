import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Run, run, type Tree, tree } from '../run.ts'
import { prod, stackFile } from './stacks.ts'

const file = ['--secrets-file', 's.yaml'] as const
const trees: Tree[] = []

afterEach(async () => {
  for (const folder of trees.splice(0)) await folder[Symbol.asyncDispose]()
})

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await tree(files)
  trees.push(folder)
  return folder.path
}

function registerSecrets(cwd: string, argv: readonly string[], change: Parameters<typeof run>[1] = {}): Promise<Run> {
  return run(['register-secrets', ...argv, ...file], { cwd, homedir: cwd, ...change })
}

async function secret(cwd: string, ...argv: readonly string[]): Promise<Run> {
  return run(['secret', ...argv, ...file], { cwd, homedir: cwd })
}

async function storedValue(cwd: string, name: string, key: string): Promise<string> {
  return (await secret(cwd, 'get', name, '--key', key)).stdout
}

function stdinOf(text: string) {
  return async function* () {
    yield new TextEncoder().encode(text)
  }
}

const passes = 'Every secret these stacks need is there: "zenml-secrets check" passes.\n'
const env = { MLF_PASSWORD: 'one', MLF_USER: 'two', SLACK_TOKEN: 'three' }

describe('register-secrets', () => {
  it('registers all that is missing, reports every write with masked values, and says that the check passes', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    const { code, stdout, stderr } = await registerSecrets(cwd, ['prod.yaml', '--from-env'], { env })
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: `Registering secret \`mlf\`:
SECRET_KEY  SECRET_VALUE
password    ***
user        ***
The secret "mlf" was registered in local secrets file s.yaml.
Registering secret \`slack\`:
SECRET_KEY  SECRET_VALUE
token       ***
The secret "slack" was registered in local secrets file s.yaml.
${passes}`,
    })
    expect(await storedValue(cwd, 'mlf', 'password')).toBe('one')
    expect((await run(['check', ...file], { cwd, homedir: cwd })).code).toBe(0)
  })

  const mlf = { user: 'two', password: 'one' }
  it.each([
    ['YAML', 'mlf:\n  user: two\n  password: one\nslack:\n  token: three\n'],
    ['JSON', JSON.stringify({ mlf, slack: { token: 'three' } })],
    ['lines of name.key=value', 'mlf.user=two\nmlf.password=one\nslack.token=three\n'],
    ['lines of NAME_KEY=value', 'MLF_USER=two\nMLF_PASSWORD=one\nSLACK_TOKEN=three\n'],
    ['names with keys, flat', 'mlf.user: two\nmlf.password: one\nslack.token: three\n'],
  ])('takes the values from %s, in a file and on standard input', async (_, text) => {
    for (const source of ['given', '-']) {
      const cwd = await folderOf({ 'prod.yaml': prod, given: text })
      const { code, stderr } = await registerSecrets(cwd, ['prod.yaml', '--values', source], {
        openStdin: stdinOf(text),
      })
      expect(code, stderr).toBe(0)
      expect(await storedValue(cwd, 'mlf', 'user')).toBe('two')
      expect(await storedValue(cwd, 'slack', 'token')).toBe('three')
    }
  })

  it('takes variables with a prefix, with or without its last underscore', async () => {
    for (const prefix of ['CI', 'ci_']) {
      const cwd = await folderOf({ 'prod.yaml': prod })
      const prefixed = Object.fromEntries(Object.entries(env).map(([name, value]) => [`CI_${name}`, value]))
      expect(await registerSecrets(cwd, ['prod.yaml', '--from-env', prefix], { env: prefixed })).toMatchObject({
        code: 0,
      })
    }
  })

  it('names every value that was not given, and writes none', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    const { code, stderr } = await registerSecrets(cwd, ['prod.yaml', '--from-env=CI'], {
      env: { CI_MLF_USER: 'x', CI_SLACK_TOKEN: '' },
    })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: [
        'error: There is no value for "mlf.password" (CI_MLF_PASSWORD).',
        'error: There is no value for "slack.token" (CI_SLACK_TOKEN).',
        'error: Nothing was written. Give every value with --values or --from-env, or neither of them to be asked.',
        '',
      ].join('\n'),
    })
    expect(existsSync(join(cwd, 's.yaml'))).toBe(false)
  })

  it('refuses a variable that could mean two keys', async () => {
    const cwd = await folderOf({
      'prod.yaml': stackFile('prod', { tracking_username: '{{a.b_c}}', tracking_password: '{{a_b.c}}' }),
    })
    const { code, stderr } = await registerSecrets(cwd, ['--from-env'], { env: { A_B_C: 'canary' } })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: A_B_C could mean "a.b_c" or "a_b.c". Give these in a file, as name.key=value, with --values.\n',
    })
  })

  it('takes what looks like no prefix for none', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    const { code, stderr } = await registerSecrets(cwd, ['--from-env', 'prod.yaml'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error: --from-env takes a prefix of letters, digits and underscores, not "prod.yaml". Give STACK before it, or write --from-env=PREFIX.\n',
    })
  })

  it('says which names in the file no stack asks for', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod, v: 'mlf.user=a\nmlf.password=b\nslack.token=c\nslak.token=d\n' })
    const { stderr } = await registerSecrets(cwd, ['--values', 'v'])
    expect(stderr).toContain('Not asked for by these stacks, and left out: "slak.token".\n')
    expect((await secret(cwd, 'list', '--format', 'names')).stdout).toBe('mlf\nslack\n')
  })

  it('adds a missing key, keeps the other keys and the schema', async () => {
    const reference = { tracking_username: '{{c.aws_session_token}}' }
    const cwd = await folderOf({ 'prod.yaml': stackFile('prod', reference) })
    await secret(cwd, 'register', 'c', '-s', 'aws', '--aws_access_key_id=a', '--aws_secret_access_key=b')
    const given = { env: { C_AWS_SESSION_TOKEN: 'x' } }
    expect(await registerSecrets(cwd, ['--from-env'], given)).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, 's.yaml'), 'utf8')).toContain('zenml_schema_name: aws')
    expect(await storedValue(cwd, 'c', 'aws_access_key_id')).toBe('a')
    expect(await storedValue(cwd, 'c', 'aws_session_token')).toBe('x')
  })

  it('writes no key the schema refuses, writes the rest, and does not end well', async () => {
    const references = { tracking_username: '{{c.user}}', tracking_password: '{{other.key}}' }
    const cwd = await folderOf({ 'prod.yaml': stackFile('prod', references) })
    await secret(cwd, 'register', 'c', '-s', 'gcp', '--token=a')
    const { code, stderr } = await registerSecrets(cwd, ['--from-env'], { env: { OTHER_KEY: 'x', C_USER: 'y' } })
    expect(code).toBe(1)
    expect(stderr.split('\n')[0]).toBe(
      'warning: The secret "c" was left alone. Secret values do not conform with the secret schema "gcp". It has no key user. Its keys are token.',
    )
    expect(stderr).toContain('"zenml-secrets check" finds 1 error: run it to see more.\n')
    expect(await storedValue(cwd, 'other', 'key')).toBe('x')
    expect((await secret(cwd, 'get', 'c')).stdout).not.toContain('user')
  })

  it.each([
    ['{{name.key}}', "Secret names cannot be named 'name': choose another."],
    ['{{a.name}}', "You can't use 'name' as the key for one of your secrets: choose another."],
  ])('registers nothing for %s, which ZenML refuses', async (reference, problem) => {
    const cwd = await folderOf({ 'prod.yaml': stackFile('prod', { tracking_username: reference }) })
    const { code, stderr } = await registerSecrets(cwd, ['--from-env'], { env: { NAME_KEY: 'x', A_NAME: 'x' } })
    expect(code).not.toBe(0)
    expect(stderr).toContain(`was left alone. ${problem}\n`)
    expect(existsSync(join(cwd, 's.yaml'))).toBe(false)
  })

  it('asks nobody about an existing value with --skip-existing, but for an empty one all the same', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    await secret(cwd, 'register', 'mlf', '--user=kept', '--password=')
    await secret(cwd, 'register', 'slack', '--token=kept')
    const { code, stderr } = await registerSecrets(cwd, ['--skip-existing', '--from-env'], { env })
    expect(code, stderr).toBe(0)
    expect(await storedValue(cwd, 'mlf', 'user')).toBe('kept')
    expect(await storedValue(cwd, 'mlf', 'password')).toBe('one')
    expect(await storedValue(cwd, 'slack', 'token')).toBe('kept')
  })

  it('replaces existing values without a terminal only with --yes, and leaves them where none is given', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    await registerSecrets(cwd, ['--from-env'], { env })
    const given = { env: { SLACK_TOKEN: 'new' } }
    const refused = await registerSecrets(cwd, ['--from-env'], given)
    expect(refused).toMatchObject({
      code: 2,
      stderr:
        'error: There is no terminal to ask on. Give --yes to replace values that are there already, or --skip-existing to keep them.\n',
    })
    expect(await storedValue(cwd, 'slack', 'token')).toBe('three')
    expect(await registerSecrets(cwd, ['--from-env', '--yes'], given)).toMatchObject({ code: 0 })
    expect(await storedValue(cwd, 'slack', 'token')).toBe('new')
    expect(await storedValue(cwd, 'mlf', 'user')).toBe('two')
  })

  it('writes nothing where what is given is there already', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    await registerSecrets(cwd, ['--from-env'], { env })
    expect(await registerSecrets(cwd, ['--from-env'], { env })).toEqual({ code: 0, stdout: '', stderr: passes })
  })

  it('only says what is needed with --dry-run', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    await secret(cwd, 'register', 'mlf', '--user=x')
    const before = readFileSync(join(cwd, 's.yaml'), 'utf8')
    expect(await registerSecrets(cwd, ['--dry-run'])).toEqual({
      code: 1,
      stdout: `Would update secret "mlf" in local secrets file s.yaml:
SECRET_KEY  HAS_VALUE  NEEDED_BY
password    no         experiment_tracker mlflow (tracking_password) of the stack "prod"
user        yes        experiment_tracker mlflow (tracking_username) of the stack "prod"
Would register secret "slack" in local secrets file s.yaml:
SECRET_KEY  HAS_VALUE  NEEDED_BY
token       no         alerter slack (slack_token) of the stack "prod"
`,
      stderr: 'Nothing was written: this is a dry run.\n',
    })
    expect(readFileSync(join(cwd, 's.yaml'), 'utf8')).toBe(before)
  })

  it('looks at every stack of the repository where none is named, and at one where it is', async () => {
    const files = {
      'a.yaml': stackFile('a', { tracking_username: '{{a.key}}' }),
      'b.yaml': stackFile('b', { tracking_username: '{{b.key}}' }),
    }
    const cwd = await folderOf(files)
    const given = { env: { A_KEY: 'x', B_KEY: 'y' } }
    await registerSecrets(cwd, ['a.yaml', '--from-env'], given)
    expect((await secret(cwd, 'list', '--format', 'names')).stdout).toBe('a\n')
    await registerSecrets(cwd, ['--from-env'], given)
    expect((await secret(cwd, 'list', '--format', 'names')).stdout).toBe('a\nb\n')
  })

  it('writes each secret to the secrets manager of its own stack', async () => {
    const ids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
    const stackWith = (name: string, id: string) =>
      stackFile(name, { tracking_username: '{{shared.key}}' }).replace('name: local\n', `name: local\n    id: ${id}\n`)
    const [a = '', b = ''] = ids
    const cwd = await folderOf({ 'a.yaml': stackWith('a', a), 'b.yaml': stackWith('b', b) })
    const path = (id: string) => join(cwd, 'config', 'local_stores', id, 'secrets.yaml')
    const given = { cwd, homedir: cwd, env: { ZENML_CONFIG_PATH: join(cwd, 'config'), SHARED_KEY: 'x' } }
    expect(await run(['register-secrets', 'a.yaml', '--from-env'], given)).toMatchObject({ code: 0 })
    expect([existsSync(path(a)), existsSync(path(b))]).toEqual([true, false])
    const before = readFileSync(path(a), 'utf8')
    expect(await run(['register-secrets', '--from-env'], given)).toMatchObject({ code: 0 })
    expect(readFileSync(path(a), 'utf8')).toBe(before)
    expect(readFileSync(path(b), 'utf8')).toContain('shared:')
  })

  it('needs nothing where no stack refers to a secret', async () => {
    const cwd = await folderOf({ 'prod.yaml': stackFile('prod', {}) })
    expect(await registerSecrets(cwd, ['prod.yaml'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No secrets required for this stack.\n',
    })
  })

  it('says without a terminal which flags to give', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    const { code, stderr } = await registerSecrets(cwd, ['prod.yaml'])
    expect({ code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({
      code: 2,
      last: 'error: There is no terminal to ask on. Give the values in a file with --values, or in the environment with --from-env; --skip-existing leaves alone what is there.',
    })
  })

  it.each([
    [
      'nope',
      'There is no file "nope", and no server on which a stack could have that name. Give the path of a stack file, or the address of the ZenML server with --zenml-url.',
    ],
    [
      'nope.yaml',
      '"nope.yaml" matches no file. Give a path or glob of existing files, or none to check the whole folder.',
    ],
  ])('says that there is no stack %s', async (stack, problem) => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    expect(await registerSecrets(cwd, [stack])).toEqual({ code: 2, stdout: '', stderr: `error: ${problem}\n` })
  })

  it('writes nothing for what the backend does not tell, and ends with 3', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod, 's.yaml': '- not\n- secrets\n' })
    const { code, stderr } = await registerSecrets(cwd, ['--from-env'], { env })
    expect(code, stderr).toBe(3)
    expect(stderr).toContain('warning: The secret "mlf" was left alone.')
    expect(readFileSync(join(cwd, 's.yaml'), 'utf8')).toBe('- not\n- secrets\n')
  })

  it('leaves alone, with a sentence, what is there in a place that it has no way into', async () => {
    const cwd = await folderOf({ 'prod.yaml': stackFile('prod', { tracking_username: '{{a.key}}' }) })
    const job = {
      GITHUB_ACTIONS: 'true',
      __ZENML__A: Buffer.from('{"schema": "arbitrary", "content": {"key": "x"}}').toString('base64'),
    }
    const argv = ['register-secrets', '--backend', 'github', '--github-repository', 'acme/app']
    const { code, stderr } = await run(argv, { cwd, homedir: cwd, env: job })
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(
      /^warning: The secret "a" was left alone\. GitHub is asked for the secrets of one repository/,
    )
  })

  it('registers at any level of validation', async () => {
    const cwd = await folderOf({ 'prod.yaml': prod })
    const none = { env: { ...env, ZENML_SECRET_VALIDATION_LEVEL: 'NONE' } }
    expect(await registerSecrets(cwd, ['--from-env'], none)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(passes),
    })
  })

  it('never prints a value, whatever goes wrong', async () => {
    const canary = 'canary-77'
    const cwd = await folderOf({
      'prod.yaml': prod,
      bad: `mlf:\n  user: [${canary}]\n`,
      worse: `{{${canary}`,
      text: canary,
    })
    writeFileSync(join(cwd, 'binary'), Buffer.from([0, 255, 1]))
    for (const source of ['bad', 'worse', 'text', 'binary', '.', 'absent']) {
      const { code, stdout, stderr } = await registerSecrets(cwd, ['--values', source, '--verbose'])
      expect(code, source).toBe(2)
      expect(stdout + stderr).not.toContain(canary)
    }
    const filled = Object.fromEntries(Object.keys(env).map(name => [name, canary]))
    const { stdout, stderr } = await registerSecrets(cwd, ['--from-env', '--verbose'], { env: filled })
    expect(stdout + stderr).not.toContain(canary)
  })
})
