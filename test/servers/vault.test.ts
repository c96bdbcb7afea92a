import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { VaultOptions } from '../../src/backends/vault/options.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { describeBackendContract, type Secrets } from '../backends/contract.ts'
import { arbitrary, found, never, realVault } from './vault-store.ts'

const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/secrets-managers/backends-golden-0.22.0.json'), 'utf8'),
)
const componentId = '11111111-2222-4333-8444-555555555555'
const canaryToken = 'canary-vault-token-51ee'

const vault = realVault()
const { newMount, write, fill, tokenFor, backend, ask } = vault

describe.each([1, 2] as const)('a KV engine of version %i of a real OpenBao', version => {
  const scopes: readonly (readonly [string, string, Partial<VaultOptions>])[] = [
    ['global', 'zenml/global/', {}],
    ['none', '', { scope: 'none' }],
  ]
  for (const [scope, prefix, options] of scopes) {
    describeBackendContract(`vault, KV version ${version}, scope ${scope}`, () => {
      const filled = (more: Partial<VaultOptions>) => async (secrets: Secrets) =>
        backend({ ...options, mount: await fill(version, prefix, secrets), ...more })
      return {
        create: filled({}),
        broken: {
          'a wrong token': filled({ token: new Concealed(canaryToken) }),
          'a token that may do nothing': async secrets => filled({ token: await tokenFor('# nothing') })(secrets),
          'no token': filled({ token: undefined }),
          'no such mount': filled({ mount: 'nowhere' }),
          'a mount of another kind': filled({ mount: 'sys' }),
          'no such namespace': filled({ vaultNamespace: 'nowhere' }),
        },
        canaries: [canaryToken],
        legalNames: [
          'under_score',
          'with.dot',
          'a+b=c',
          'x@y',
          '-',
          'UPPER',
          'x'.repeat(300),
          '%2e%2e',
          'a?b#c',
          'ключ',
          'a b',
          '...',
        ],
        cleanup: () => undefined,
      }
    })
  }

  it.each(Object.entries<any>(golden.vault))(
    'finds what ZenML 0.22 stored in scope %s, and in no other',
    async (scope, { stored, content }) => {
      const mount = await newMount(version)
      for (const [path, payload] of Object.entries<any>(stored)) {
        await write({ mount, version }, path.slice(path.indexOf(':') + 1), payload)
      }
      for (const other of Object.keys(golden.vault)) {
        const options = { mount, scope: other, namespace: 'team', componentId }
        const expected = other === scope ? found(...Object.keys(content)) : { kind: 'missing' }
        expect(await ask(['db-creds'], 'keys', options)).toEqual([expected])
        expect(await backend(options).names?.(never())).toEqual(other === scope ? ['db-creds'] : [])
      }
    },
  )

  it('reads a name with a slash as the sub-path, and refuses to leave the scope', async () => {
    const mount = await fill(version, 'zenml/global/', { 'a/b': { x: '1' } })
    const asked = ['a/b', 'a', 'a/c', 'b', '../global/a/b', 'a/../a/b', 'a//b']
    for (const [depth, first] of [
      ['names', { kind: 'found', keys: 'not-read' }],
      ['keys', found('x')],
    ] as const) {
      const answers = await ask(asked, depth, { mount })
      expect(answers.slice(0, 4)).toEqual([first, { kind: 'missing' }, { kind: 'missing' }, { kind: 'missing' }])
      expect(answers.slice(4).map(({ kind }) => kind)).toEqual(['illegal-name', 'illegal-name', 'illegal-name'])
    }
  })

  it('judges the marker as ZenML does', async () => {
    const mount = await newMount(version)
    await write({ mount, version }, 'zenml/global/foreign', { a: '1' })
    await write({ mount, version }, 'zenml/global/odd', { a: null, b: 5, c: { d: 1 }, ...arbitrary })
    const answers = await ask(['foreign', 'odd'], 'keys', { mount })
    expect(answers).toEqual([
      { kind: 'unusable', reason: expect.stringContaining('zenml_schema_name') },
      found('a', 'b', 'c'),
    ])
  })

  const counts = [1, 10, 100, 1000]

  describe('is sent no more requests than needed', () => {
    let mount: string
    const names = Array.from({ length: 1000 }, (_, index) => `secret-${index}`)
    beforeAll(async () => {
      mount = await fill(version, 'zenml/global/', Object.fromEntries(names.map(name => [name, { key: 'v' }])))
    })

    it.each(counts)('for the names of %i secrets', async count => {
      const answers = await ask([...names.slice(0, count), 'absent'], 'names', { mount })
      expect(answers).toEqual([...Array(count).fill({ kind: 'found', keys: 'not-read' }), { kind: 'missing' }])
      // A list of version 2 does not tell what is deleted; a secret among the first is read before the list is there.
      expect(vault.requests).toHaveLength(version === 1 ? 3 : 3 + count + (count < 7 ? 1 : 0))
    })

    it.each(counts)('for the keys of %i secrets', async count => {
      const answers = await ask([...names.slice(0, count), 'absent'], 'keys', { mount })
      expect(answers).toEqual([...Array(count).fill(found('key')), { kind: 'missing' }])
      expect(vault.requests).toHaveLength(3 + count + (count < 7 ? 1 : 0))
      expect(vault.peak()).toBeLessThanOrEqual(8)
      const values = vault.requests.filter(request => request.includes('/data/'))
      expect(values).toEqual([])
    })
  })
})
