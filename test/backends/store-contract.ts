import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SecretStore, SecretStoreError, type SecretValues } from '../../src/backends/secret-store.ts'

/** What a store's own test supplies. */
export interface StoreSetup {
  /** A store over a place that holds no secrets yet. */
  create(): SecretStore | Promise<SecretStore>
  /** Names and keys beside plain ones that this store can hold. */
  readonly legalNames: readonly string[]
  readonly illegalNames: readonly string[]
  /** Whether it remembers the schema of a secret. */
  readonly keepsSchema: boolean
  cleanup(): void | Promise<void>
}

const canary = 'canary-välue-"\'\\\n-5f1d'

export const texts: ReadonlyMap<string, string> = new Map([
  ['plain', 'value'],
  ['empty', ''],
  ['digits', '12345'],
  ['boolean', 'true'],
  ['blank', ' with blanks '],
  ['lines', 'one\ntwo\n'],
  ['quotes', canary],
  ['braces', '{{a.b}} ${c} %d'],
  ['json', '{"a": [1, null]}'],
  ['unicode', 'ключ 🔑 \u2028'],
  ['long', 'x'.repeat(10_240)],
])

/** What every store that reads values must do, whatever it is over. */
export function describeStoreContract(title: string, setUp: () => StoreSetup | Promise<StoreSetup>): void {
  describe(`the store ${title}`, () => {
    const signal = AbortSignal.timeout(120_000)
    let setup: StoreSetup
    let store: SecretStore
    beforeAll(async () => {
      setup = await setUp()
      store = await setup.create()
    }, 120_000)
    afterAll(() => setup.cleanup())

    const register = (name: string, values: SecretValues, schema = 'arbitrary') =>
      store.create({ name, values, schema, isPrivate: false }, signal)
    const valuesOf = async (name: string) => (await store.read(name, signal))?.values

    it('lists nothing and reads nothing where nothing is', async () => {
      expect(await store.list(signal)).toEqual([])
      expect(await store.read('db-creds', signal)).toBeUndefined()
    })

    it('reads back every value exactly as it was registered', async () => {
      await register('all-texts', texts)
      expect(new Map([...((await valuesOf('all-texts')) ?? [])].sort())).toEqual(new Map([...texts].sort()))
    })

    it('lists what was registered, by name', async () => {
      await register('zz', new Map([['a', '1']]))
      await register(
        'aa',
        new Map([
          ['a', '1'],
          ['b', '2'],
        ]),
      )
      const listed = await store.list(signal)
      expect(listed.map(({ name }) => name)).toEqual(['aa', 'all-texts', 'zz'])
    })

    it('refuses a name that is taken and leaves what is there', async () => {
      await expectTrouble(() => register('aa', new Map([['a', canary]])), 'exists')
      expect(await valuesOf('aa')).toEqual(
        new Map([
          ['a', '1'],
          ['b', '2'],
        ]),
      )
    })

    it('changes one key, adds one and takes one away, and keeps the rest', async () => {
      await register(
        'changing',
        new Map([
          ['keep', 'k'],
          ['change', 'old'],
          ['drop', 'd'],
        ]),
      )
      const change = {
        set: new Map([
          ['change', 'new'],
          ['add', 'a'],
        ]),
        remove: new Set(['drop']),
      }
      await store.update('changing', change, signal)
      const values = new Map([...((await valuesOf('changing')) ?? [])].sort())
      expect(values).toEqual(
        new Map([
          ['add', 'a'],
          ['change', 'new'],
          ['keep', 'k'],
        ]),
      )
    })

    it('keeps the schema of a typed secret when a value changes', async () => {
      if (!setup.keepsSchema) return expect((await store.read('aa', signal))?.schema).toBeUndefined()
      const values = new Map([
        ['aws_access_key_id', 'a'],
        ['aws_secret_access_key', 'b'],
      ])
      await register('typed', values, 'aws')
      await store.update('typed', { set: new Map([['aws_secret_access_key', 'c']]), remove: new Set() }, signal)
      const changed = new Map([...values, ['aws_secret_access_key', 'c']])
      expect(await store.read('typed', signal)).toEqual({
        name: 'typed',
        schema: 'aws',
        values: changed,
        isPrivate: false,
      })
      await store.delete('typed', signal)
    })

    it('says so when what is to be changed or deleted is not there', async () => {
      const change = { set: new Map([['a', canary]]), remove: new Set<string>() }
      await expectTrouble(() => store.update('nowhere', change, signal), 'absent')
      await expectTrouble(() => store.delete('nowhere', signal), 'absent')
    })

    it('deletes a secret, whose name is free then', async () => {
      await store.delete('zz', signal)
      expect(await store.read('zz', signal)).toBeUndefined()
      await register('zz', new Map([['b', '2']]))
      expect(await valuesOf('zz')).toEqual(new Map([['b', '2']]))
    })

    it('holds every name it says it can, and no neighbour answers for one', async () => {
      for (const name of setup.legalNames) {
        expect(store.refuses(name), name).toBeUndefined()
        await register(name, new Map([['key', name]]))
      }
      for (const name of setup.legalNames) expect(await valuesOf(name), name).toEqual(new Map([['key', name]]))
      const listed = new Set((await store.list(signal)).map(({ name }) => name))
      expect(setup.legalNames.filter(name => !listed.has(name))).toEqual([])
      for (const name of setup.legalNames) await store.delete(name, signal)
    })

    it('refuses a name it cannot hold, before anybody is asked and when it is registered all the same', async () => {
      for (const name of setup.illegalNames) {
        expect(store.refuses(name), name).toMatch(/[.!]$/)
        await expectTrouble(() => register(name, new Map([['a', '1']])), 'illegal-name')
      }
    })

    it('stops when the run is stopped', async () => {
      await expect(store.list(AbortSignal.abort())).rejects.toThrow()
      await expect(
        store.create(
          { name: 'late', values: new Map([['a', '1']]), schema: 'arbitrary', isPrivate: false },
          AbortSignal.abort(),
        ),
      ).rejects.toThrow()
      expect(await store.read('late', signal)).toBeUndefined()
    })
  })
}

async function expectTrouble(act: () => Promise<unknown>, trouble: string): Promise<void> {
  const error = await act().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SecretStoreError)
  if (!(error instanceof SecretStoreError)) return
  expect(error.trouble).toBe(trouble)
  expect(error.message).toMatch(/[.!]$/)
  expect(error.message).not.toContain('canary')
}
