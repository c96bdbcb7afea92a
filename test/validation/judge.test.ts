import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/backends/backend.ts'
import { collectDefinitions } from '../../src/validation/definitions.ts'
import { createJudge, type Judgement } from '../../src/validation/judge.ts'
import type { Level } from '../../src/validation/level.ts'
import { lookUp } from '../../src/validation/look-up.ts'
import type { SecretUse, Verdict } from '../../src/validation/use.ts'
import { FakeBackend, found } from './fake-backend.ts'
import { use, where } from './uses.ts'

const noDefinitions = collectDefinitions([])

interface Options {
  readonly level?: Level
  readonly suggest?: boolean
}

async function judge(
  needed: SecretUse,
  answers: Readonly<Record<string, Answer>>,
  { level = 'SECRET_AND_KEY_EXISTS', suggest = true }: Options = {},
): Promise<Judgement> {
  const backend = new FakeBackend(answers)
  const assigned = { use: needed, backend }
  const { signal } = new AbortController()
  return createJudge(await lookUp([assigned], { level, suggest, signal }), noDefinitions)(assigned)
}

const reason = 'It is disabled.'
const backend = 'the local store'

describe('the verdict', () => {
  it.each<readonly [string, Answer, Verdict, Verdict, Verdict]>([
    // answer, then verdicts: at SECRET_EXISTS, and at SECRET_AND_KEY_EXISTS with a key and without one
    ['found with the key', found('password', 'x'), 'found', 'found', 'found'],
    ['found without the key', found('x'), 'found', 'key_missing', 'found'],
    ['found without any key', found(), 'found', 'key_missing', 'found'],
    ['found, keys not read', { kind: 'found', keys: 'not-read' }, 'found', 'found', 'found'],
    ['missing', { kind: 'missing' }, 'missing', 'missing', 'missing'],
    ['unusable', { kind: 'unusable', reason }, 'unusable', 'unusable', 'unusable'],
    ['denied', { kind: 'denied', reason }, 'denied', 'denied', 'denied'],
    ['unverified', { kind: 'unverified', reason }, 'unverified', 'unverified', 'unverified'],
    ['illegal-name', { kind: 'illegal-name', reason }, 'invalid', 'invalid', 'invalid'],
  ])('on an answer %s follows from level and key', async (_, answer, exists, key, noKey) => {
    const verdict = async (parts: Partial<SecretUse>, level: Level) =>
      (await judge(use(parts), { db: answer }, { level })).use.verdict
    expect(await verdict({}, 'SECRET_EXISTS')).toBe(exists)
    expect(await verdict({ key: null }, 'SECRET_EXISTS')).toBe(exists)
    expect(await verdict({}, 'SECRET_AND_KEY_EXISTS')).toBe(key)
    expect(await verdict({ key: null }, 'SECRET_AND_KEY_EXISTS')).toBe(noKey)
  })

  it('comes with the use as it was, and who was asked', async () => {
    const needed = use()
    expect(await judge(needed, { db: found('password') })).toEqual({
      use: { ...needed, verdict: 'found', backend: 'local' },
      finding: undefined,
    })
  })

  it('without a backend is unverified, which its stack has a finding for', () => {
    const needed = use()
    expect(createJudge(new Map(), noDefinitions)({ use: needed, backend: undefined })).toEqual({
      use: { ...needed, verdict: 'unverified', backend: undefined },
      finding: undefined,
    })
  })

  it('on a name that a program fills in is skipped, whoever could be asked', async () => {
    const needed = use({ via: 'templated' })
    expect(await judge(needed, {})).toEqual({
      use: { ...needed, verdict: 'skipped', backend: undefined },
      finding: undefined,
    })
  })

  it('is unverified where the backend left the name out, or was not asked', async () => {
    const silent = { name: 'local', description: backend, lookUp: async () => new Map() }
    const assigned = { use: use(), backend: silent }
    const { signal } = new AbortController()
    const answers = await lookUp([assigned], { level: 'SECRET_EXISTS', suggest: true, signal })
    for (const given of [answers, new Map()]) {
      const judged = createJudge(given, noDefinitions)(assigned)
      expect(judged.use.verdict).toBe('unverified')
      expect(judged.finding).toMatchObject({
        kind: 'unverified',
        reason: 'The backend gave no answer for this name.',
      })
    }
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'is missing for %s, as a name and as a key',
    async name => {
      expect((await judge(use({ secret: name }), { db: found('x') })).use.verdict).toBe('missing')
      expect((await judge(use({ key: name }), { db: found('x') })).use.verdict).toBe('key_missing')
    },
  )
})

describe('the finding', () => {
  it('for a missing secret names the nearest, and says whether registering breaks', async () => {
    const answers = { 'db-prod': found(), db_1: found(), other: found() }
    for (const breaksRegistration of [true, false]) {
      const { finding } = await judge(use({ secret: 'db1', breaksRegistration }), answers)
      expect(finding).toEqual({
        kind: 'missing-secret',
        secret: 'db1',
        key: 'password',
        backend,
        suggestions: ['db_1'],
        breaksRegistration,
        ...where,
      })
    }
  })

  it('for a missing key names the nearest keys', async () => {
    const { finding } = await judge(use({ breaksRegistration: true }), { db: found('passwort', 'Password', 'user') })
    expect(finding).toEqual({
      kind: 'missing-key',
      secret: 'db',
      key: 'password',
      backend,
      suggestions: ['Password', 'passwort'],
      breaksRegistration: true,
      ...where,
    })
  })

  it('names nothing that the repository does not name, where that is asked for', async () => {
    const untrusted = { suggest: false }
    expect((await judge(use({ secret: 'dbs' }), { db: found() }, untrusted)).finding).toMatchObject({
      kind: 'missing-secret',
      suggestions: [],
    })
    expect((await judge(use(), { db: found('Password') }, untrusted)).finding).toMatchObject({
      kind: 'missing-key',
      suggestions: [],
    })
    expect((await judge(use({ key: 'x.password' }), { 'db.x': found() }, untrusted)).finding).toMatchObject({
      kind: 'missing-secret',
      suggestions: [],
    })
  })

  it('names the keys of its own secret, where several lack one of the same name', async () => {
    const backend = new FakeBackend({ one: found('passwort'), two: found('pasword') })
    const assigned = ['one', 'two'].map(secret => ({ use: use({ secret }), backend }))
    const { signal } = new AbortController()
    const answers = await lookUp(assigned, { level: 'SECRET_AND_KEY_EXISTS', suggest: true, signal })
    expect(assigned.map(createJudge(answers, noDefinitions)).map(({ finding }) => finding)).toMatchObject([
      { secret: 'one', suggestions: ['passwort'] },
      { secret: 'two', suggestions: ['pasword'] },
    ])
  })

  it.each([
    ['unusable', 'unusable-secret'],
    ['denied', 'access-denied'],
    ['unverified', 'unverified'],
    ['illegal-name', 'illegal-name'],
  ] as const)('for an answer %s is %s, with its reason', async (kind, finding) => {
    for (const level of ['SECRET_EXISTS', 'SECRET_AND_KEY_EXISTS'] as const) {
      const judged = await judge(use(), { db: { kind, reason } }, { level })
      expect(judged.finding).toEqual({ kind: finding, secret: 'db', key: 'password', backend, reason, ...where })
    }
  })

  it('for another spelling of the name is a mismatch, unless the key is missing too', async () => {
    const answer = { kind: 'found', keys: new Set(['password']), spelling: 'DB' } as const
    expect(await judge(use(), { db: answer })).toMatchObject({
      use: { verdict: 'found' },
      finding: { kind: 'case-mismatch', secret: 'db', spelling: 'DB', backend, ...where },
    })
    expect((await judge(use(), { db: { ...answer, spelling: 'db' } })).finding).toBeUndefined()
    expect((await judge(use({ key: 'x' }), { db: answer })).finding?.kind).toBe('missing-key')
  })
})

describe('a secret that exists under a name no reference can have', () => {
  it.each([
    ['a dot, and the key behind it', { secret: 'my', key: 'db.password' }, 'my.db'],
    ['two dots', { secret: 'a', key: 'b.c.password' }, 'a.b.c'],
    ['a dot, and no key', { secret: 'my', key: 'db' }, 'my.db'],
    ['a blank for a dash', { secret: 'my-db', key: 'password' }, 'my db'],
    ['a blank for an underscore, and another case', { secret: 'my_db', key: 'password' }, 'My DB'],
    ['a blank beyond ASCII', { secret: 'my_db', key: 'password' }, 'my\u00a0db'],
  ])('with %s', async (_, named, meant) => {
    const { use: judged, finding } = await judge(use(named), { other: found(), [meant]: found('password') })
    expect(judged.verdict).toBe('missing')
    expect(finding).toEqual({ kind: 'unreferenceable-secret', ...named, meant, backend, ...where })
  })

  it.each([
    ['the text before the dot is another', { secret: 'my', key: 'db.password' }, 'your.db'],
    ['the text after the dot is another', { secret: 'my', key: 'db2.password' }, 'my.db'],
    ['it only begins alike', { secret: 'my', key: 'x' }, 'my.db'],
    ['the separators are the same', { secret: 'my-db', key: 'password' }, 'my_db'],
    ['a bare name stands there, which can have a dot', { secret: 'my', key: 'db', via: 'secret-name' }, 'my.db'],
    ['a bare name stands there, which can have a blank', { secret: 'my_db', key: 'x', via: 'secret-name' }, 'my db'],
  ] as const)('is not meant where %s', async (_, named, existing) => {
    expect((await judge(use(named), { [existing]: found() })).finding?.kind).toBe('missing-secret')
  })
})

describe('the bare name of a secret', () => {
  const bare = { via: 'secret-name', key: 'username' } as const

  it.each<readonly [Answer, string]>([
    [{ kind: 'missing' }, 'missing-secret'],
    [{ kind: 'denied', reason }, 'access-denied'],
    [{ kind: 'unverified', reason }, 'unverified'],
    [{ kind: 'unusable', reason }, 'unusable-secret'],
    [{ kind: 'illegal-name', reason }, 'illegal-name'],
  ])('that is %j gives the same finding for all its keys, because it names none', async (answer, kind) => {
    const first = await judge(use(bare), { db: answer })
    const second = await judge(use({ ...bare, key: 'password' }), { db: answer })
    expect(first.finding).toMatchObject({ kind, key: null })
    expect(second.finding).toEqual(first.finding)
    expect([first.use.key, second.use.key]).toEqual(['username', 'password'])
  })

  it('has a finding of its own for each key that is missing', async () => {
    expect((await judge(use(bare), { db: found('user') })).finding).toMatchObject({
      kind: 'missing-key',
      key: 'username',
      suggestions: ['user'],
    })
  })
})
