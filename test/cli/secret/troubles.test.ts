import { describe, expect, it } from 'vitest'
import { SecretStoreError, type SecretStoreTrouble } from '../../../src/backends/secret-store.ts'
import { failingStore, memoryStore, runOver } from './over.ts'

const held = [
  {
    name: 'db',
    values: new Map([
      ['a', '1'],
      ['b', '2'],
    ]),
    schema: 'arbitrary',
    isPrivate: false,
  },
]

describe('over a store that fails, the secret commands', () => {
  const codes: readonly (readonly [SecretStoreTrouble, number])[] = [
    ['exists', 1],
    ['absent', 1],
    ['illegal-name', 1],
    ['illegal-values', 1],
    ['unsupported', 1],
    ['failed', 1],
    ['denied', 3],
    ['unreachable', 3],
  ]

  it.each(codes)('pass on its sentence about what is %s and exit with %i', async (trouble, code) => {
    const store = failingStore(trouble)
    expect(await runOver(store, ['list'])).toEqual({ code, stdout: '', stderr: `error: This is ${trouble}.\n` })
    expect((await runOver(store, ['register', 'x', '--a=1'])).code).toBe(code)
  })

  it('register all the same what may not be read, and refuse to write over it', async () => {
    const read = async () => {
      throw new SecretStoreError('denied', 'Reading is denied.')
    }
    const store = memoryStore({ read }, held)
    expect(await runOver(store, ['register', 'new', '--a=1'])).toMatchObject({ code: 0 })
    expect(await runOver(store, ['register', 'db', '--a=1'])).toMatchObject({ code: 1 })
  })

  it('say that there was no answer in time', async () => {
    const store = memoryStore({
      list: signal => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    })
    expect(await runOver(store, ['list'], { timeout: 20 })).toEqual({
      code: 3,
      stdout: '',
      stderr: 'error: There was no answer within the time given. Try again, or raise --timeout.\n',
    })
  })

  it('exit with 130 when they are interrupted', async () => {
    const store = memoryStore({ list: async signal => signal.throwIfAborted() as never })
    const result = await runOver(store, ['list'], { signal: AbortSignal.abort() })
    expect(result).toEqual({ code: 130, stdout: '', stderr: '' })
  })

  it.each([
    [['register', 'a/b', '--a=1'], 'No slash can be in a name there.'],
    [['rename', 'db', 'a/b'], 'No slash can be in a name there.'],
  ])('refuse what the store cannot hold before they ask it, as in %j', async (argv, sentence) => {
    expect(await runOver(failingStore('failed'), argv)).toEqual({ code: 1, stdout: '', stderr: `error: ${sentence}\n` })
  })

  it('say what was written of an import and what was not, and go on from there', async () => {
    const store = memoryStore()
    let calls = 0
    const failing = {
      ...store,
      create: async (...given: Parameters<typeof store.create>) => {
        if (++calls === 2) throw new SecretStoreError('unreachable', 'The line is cut.')
        return store.create(...given)
      },
    }
    const openStdin = async function* () {
      yield Buffer.from('one: {a: "1"}\ntwo: {a: "1"}\nthree: {a: "1"}\n')
    }
    const first = await runOver(failing, ['import', '-'], { openStdin })
    expect(first.code).toBe(3)
    expect(first.stderr).toContain(
      'error: The line is cut. Not written: two, three. Run the same again with --skip-existing to go on from here.\n',
    )
    expect(await runOver(failing, ['import', '-', '--skip-existing'], { openStdin })).toMatchObject({ code: 0 })
    expect((await runOver(store, ['list', '--format', 'names'])).stdout).toBe('one\nthree\ntwo\n')
  })
})

