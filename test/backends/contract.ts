import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, Backend, Depth } from '../../src/backends/backend.ts'

/** Values by key, by name of secret. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What a backend's own test supplies. */
export interface BackendSetup {
  /** A backend over a store that holds exactly these secrets. */
  create(secrets: Secrets): Backend | Promise<Backend>
  /** Backends that cannot look, over a store that holds these secrets: unreachable, refused, broken. */
  readonly broken: Readonly<Record<string, (secrets: Secrets) => Backend | Promise<Backend>>>
  /** Texts that may appear nowhere, such as a token; the values of the secrets are checked anyway. */
  readonly canaries?: readonly string[]
  /** Names this backend can hold, beside plain ones such as `db-creds`: `under_score`, `with.dot` … */
  readonly legalNames: readonly string[]
  cleanup(): void | Promise<void>
}

const secrets: Secrets = {
  'db-creds': { username: 'canary-username-7f3a', password: 'canary-pässword-91c2', Password: 'canary-upper-5d' },
  other: { token: 'canary-token-c0ffee' },
}

const oddNames: readonly string[] = [
  '',
  ' ',
  '  ',
  '.',
  '..',
  '../db-creds',
  './db-creds',
  'db-creds/',
  '/db-creds',
  'other/../db-creds',
  'db-creds ',
  ' db-creds',
  'db-creds\n',
  'db-creds\0',
  'db',
  'db-cred',
  'db-creds2',
  'DB-CREDS',
  'Db-creds',
  'db-crëds',
  'db%2Dcreds',
  '%',
  '%2e%2e',
  '*',
  'db-*',
  '%db%',
  'a/b',
  'a?list=true',
  'a#b',
  'a\\b',
  'contains:db',
  'contains:db-creds',
  'equals:db-creds',
  'startswith:db',
  'oneof:["db-creds","other"]',
  'isempty:',
  'arn:aws:secretsmanager:us-east-1:999999999999:secret:db-creds',
  'projects/other/secrets/db-creds',
  'public-key',
  'x'.repeat(5000),
  ...Object.getOwnPropertyNames(Object.prototype),
]

/**
 * The suite every backend passes. Names are exact; every name asked is answered; nothing is found by accident; doubt is
 * never `missing`; no value leaves.
 */
export function describeBackendContract(name: string, setup: () => BackendSetup | Promise<BackendSetup>): void {
  describe(`the ${name} backend keeps the contract:`, () => {
    let made: BackendSetup
    beforeAll(async () => {
      made = await setup()
    })
    afterAll(async () => {
      await made.cleanup()
    })
    describeAnswers(() => made)
    describeOddNames(() => made)
    describeDoubt(() => made)
    describeSecrecy(() => made)
  })
}

function describeAnswers(setup: () => BackendSetup): void {
  it('a secret that is there is found with the names of its keys, in their own case', async () => {
    const backend = await setup().create(secrets)
    expect(await ask(backend, ['db-creds', 'other'])).toEqual([
      ['db-creds', { kind: 'found', keys: new Set(['username', 'password', 'Password']) }],
      ['other', { kind: 'found', keys: new Set(['token']) }],
    ])
  })

  it('where only names are asked, keys are not read', async () => {
    const backend = await setup().create(secrets)
    expect(await ask(backend, ['db-creds', 'absent'], 'names')).toEqual([
      ['db-creds', { kind: 'found', keys: 'not-read' }],
      ['absent', { kind: 'missing' }],
    ])
  })

  it.each(['names', 'keys'] as const)('a secret that is not there is missing (%s)', async depth => {
    const backend = await setup().create(secrets)
    expect(await ask(backend, ['absent'], depth)).toEqual([['absent', { kind: 'missing' }]])
  })

  it('in a store without secrets everything is missing', async () => {
    const backend = await setup().create({})
    expect(await ask(backend, ['db-creds'])).toEqual([['db-creds', { kind: 'missing' }]])
  })

  it('keys that every object inherits are keys only where they are stored', async () => {
    const keys = { constructor: 'a', toString: 'b' }
    const backend = await setup().create({ ...secrets, odd: keys })
    expect(await ask(backend, ['odd'])).toEqual([['odd', { kind: 'found', keys: new Set(Object.keys(keys)) }]])
    expect([...(await foundKeys(backend, 'other'))]).toEqual(['token'])
  })

  it('each name asked is answered once, however often it is asked', async () => {
    const backend = await setup().create(secrets)
    const answers = await ask(backend, ['other', 'absent', 'other', 'absent', 'other'])
    expect(answers.map(([asked]) => asked)).toEqual(['other', 'absent'])
  })

  it('nothing asked is nothing answered', async () => {
    const backend = await setup().create(secrets)
    expect(await ask(backend, [])).toEqual([])
  })

  it('asked again, it answers the same', async () => {
    const backend = await setup().create(secrets)
    const asked = ['db-creds', 'absent', 'other']
    expect(await ask(backend, asked)).toEqual(await ask(backend, asked))
  })

  it('it is asked about many names at once', async () => {
    const backend = await setup().create(secrets)
    const asked = [...Array.from({ length: 250 }, (_, index) => `absent-${index}`), 'other']
    const answers = await ask(backend, asked)
    expect(answers.map(([asked]) => asked)).toEqual(asked)
    expect(answers.filter(([, answer]) => answer.kind === 'found').map(([asked]) => asked)).toEqual(['other'])
  })

  it('the names it lists are those it finds', async () => {
    const backend = await setup().create(secrets)
    if (!backend.names) return
    expect((await backend.names(never())).toSorted()).toEqual(['db-creds', 'other'])
  })
}

