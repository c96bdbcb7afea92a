import { describe, expect, it } from 'vitest'
import type { Backend } from '../../src/backends/backend.ts'
import type { Level } from '../../src/validation/level.ts'
import { type AssignedUse, lookUp, plan } from '../../src/validation/look-up.ts'
import { FakeBackend, found } from './fake-backend.ts'
import { use } from './uses.ts'

const { signal } = new AbortController()

function assigned(backend: Backend | undefined, ...secrets: readonly string[]): readonly AssignedUse[] {
  return secrets.map(secret => ({ use: use({ secret }), backend }))
}

describe('the plan', () => {
  it('asks each backend for each distinct name once, in the order of the uses', () => {
    const [one, two] = [new FakeBackend(), new FakeBackend()]
    const uses = [
      ...assigned(one, 'b', 'a', 'b'),
      ...assigned(two, 'a'),
      { use: use({ secret: 'a', key: 'other', via: 'secret-name' }), backend: one },
      ...assigned(one, 'B', '', '__proto__', 'constructor'),
    ]
    expect(plan(uses)).toEqual(
      new Map([
        [one, ['b', 'a', 'B', '', '__proto__', 'constructor']],
        [two, ['a']],
      ]),
    )
  })

  it('leaves out what a program fills in, and uses that nobody answers for', () => {
    const backend = new FakeBackend()
    const templated: AssignedUse = { use: use({ via: 'templated' }), backend }
    expect(plan([templated, ...assigned(undefined, 'a')])).toEqual(new Map())
  })
})

describe('looking up', () => {
  it.each<readonly [Level, 'names' | 'keys']>([
    ['SECRET_EXISTS', 'names'],
    ['SECRET_AND_KEY_EXISTS', 'keys'],
  ])('at level %s asks each backend once, for %s', async (level, depth) => {
    const [one, two] = [new FakeBackend({ a: found('k') }), new FakeBackend({ a: found('k') })]
    const answers = await lookUp([...assigned(one, 'a', 'b', 'a'), ...assigned(two, 'a')], {
      level,
      suggest: false,
      signal,
    })
    expect(one.calls).toEqual([{ names: ['a', 'b'], depth }])
    expect(two.calls).toEqual([{ names: ['a'], depth }])
    const a = depth === 'names' ? { kind: 'found', keys: 'not-read' } : found('k')
    expect([...answers.keys()]).toEqual([one, two])
    expect(answers.get(one)).toEqual({
      backend: one,
      byName: new Map([
        ['a', a],
        ['b', { kind: 'missing' }],
      ]),
      names: undefined,
    })
  })

  it('at level NONE asks nobody', async () => {
    const backend = new FakeBackend()
    expect(await lookUp(assigned(backend, 'a'), { level: 'NONE', suggest: true, signal })).toEqual(new Map())
    expect([backend.calls, backend.listings]).toEqual([[], 0])
  })

  it('lists the names there are only where one is missing and they may be told', async () => {
    const namesAfter = async (suggest: boolean, ...asked: readonly string[]) => {
      const backend = new FakeBackend({ a: found(), denied: { kind: 'denied', reason: '' } })
      const answers = await lookUp(assigned(backend, ...asked), { level: 'SECRET_EXISTS', suggest, signal })
      return [backend.listings, answers.get(backend)?.names]
    }
    expect(await namesAfter(true, 'a', 'b')).toEqual([1, ['a', 'denied']])
    expect(await namesAfter(true, 'a', 'denied')).toEqual([0, []])
    expect(await namesAfter(false, 'b')).toEqual([0, undefined])
  })

  it('does without a list where the backend has none', async () => {
    const backend: Backend = {
      name: 'local',
      description: '',
      lookUp: async names => new Map(names.map(name => [name, { kind: 'missing' }])),
    }
    const answers = await lookUp(assigned(backend, 'a'), { level: 'SECRET_EXISTS', suggest: true, signal })
    expect(answers.get(backend)?.names).toEqual([])
  })

  it('asks all backends at the same time and hands each the signal', async () => {
    const asked: AbortSignal[] = []
    const waiting = (): Backend => ({
      name: 'local',
      description: '',
      lookUp: async (_names, _depth, given) => {
        asked.push(given)
        while (asked.length < 2) await new Promise(setImmediate)
        return new Map()
      },
    })
    await lookUp([...assigned(waiting(), 'a'), ...assigned(waiting(), 'a')], {
      level: 'SECRET_EXISTS',
      suggest: false,
      signal,
    })
    expect(asked).toEqual([signal, signal])
  })
})
