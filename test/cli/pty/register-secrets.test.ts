import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { prod, stackFile } from '../register-secrets/stacks.ts'
import { run, tree } from '../run.ts'
import { atTerminal, controlC, controlD, enter, type Step } from './terminal.ts'

const canary = 'canary-9c2e'
const file = ['--secrets-file', 's.yaml']
const registerSecrets = ['register-secrets', 'prod.yaml', ...file]

async function storedValue(cwd: string, name: string, key: string): Promise<string> {
  return (await run(['secret', 'get', name, '--key', key, ...file], { cwd, homedir: cwd })).stdout
}

const asking: readonly Step[] = [
  { see: 'Value for secret `mlf.password`:', type: `${canary}-1${enter}` },
  { see: 'Value for secret `mlf.user`:', type: `${canary}-2${enter}` },
  { see: 'Value for secret `slack.token`:', type: `${canary}-3${enter}` },
]

describe('at a terminal, register-secrets', () => {
  it('asks in sorted order, naming component and attribute, and echoes no value', async () => {
    await using folder = await tree({ 'prod.yaml': prod })
    const { code, screen } = await atTerminal(registerSecrets, folder.path, asking)
    expect(code, screen).toBe(0)
    expect(screen).not.toContain('canary')
    expect(screen).toContain(
      '"password" is needed by experiment_tracker mlflow (tracking_password) of the stack "prod".',
    )
    expect(screen.indexOf('Registering secret')).toBeGreaterThan(screen.lastIndexOf('Value for secret'))
    expect(await storedValue(folder.path, 'mlf', 'user')).toBe(`${canary}-2`)
    expect(await storedValue(folder.path, 'slack', 'token')).toBe(`${canary}-3`)
  })

  it.each(asking.map((step, index) => [index + 1, step] as const))(
    'writes nothing and exits with 130 where Ctrl-C comes at question %i',
    async (nth, { see }) => {
      await using folder = await tree({ 'prod.yaml': prod })
      const steps = [...asking.slice(0, nth - 1), { see, type: `${canary}${controlC}` }]
      const { code, screen } = await atTerminal(registerSecrets, folder.path, steps)
      expect(code, screen).toBe(130)
      expect(screen).not.toContain('canary')
      expect(readdirSync(folder.path)).toEqual(['prod.yaml'])
    },
  )

  it('writes nothing and exits with 2 where input ends', async () => {
    await using folder = await tree({ 'prod.yaml': prod })
    const steps = [...asking.slice(0, 1), { see: 'mlf.user`:', type: controlD }]
    const { code, screen } = await atTerminal(registerSecrets, folder.path, steps)
    expect(code, screen).toBe(2)
    expect(screen).toContain('The input ended before the question was answered. Nothing was changed.')
    expect(existsSync(join(folder.path, 's.yaml'))).toBe(false)
  })

  it('asks again at an empty answer, keeps an existing value at one, and takes @file and @@', async () => {
    await using folder = await tree({ 'prod.yaml': prod, 'v.txt': `${canary}\n`, 'empty.txt': '' })
    await run(['secret', 'register', 'mlf', '--user=before', ...file], { cwd: folder.path, homedir: folder.path })
    const { code, screen } = await atTerminal(registerSecrets, folder.path, [
      { see: '? Value for secret `mlf.password`:', type: enter },
      { see: '✔ Value for secret `mlf.password`:', type: '' },
      { see: '? Value for secret `mlf.password`:', type: `@empty.txt${enter}` },
      { see: 'contents of file', type: '' },
      { see: '? Value for secret `mlf.password`:', type: `@v.txt${enter}` },
      { see: 'Value for secret `mlf.user` (Leave empty to use existing value):', type: enter },
      { see: 'slack.token`:', type: `@@x${enter}` },
    ])
    expect(code, screen).toBe(0)
    expect(screen).not.toContain('canary')
    expect(screen).not.toContain('before')
    expect(screen).toContain('Updating secret `mlf`:')
    expect(await storedValue(folder.path, 'mlf', 'user')).toBe('before')
    expect(await storedValue(folder.path, 'mlf', 'password')).toBe(`${canary}\n`)
    expect(await storedValue(folder.path, 'slack', 'token')).toBe('@x')
  })

  it('asks about missing values only with --skip-existing', async () => {
    await using folder = await tree({ 'prod.yaml': prod })
    await run(['secret', 'register', 'mlf', '--user=before', '--password=x', ...file], {
      cwd: folder.path,
      homedir: folder.path,
    })
    const { code, screen } = await atTerminal([...registerSecrets, '--skip-existing'], folder.path, [
      { see: 'slack.token`:', type: `y${enter}` },
    ])
    expect(code, screen).toBe(0)
    expect(screen).not.toContain('mlf')
  })

  it('asks for the keys of a secret too where nothing says which it has', async () => {
    const python = 'from zenml.client import Client\n\nClient().get_secret("whole")\n'
    await using folder = await tree({ 'steps.py': python })
    const { code, screen } = await atTerminal(['register-secrets', 'steps.py', ...file], folder.path, [
      { see: 'Please enter a secret key:', type: `user${enter}` },
      { see: 'Value for secret `whole.user`:', type: `${canary}${enter}` },
      { see: '[y/N]:', type: enter },
    ])
    expect(code, screen).toBe(0)
    expect(screen).not.toContain('canary')
    expect(await storedValue(folder.path, 'whole', 'user')).toBe(canary)
  })

  it('asks before it replaces values by those of a file, and replaces none at a no', async () => {
    await using folder = await tree({ 'prod.yaml': stackFile('prod', { tracking_username: '{{a.b}}' }), v: 'a.b=new' })
    await run(['secret', 'register', 'a', '--b=before', ...file], { cwd: folder.path, homedir: folder.path })
    const before = readFileSync(join(folder.path, 's.yaml'), 'utf8')
    for (const [answer, code] of [
      [`n${enter}`, 0],
      [controlC, 130],
    ] as const) {
      const ended = await atTerminal([...registerSecrets, '--values', 'v'], folder.path, [
        { see: 'This will replace the values of a.b. Are you sure you want to proceed? [y/n]:', type: answer },
      ])
      expect(ended.code, ended.screen).toBe(code)
      expect(readFileSync(join(folder.path, 's.yaml'), 'utf8')).toBe(before)
    }
    await atTerminal([...registerSecrets, '--values', 'v'], folder.path, [{ see: '[y/n]:', type: `y${enter}` }])
    expect(await storedValue(folder.path, 'a', 'b')).toBe('new')
  })
})
