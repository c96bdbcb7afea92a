import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run, tree } from '../run.ts'
import { atTerminal, controlC, controlD, enter, type Step } from './terminal.ts'

const canary = 'canary-5f1d'
const file = ['--secrets-file', 's.yaml']
const pairs = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => `--${key}=${value}`)

async function registered(cwd: string, name: string, values: Readonly<Record<string, string>>, ...more: string[]) {
  expect(await run(['secret', 'register', name, ...pairs(values), ...more, ...file], { cwd })).toMatchObject({
    code: 0,
  })
}

async function storedValue(cwd: string, name: string, key: string): Promise<string> {
  return (await run(['secret', 'get', name, '--key', key, ...file], { cwd })).stdout
}

const registering: readonly Step[] = [
  { see: 'Please enter a secret key:', type: `user${enter}` },
  { see: 'secret value for the key [user]:', type: `${canary}-1${enter}` },
  { see: 'another key-value pair to this secret? [y/N]:', type: `y${enter}` },
  { see: 'Please enter a secret key:', type: `password${enter}` },
  { see: 'secret value for the key [password]:', type: `${canary}-2${enter}` },
  { see: 'another key-value pair to this secret? [y/N]:', type: enter },
]
const typed: readonly Step[] = [
  { see: 'Secret value for aws_access_key_id:', type: `${canary}-1${enter}` },
  { see: 'Secret value for aws_secret_access_key:', type: `${canary}-2${enter}` },
  { see: 'Secret value for aws_session_token:', type: enter },
]
const updating: readonly Step[] = [
  { see: 'New value for password:', type: `${canary}-3${enter}` },
  { see: 'New value for user:', type: enter },
]
const deleting: readonly Step[] = [{ see: 'Are you sure you want to proceed? [y/n]:', type: `y${enter}` }]

const flows: readonly (readonly [string, readonly string[], readonly Step[]])[] = [
  ['registers a secret', ['register', 'new', '-i'], registering],
  ['registers a secret with a schema', ['register', 'new', '-i', '-s', 'aws'], typed],
  ['updates a secret', ['update', 'old', '-i'], updating],
  ['deletes a secret', ['delete', 'old'], deleting],
]

