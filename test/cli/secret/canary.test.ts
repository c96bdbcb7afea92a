import { describe, expect, it } from 'vitest'
import { SecretStoreError, type SecretStoreTrouble } from '../../../src/backends/secret-store.ts'
import { failingStore, memoryStore, runOver } from './over.ts'

const canary = 'canary-5f1d'
const held = [
  {
    name: 'db',
    values: new Map([
      ['a', canary],
      ['b', `${canary}\n`],
    ]),
    schema: 'arbitrary',
    isPrivate: false,
  },
]

const commands: readonly (readonly string[])[] = [
  ['register', 'new', `--a=${canary}`],
  ['register', 'db', `--a=${canary}`],
  ['register', 'new', '--values', `a: ${canary}`],
  ['register', 'new', '--values', `a: [${canary}`],
  ['register', 'new', '--values', canary],
  ['register', 'new', '--values', `a: {b: ${canary}}`],
  ['register', 'new', '-s', 'aws', `--a=${canary}`],
  ['register', 'new', `--a-b=${canary}`],
  ['register', 'new', `-x=${canary}`],
  ['register', 'new', `-x${canary}`],
  ['register', 'new', `--name=${canary}`],
  ['register', 'new', '--a', canary],
  ['register', 'new', '-i', `--a=${canary}`],
  ['get', 'db'],
  ['get', 'db', `--a=${canary}`],
  ['get', 'db', '--key', 'none'],
  ['list'],
  ['list', '--format', 'json'],
  ['update', 'db', `--a=${canary}`],
  ['update', 'none', `--a=${canary}`],
  ['update', 'db', '-r', 'a'],
  ['update', 'db', '-i'],
  ['delete', 'db'],
  ['delete', 'db', '-y'],
  ['rename', 'db', 'other'],
  ['import', '-'],
  ['import', '-', '--name', 'new'],
  ['export', 'db', '-f', '/nonexistent/x.yaml'],
]

const faults: readonly (SecretStoreTrouble | Error | undefined)[] = [
  undefined,
  'denied',
  'failed',
  new TypeError(`cannot send ${canary}`),
  Object.assign(new Error(canary), { name: 'Odd', cause: canary }),
]

describe('no value is on the screen', () => {
  it.each(commands.flatMap(argv => faults.map(fault => [argv, fault] as const)))(
    'of %j with the fault %s',
    async (argv, fault) => {
      for (const more of [[], ['--verbose']]) {
        const store = fault === undefined ? memoryStore({}, held) : failingStore(fault)
        const openStdin = async function* () {
          yield Buffer.from(
            argv.length === 2 ? `x: {a: ${canary}}\ny: {a: [${canary}]}\n` : `A=${canary}\nB="${canary}"\n`,
          )
        }
        const { stdout, stderr } = await runOver(store, [...argv, ...more], { openStdin })
        expect(stdout + stderr).not.toContain('5f1d')
      }
    },
  )

  it('where a write fails after the preview', async () => {
    const create = async () => {
      throw new Error(`the body\n    at ${canary}\n was refused`)
    }
    const { code, stdout, stderr } = await runOver(memoryStore({ create }), [
      'register',
      'new',
      `--a=${canary}`,
      '--verbose',
    ])
    expect(code).toBe(2)
    expect(stderr).toContain('error: Unexpected Error; its message is not shown, as it may hold a value.\n    at ')
    expect(stdout + stderr).not.toContain('5f1d')
  })

  it('but where it was asked for', async () => {
    const store = memoryStore({}, held)
    for (const argv of [
      ['get', 'db', '--reveal'],
      ['get', 'db', '--key', 'a'],
      ['export', 'db', '--reveal'],
    ])
      expect((await runOver(store, argv)).stdout).toContain(canary)
  })

  it('also where a store breaks its promise of a safe message only in control characters', async () => {
    const store = failingStore(new SecretStoreError('failed', 'one\n\u001b[2J::error::'))
    expect((await runOver(store, ['list'])).stderr).toBe('error: one\\n\\e[2J:\\x3aerror:\\x3a\n')
  })
})
