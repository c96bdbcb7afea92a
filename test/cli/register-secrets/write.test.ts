import { describe, expect, it } from 'vitest'
import { type SecretStore, SecretStoreError } from '../../../src/backends/secret-store.ts'
import type { Target } from '../../../src/cli/commands/register-secrets/targets.ts'
import { replacedBy, writeAll, writesOf } from '../../../src/cli/commands/register-secrets/write.ts'
import { sessionOver } from '../../../src/cli/commands/secret/session.ts'
import { Interrupted } from '../../../src/cli/interrupted.ts'
import { captured } from '../run.ts'

const unused = async () => {
  throw new Error('is not asked for')
}

function storeThat(create: SecretStore['create'], update: SecretStore['update'] = create as never): SecretStore {
  const shared = { name: 'local', description: 'a store', readsValues: true, updates: true } as const
  return { ...shared, refuses: () => undefined, list: unused, read: unused, delete: unused, create, update }
}

function target(secret: string, session: Target['session'], stored?: Readonly<Record<string, string>>): Target {
  const values = stored && new Map(Object.entries(stored))
  return {
    session,
    secret,
    stored: values && { name: secret, values, schema: 'aws', isPrivate: false },
    questions: [],
    users: [],
  }
}

describe('writing', () => {
  it('registers new secrets before it changes others', () => {
    const { io } = captured()
    const session = sessionOver(storeThat(unused), io, 1000)
    const [old, fresh, same] = [
      target('a', session, { k: 'v' }),
      target('b', session),
      target('c', session, { k: 'v' }),
    ]
    const set = new Map([['k', 'w']])
    const writes = writesOf(
      new Map([
        [old, set],
        [fresh, set],
        [same, new Map()],
      ]),
    )
    expect(writes.map(write => write.target.secret)).toEqual(['b', 'a'])
    expect(replacedBy(writes)).toEqual(['a.k'])
  })

  it('says what was written and what was not, where one write fails', async () => {
    const { io, written } = captured()
    const created: string[] = []
    const store = storeThat(async ({ name }) => {
      if (name === 'b') throw new SecretStoreError('denied', 'You may not.')
      created.push(name)
    })
    const session = sessionOver(store, io, 1000)
    const set = new Map([['k', 'canary']])
    const writes = ['a', 'b', 'c', 'd'].map(name => ({ target: target(name, session), values: set }))
    await expect(writeAll(writes, io)).rejects.toThrow(
      new SecretStoreError(
        'denied',
        'The secret "b" was not written, as far as is known. You may not. Written: a. Not written: c, d. Run the same again to go on from here.',
      ),
    )
    expect(created).toEqual(['a'])
    expect(written().stderr).not.toContain('canary')
  })

  it('says the same where the user interrupts it', async () => {
    const interruption = new AbortController()
    const { io, written } = captured({ signal: interruption.signal })
    const store = storeThat(async ({ name }, signal) => {
      if (name === 'b') interruption.abort()
      signal.throwIfAborted()
    })
    const session = sessionOver(store, io, 1000)
    const writes = ['a', 'b'].map(name => ({ target: target(name, session), values: new Map([['k', 'v']]) }))
    await expect(writeAll(writes, io)).rejects.toThrow(Interrupted)
    expect(written().stderr).toContain(
      'The secret "b" was not written, as far as is known. Written: a. Not written: none.',
    )
  })
})
