import { describe, expect, it } from 'vitest'
import { storeFirst } from '../src/store-first.ts'
import { FakeBackend, found } from './validation/fake-backend.ts'

const signal = new AbortController().signal

describe('the central store before the secrets manager', () => {
  it('asks the manager only for what the store lacks, by name', async () => {
    const store = new FakeBackend({ slack: found('token') }, 'zenml')
    const manager = new FakeBackend({ slack: found('token', 'other'), mlflow: found('password') }, 'aws')
    const answers = await storeFirst(store, manager).lookUp(['slack', 'mlflow', 'gone'], 'keys', signal)
    expect(answers).toEqual(
      new Map([
        ['slack', found('token')],
        ['mlflow', found('password')],
        ['gone', { kind: 'missing' }],
      ]),
    )
    expect(store.calls).toEqual([{ names: ['slack', 'mlflow', 'gone'], depth: 'keys' }])
    expect(manager.calls).toEqual([{ names: ['mlflow', 'gone'], depth: 'keys' }])
  })

  it('does not ask the manager when the store has all, or will not say', async () => {
    const denied = { kind: 'denied', reason: 'No access.' } as const
    const manager = new FakeBackend({ slack: found('token') }, 'aws')
    const both = storeFirst(new FakeBackend({ slack: denied }, 'zenml'), manager)
    expect(await both.lookUp(['slack'], 'names', signal)).toEqual(new Map([['slack', denied]]))
    expect(manager.calls).toEqual([])
  })

  it('knows the names of both, each once, and says that it is both', async () => {
    const store = new FakeBackend({ a: found(), b: found() }, 'zenml')
    const both = storeFirst(store, new FakeBackend({ b: found(), c: found() }, 'aws'))
    expect(await both.names?.(signal)).toEqual(['a', 'b', 'c'])
    expect([both.name, both.description]).toEqual(['aws', 'the zenml store, then the aws store'])
  })
})
