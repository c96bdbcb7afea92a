import { describe, expect, it } from 'vitest'
import { type SecretStore, SecretStoreError, type StoredValues } from '../../../src/backends/secret-store.ts'
import type { Need, Place } from '../../../src/cli/commands/register-secrets/plan.ts'
import { lookAt } from '../../../src/cli/commands/register-secrets/targets.ts'
import { sessionOver } from '../../../src/cli/commands/secret/session.ts'
import type { JudgedUse, Verdict } from '../../../src/validation/use.ts'
import { captured } from '../run.ts'

const unused = async () => {
  throw new Error('is not asked for')
}

type Stored = Readonly<Record<string, string>>

function session(read: SecretStore['read'], change: Partial<SecretStore> = {}) {
  const shared = { name: 'local', description: 'a store', readsValues: true, updates: true } as const
  const rest = { list: unused, create: unused, update: unused, delete: unused }
  return sessionOver({ ...shared, refuses: () => undefined, ...rest, read, ...change }, captured().io, 1000)
}

function holding(values: Stored | undefined, schema?: string, change: Partial<SecretStore> = {}) {
  const stored: StoredValues | undefined = values && {
    name: 's',
    values: new Map(Object.entries(values)),
    schema,
    isPrivate: false,
  }
  return session(async () => stored, change)
}

function need(state: Need['state'], keys: Readonly<Record<string, Verdict>>): Need {
  const use = (key: string | null, verdict: Verdict): JudgedUse => ({
    ...{ secret: 's', key, verdict, via: 'reference', backend: 'local', excerpt: undefined },
    ...{ place: { url: 'https://zenml.example' }, breaksRegistration: false },
  })
  return {
    place: {} as Place,
    secret: 's',
    state,
    keys: new Map(Object.entries(keys).map(([key, verdict]) => [key, [use(key, verdict)]])),
    whole: [],
  }
}

async function asked(of: Need, sessions: Parameters<typeof lookAt>[1], skipExisting = false) {
  const looked = await lookAt(of, sessions, skipExisting)
  if (looked === undefined || typeof looked === 'string') return looked
  const store = looked.session === sessions[0] ? 'first' : 'second'
  return { store, isNew: !looked.stored, questions: looked.questions.map(({ key, isRequired }) => [key, isRequired]) }
}

const missing = need('missing', { a: 'missing' })
const found = need('there', { a: 'found' })
const lacking = need('there', { a: 'found', b: 'key_missing' })
const github = { readsValues: false, updates: false }
const denied = session(async () => {
  throw new SecretStoreError('denied', 'You may not read it.')
})

describe('what is asked for', () => {
  it.each([
    ['a value where there is no secret', missing, holding(undefined), false, [['a', true]]],
    ['another value where there is one', found, holding({ a: 'x' }), false, [['a', false]]],
    ['nothing where there is one and it is skipped', found, holding({ a: 'x' }), true, undefined],
    ['a value where it is empty', found, holding({ a: '' }), true, [['a', true]]],
    [
      'both kinds',
      lacking,
      holding({ a: 'x' }),
      false,
      [
        ['a', false],
        ['b', true],
      ],
    ],
    ['only what lacks', lacking, holding({ a: 'x' }), true, [['b', true]]],
    ['nothing where the default of a schema stands in', found, holding({}), false, undefined],
  ] as const)('is %s', async (_, of, over, skip, questions) => {
    const expected = questions && { store: 'first', isNew: of === missing, questions }
    expect(await asked(of, [over], skip)).toEqual(expected)
  })

  it('is for the store that holds the secret, and a new one for the last', async () => {
    const [empty, full] = [holding(undefined), holding({ a: 'x' })]
    expect(await asked(found, [full, empty])).toMatchObject({ store: 'first', isNew: false })
    expect(await asked(found, [empty, full])).toMatchObject({ store: 'second', isNew: false })
    expect(await asked(missing, [empty, empty.store === full.store ? full : holding(undefined)])).toMatchObject({
      store: 'second',
      isNew: true,
    })
  })

  it('is a new value on GitHub, and none for what is there', async () => {
    const store = session(unused, github)
    expect(await asked(missing, [store])).toMatchObject({ isNew: true, questions: [['a', true]] })
    expect(await asked(found, [store])).toBeUndefined()
    expect(await asked(lacking, [store])).toBe(
      'The secret "s" was left alone. It lacks a key, and a secret cannot be changed in a store. Delete it and register it again with all of its values.',
    )
  })

  it('is nothing where the store would not say, and the user hears it where it matters', async () => {
    expect(await asked(found, [denied], true)).toBeUndefined()
    expect(await asked(found, [denied])).toBe('The secret "s" was left alone. You may not read it.')
    expect(await asked(lacking, [denied], true)).toBe('The secret "s" was left alone. You may not read it.')
  })

  it('is nothing under a name that the store cannot hold', async () => {
    const store = session(unused, { refuses: () => 'No such name.' })
    expect(await asked(missing, [store])).toBe('The secret "s" was left alone. No such name.')
  })

  it('is nothing for a key that the schema of the secret does not have', async () => {
    expect(await asked(lacking, [holding({ a: 'x' }, 'gcp')])).toMatch(
      /^The secret "s" was left alone\. Secret values do/,
    )
  })

  it('is a value where nobody could say, and the store says that there is no secret', async () => {
    const unknown = need('unknown', { a: 'unverified' })
    expect(await asked(unknown, [holding(undefined)])).toMatchObject({ isNew: true, questions: [['a', true]] })
    expect(await asked(unknown, [denied], true)).toBe('The secret "s" was left alone. You may not read it.')
  })

  it('is nothing for a secret that is there and of which no key is needed', async () => {
    expect(await asked(need('there', {}), [session(unused)])).toBeUndefined()
    expect(await asked(need('missing', {}), [session(unused)])).toEqual({ store: 'first', isNew: true, questions: [] })
  })
})