function describeOddNames(setup: () => BackendSetup): void {
  it('odd names are missing or illegal, and never found by accident', async () => {
    const backend = await setup().create(secrets)
    for (const depth of ['names', 'keys'] as const) {
      const answers = await ask(backend, oddNames, depth)
      expect(answers.map(([asked]) => asked)).toEqual([...new Set(oddNames)])
      const others = answers.filter(([, { kind }]) => kind !== 'missing' && kind !== 'illegal-name')
      expect(others).toEqual([])
    }
  })

  it('an odd name in between leaves the other answers alone', async () => {
    const backend = await setup().create(secrets)
    const answers = new Map(await ask(backend, ['..', 'db-creds', 'x'.repeat(5000), 'a/b', 'other', '']))
    expect(answers.get('db-creds')?.kind).toBe('found')
    expect(answers.get('other')?.kind).toBe('found')
  })

  it('every other name it can hold is found under exactly that name', async () => {
    const names = setup().legalNames
    const backend = await setup().create(Object.fromEntries(names.map(legal => [legal, { key: 'canary-legal-4b1d' }])))
    const found = names.map(legal => [legal, { kind: 'found', keys: new Set(['key']) }])
    expect(await ask(backend, names)).toEqual(found)
  })

  it('no text that is no name of a secret is found', async () => {
    const backend = await setup().create(secrets)
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom(...Object.keys(secrets)))
    const asked = fc.sample(text, { numRuns: 200, seed: 1 })
    const found = (await ask(backend, asked)).filter(([, answer]) => answer.kind === 'found').map(([name]) => name)
    expect(found.toSorted()).toEqual([...new Set(asked)].filter(name => Object.hasOwn(secrets, name)).toSorted())
  })
}

function describeDoubt(setup: () => BackendSetup): void {
  it('a run that was stopped verifies nothing', async () => {
    const backend = await setup().create(secrets)
    const answers = await ask(backend, ['db-creds', 'absent'], 'keys', AbortSignal.abort())
    expect(answers.map(([asked, { kind }]) => [asked, kind])).toEqual([
      ['db-creds', 'unverified'],
      ['absent', 'unverified'],
    ])
    expect((await backend.names?.(AbortSignal.abort())) ?? []).toEqual([])
  })

  it('where it cannot look, nothing is missing and nothing is found', async () => {
    expect(Object.keys(setup().broken)).not.toEqual([])
    for (const [trouble, create] of Object.entries(setup().broken)) {
      const backend = await create(secrets)
      for (const depth of ['names', 'keys'] as const) {
        for (const [, answer] of await ask(backend, ['db-creds', 'absent', ''], depth)) {
          expect([trouble, answer.kind]).toEqual([trouble, expect.stringMatching(/^(denied|unverified|illegal-name)$/)])
          expect('reason' in answer && answer.reason).toMatch(/\S.*[.!]$/)
        }
      }
      expect(await backend.names?.(never())).toEqual(backend.names && [])
    }
  })
}

function describeSecrecy(setup: () => BackendSetup): void {
  it('no value leaves it, in whatever form, whatever happens', async () => {
    const values = [...Object.values(secrets).flatMap(Object.values<string>), ...(setup().canaries ?? [])]
    const backends = [await setup().create(secrets)]
    for (const create of Object.values(setup().broken)) backends.push(await create(secrets))
    let said = ''
    for (const backend of backends) {
      for (const depth of ['names', 'keys'] as const) {
        said += shown(await ask(backend, [...Object.keys(secrets), ...oddNames], depth))
      }
      said += shown([backend, backend.description, await backend.names?.(never())])
    }
    expect(said).toContain('db-creds')
    for (const form of values.flatMap(formsOf)) expect(said).not.toContain(form)
  })
}

async function ask(
  backend: Backend,
  names: readonly string[],
  ...[depth = 'keys', signal = never()]: readonly [Depth?, AbortSignal?]
): Promise<readonly (readonly [string, Answer])[]> {
  return [...(await backend.lookUp(names, depth, signal))]
}

async function foundKeys(backend: Backend, name: string): Promise<ReadonlySet<string>> {
  const answer = (await backend.lookUp([name], 'keys', never())).get(name)
  return answer?.kind === 'found' && answer.keys !== 'not-read' ? answer.keys : new Set()
}

function never(): AbortSignal {
  return new AbortController().signal
}

/** Everything that can be seen of a result, sets, maps and errors included. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_, part) => {
    if (part instanceof Set || part instanceof Map) return [...part]
    return part instanceof Error ? [part.name, part.message, part.stack, part.cause] : part
  })
}

/** A value as it is and in the encodings it may hide in; base64 in the three alignments it can have inside others. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  const shifted = ['', 'x', 'xx'].map(before =>
    Buffer.from(before + value)
      .toString('base64')
      .slice(4, -4),
  )
  return [
    value,
    bytes.toString('base64'),
    bytes.toString('base64url'),
    ...shifted,
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    [...value].toReversed().join(''),
  ]
}