describe('over a store that cannot do all, the secret commands', () => {
  it.each([
    ['get', ['get', 'db'], 'The store in memory gives no value back, so that showing a secret is not possible there.'],
    [
      'export',
      ['export', 'db'],
      'The store in memory gives no value back, so that exporting a secret is not possible there.',
    ],
    [
      'rename',
      ['rename', 'db', 'x'],
      'The store in memory gives no value back, so that renaming a secret is not possible there.',
    ],
    [
      'update',
      ['update', 'db', '--a=1'],
      'A secret cannot be changed in the store in memory. Delete it and register it again.',
    ],
  ])('say that %s is not possible', async (_, argv, sentence) => {
    const store = memoryStore({ readsValues: false, updates: false }, held)
    expect(await runOver(store, argv)).toEqual({ code: 1, stdout: '', stderr: `error: ${sentence}\n` })
  })

  it('register, list and delete where no value is given back', async () => {
    const store = memoryStore({ readsValues: false, updates: false }, held)
    expect(await runOver(store, ['register', 'db', '--a=1'])).toMatchObject({ code: 1 })
    expect(await runOver(store, ['register', 'new', '--a=1'])).toMatchObject({ code: 0 })
    expect((await runOver(store, ['list'])).stdout).toBe(
      'NAME  KEYS  SCOPE  AGE\ndb    -     -      -\nnew   -     -      -\n',
    )
    expect(await runOver(store, ['delete', 'db', '-y'])).toMatchObject({ code: 0 })
  })

  it('take names in any case for the one that GitHub has in capitals', async () => {
    const capitals = [{ name: 'DB', values: new Map([['a', '1']]), schema: 'arbitrary', isPrivate: false }]
    const store = memoryStore({ name: 'github', readsValues: false, updates: false }, capitals)
    expect(await runOver(store, ['register', 'db', '--a=1'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/already exists/),
    })
    expect(await runOver(store, ['delete', 'db'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no terminal/),
    })
  })

  it('look once at what is there for an import of many', async () => {
    let lists = 0
    const store = memoryStore()
    const list = (signal: AbortSignal) => {
      lists++
      return store.list(signal)
    }
    const counting = { ...store, list }
    const text = Array.from({ length: 100 }, (_, index) => `s${index}: {a: "1"}\n`).join('')
    const openStdin = async function* () {
      yield Buffer.from(text)
    }
    expect(await runOver(counting, ['import', '-'], { openStdin })).toMatchObject({ code: 0 })
    expect(lists).toBe(1)
    expect(await store.list(AbortSignal.timeout(1000))).toHaveLength(100)
  })

  it('rename by writing the new one first, and say so where the old one stays', async () => {
    const store = memoryStore({}, held)
    expect(await runOver(store, ['rename', 'db', 'new'])).toMatchObject({ code: 0 })
    expect((await runOver(store, ['list', '--format', 'names'])).stdout).toBe('new\n')
    const undeletable = {
      ...memoryStore({}, held),
      delete: async () => {
        throw new SecretStoreError('denied', 'Deleting is denied.')
      },
    }
    expect(await runOver(undeletable, ['rename', 'db', 'new'])).toEqual({
      code: 3,
      stdout: '',
      stderr: 'error: Both "db" and "new" are there now: the old one could not be deleted. Deleting is denied.\n',
    })
  })

  it('keep private secrets on a ZenML server, and list those of either kind', async () => {
    const row = { keys: undefined, created: undefined, updated: '2020-01-01T00:00:00Z' }
    const list = async () => [
      { ...row, name: 'mine', scope: 'private' },
      { ...row, name: 'ours', scope: 'public' },
    ]
    const store = memoryStore({ name: 'zenml', list })
    expect(await runOver(store, ['register', 'x', '--a=1', '--private'])).toMatchObject({ code: 0 })
    expect((await store.read('x', AbortSignal.timeout(1000)))?.isPrivate).toBe(true)
    expect((await runOver(store, ['list', '--scope', 'private'])).stdout).toMatch(
      /^NAME.*\nmine {2}- {5}private {2}\d+d\n$/,
    )
  })
})