describe.concurrent('at a terminal, the command line', () => {
  it.each(flows)('%s and echoes no value', async (_, argv, steps) => {
    await using folder = await tree({})
    await registered(folder.path, 'old', { user: 'bob', password: 'before' })
    const { code, screen } = await atTerminal(['secret', ...argv, ...file], folder.path, steps)
    expect(code, screen).toBe(0)
    expect(screen).not.toContain('canary')
    expect(screen).not.toContain('bob')
    const name = argv[1] ?? ''
    if (argv[0] === 'delete') expect(readFileSync(join(folder.path, 's.yaml'), 'utf8')).not.toContain('old')
    else if (argv[0] === 'update') {
      expect(await storedValue(folder.path, name, 'password')).toBe(`${canary}-3`)
      expect(await storedValue(folder.path, name, 'user')).toBe('bob')
    } else
      expect(await storedValue(folder.path, name, argv.includes('aws') ? 'aws_access_key_id' : 'user')).toBe(
        `${canary}-1`,
      )
  })

  const prompts = flows.flatMap(([what, argv, steps]) =>
    steps.map((step, index) => [what, index + 1, argv, steps, step] as const),
  )

  it.each(prompts)(
    'writes nothing and exits with 130 where, as it %s, Ctrl-C comes at question %i',
    async (_, nth, argv, steps, step) => {
      await using folder = await tree({})
      await registered(folder.path, 'old', { user: 'bob', password: 'before' })
      const before = readFileSync(join(folder.path, 's.yaml'), 'utf8')
      const until = [...steps.slice(0, nth - 1), { see: step.see, type: `ha${controlC}` }]
      const { code, screen } = await atTerminal(['secret', ...argv, ...file], folder.path, until)
      expect(code, screen).toBe(130)
      expect(screen).not.toContain('canary')
      expect(readFileSync(join(folder.path, 's.yaml'), 'utf8')).toBe(before)
      expect(readdirSync(folder.path)).toEqual(['s.yaml'])
    },
  )

  it.each(flows)('writes nothing and exits with 2 where, as it %s, input ends', async (_, argv, [first]) => {
    await using folder = await tree({})
    await registered(folder.path, 'old', { user: 'bob', password: 'before' })
    const before = readFileSync(join(folder.path, 's.yaml'), 'utf8')
    const { code, screen } = await atTerminal(['secret', ...argv, ...file], folder.path, [
      { see: first?.see ?? '', type: controlD },
    ])
    expect(code, screen).toBe(2)
    expect(screen).toContain('The input ended before the question was answered. Nothing was changed.')
    expect(readFileSync(join(folder.path, 's.yaml'), 'utf8')).toBe(before)
  })

  it('does not show what was typed at the key with which the library would', async () => {
    await using folder = await tree({})
    const { screen } = await atTerminal(['secret', 'register', 'new', '-i', '-s', 'gcp', ...file], folder.path, [
      { see: 'Secret value for token:', type: `${canary}\u0014${enter}` },
    ])
    expect(screen).not.toContain('canary')
    expect(await storedValue(folder.path, 'new', 'token')).toBe(canary)
  })

  it('asks again for a key that is refused or there already, and for a required value that is empty', async () => {
    await using folder = await tree({})
    const { code, screen } = await atTerminal(['secret', 'register', 'new', '-i', ...file], folder.path, [
      { see: 'secret key:', type: `name${enter}` },
      { see: "You can't use 'name'", type: `\u0015user-name${enter}` },
      { see: 'is no Python identifier', type: `\u0015a${enter}` },
      { see: 'for the key [a]:', type: enter },
      { see: '[y/N]:', type: `perhaps${enter}` },
      { see: 'Please enter y or n.', type: `\u0015y${enter}` },
      { see: 'secret key:', type: `a${enter}` },
      { see: 'already in this secret', type: `\u0015b${enter}` },
      { see: 'for the key [b]:', type: `@@x${enter}` },
      { see: '[y/N]:', type: `n${enter}` },
    ])
    expect(code, screen).toBe(0)
    expect(await storedValue(folder.path, 'new', 'a')).toBe('')
    expect(await storedValue(folder.path, 'new', 'b')).toBe('@x')
    const again = await atTerminal(['secret', 'register', 'other', '-i', '-s', 'gcp', ...file], folder.path, [
      { see: 'Secret value for token:', type: enter },
      { see: 'Secret value for token:', type: `x${enter}` },
    ])
    expect(again.code).toBe(0)
  })

  it('reads a file for a value that is typed', async () => {
    await using folder = await tree({ 'v.txt': `${canary}\n` })
    await registered(folder.path, 'old', { user: 'bob' })
    const { code, screen } = await atTerminal(['secret', 'update', 'old', '-i', ...file], folder.path, [
      { see: 'New value for user:', type: `@v.txt${enter}` },
    ])
    expect(code, screen).toBe(0)
    expect(screen).not.toContain('canary')
    expect(await storedValue(folder.path, 'old', 'user')).toBe(`${canary}\n`)
  })

  it('deletes nothing at a no, and takes ENTER for no answer', async () => {
    await using folder = await tree({})
    await registered(folder.path, 'old', { user: 'bob' })
    const { code, screen } = await atTerminal(['secret', 'delete', 'old', ...file], folder.path, [
      { see: '[y/n]:', type: enter },
      { see: 'Please enter y or n.', type: `n${enter}` },
    ])
    expect(code, screen).toBe(0)
    expect(screen).toContain('Aborting secret deletion...')
    expect(await storedValue(folder.path, 'old', 'user')).toBe('bob')
  })
})

describe('without a terminal, the command line', () => {
  it.each([
    [['register', 'new', '-i'], 'Give the values as --key=value, --key=@file or with --values, and leave out -i.'],
    [['update', 'old', '-i'], 'Give the values as --key=value, --key=@file or with --values, and leave out -i.'],
    [['delete', 'old'], 'Give --yes to delete the secret without a question.'],
  ])('says for %j what to give instead', async (argv, instead) => {
    await using folder = await tree({})
    await registered(folder.path, 'old', { user: 'bob' })
    const { code, stderr } = await run(['secret', ...argv, ...file], { cwd: folder.path })
    expect({ code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({
      code: 2,
      last: `error: There is no terminal to ask on. ${instead}`,
    })
  })
})
