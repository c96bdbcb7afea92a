import { describe, expect, it } from 'vitest'
import { atTerminal, enter } from '../pty/terminal.ts'
import { run, tree } from '../run.ts'
import { prod, stackFile } from './stacks.ts'

const file = ['--secrets-file', 's.yaml']

describe('ZenML says about missing secrets', () => {
  it('"you need to make sure that the stack contains a secrets manager"', async () => {
    const without = stackFile('prod', { tracking_username: '{{a.b}}' }).replace(
      / {2}secrets_manager:\n(?: {4}.*\n)+/,
      '',
    )
    await using folder = await tree({ 'prod.yaml': without })
    const { code, stderr } = await run(['register-secrets', 'prod.yaml'], { cwd: folder.path, homedir: folder.path })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^warning: .*secrets manager.* Nothing is registered for it\./)
  })

  it('"and all the referenced secrets exist in this secrets manager"', async () => {
    await using folder = await tree({ 'prod.yaml': prod, v: 'mlf.user=a\nmlf.password=b\nslack.token=c\n' })
    const surroundings = { cwd: folder.path, homedir: folder.path }
    expect((await run(['check', 'prod.yaml', ...file], surroundings)).code).not.toBe(0)
    expect((await run(['register-secrets', 'prod.yaml', '--values', 'v', ...file], surroundings)).code).toBe(0)
    expect((await run(['check', 'prod.yaml', ...file], surroundings)).code).toBe(0)
  })

  it('"you can use the following CLI command to interactively register all secrets for a stack"', async () => {
    await using folder = await tree({ 'prod.yaml': prod })
    const { code, screen } = await atTerminal(['register-secrets', 'prod.yaml', ...file], folder.path, [
      { see: 'Value for secret `mlf.password`:', type: `a${enter}` },
      { see: 'Value for secret `mlf.user`:', type: `b${enter}` },
      { see: 'Value for secret `slack.token`:', type: `c${enter}` },
    ])
    expect(code, screen).toBe(0)
    expect((await run(['check', ...file], { cwd: folder.path, homedir: folder.path })).code).toBe(0)
  })

  it('"register-secrets [<STACK_NAME>]": the stack may be left out', async () => {
    await using folder = await tree({ 'stacks/prod.yaml': prod, v: 'mlf.user=a\nmlf.password=b\nslack.token=c\n' })
    const { code, stderr } = await run(['register-secrets', '--values', 'v', ...file], {
      cwd: folder.path,
      homedir: folder.path,
    })
    expect(code, stderr).toBe(0)
  })
})
