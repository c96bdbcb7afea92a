import { describe, expect, it } from 'vitest'
import type { VaultOptions } from '../../src/backends/vault/options.ts'
import { openVaultStore } from '../../src/backends/vault/store.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { canaryValue, componentId, goldenFile, managerScopes, newSecret, troubleOf } from '../backends/manager-store.ts'
import { describeStoreContract } from '../backends/store-contract.ts'
import { vaultOptions } from '../backends/vault-options.ts'
import { never, realVault } from './vault-store.ts'

const vault = realVault()

const storeOf = (options: Partial<VaultOptions>) => {
  const { url, token } = vault.server()
  const all = { url, token: new Concealed(token), componentId, ...options }
  return openVaultStore(vaultOptions(all), { environment: {} })
}

describe.each([1, 2] as const)('a KV engine of version %i of a real OpenBao', version => {
  for (const [scope, options] of Object.entries(managerScopes)) {
    describeStoreContract(`vault, KV version ${version}, scope ${scope}, on OpenBao`, () => ({
      create: async () => storeOf({ ...options, mount: await vault.newMount(version) }),
      legalNames: ['under_score', 'with.dot', 'a+b=c', 'UPPER', '%2e%2e', 'a?b#c', 'ключ', 'a b', '...'],
      illegalNames: ['', '.', '..', 'a//b', '../x', 'a/../b'],
      keepsSchema: true,
      cleanup: () => undefined,
    }))
  }

  const golden = goldenFile('backends-golden-0.22.0.json').vault

  it.each(Object.entries(managerScopes))('is written as ZenML 0.22 wrote in scope %s', async (scope, options) => {
    const mount = await vault.newMount(version)
    const { stored, content } = golden[scope]
    await storeOf({ ...options, mount }).create(newSecret('db-creds', content), never())
    for (const [path, payload] of Object.entries<any>(stored)) {
      const { data } = await vault.call('GET', `${mount}/${version === 2 ? 'data/' : ''}${path.slice('kv:'.length)}`)
      expect(version === 2 ? data.data : data).toEqual(payload)
    }
  })

  it('needs no more of a policy than what is named', async () => {
    const mount = await vault.newMount(version)
    await storeOf({ mount }).create(newSecret('held', { a: '1' }), never())
    const [data, metadata] = version === 2 ? ['data/', 'metadata/'] : ['', '']
    const policies: string[] = []
    const inTurn = [
      [`path "${mount}/${metadata}zenml/global/" { capabilities = ["list"] }`, 'list'],
      [`path "${mount}/${data}zenml/global/held" { capabilities = ["read"] }`, 'read'],
      [`path "${mount}/${data}zenml/global/made" { capabilities = ["create"] }`, 'create'],
      [`path "${mount}/${data}zenml/global/held" { capabilities = ["read", "update"] }`, 'update'],
      [
        version === 2
          ? `path "${mount}/metadata/zenml/global/held" { capabilities = ["delete"] }`
          : `path "${mount}/zenml/global/held" { capabilities = ["read", "update", "delete"] }`,
        'delete',
      ],
    ] as const
    const acts = {
      list: (store: ReturnType<typeof storeOf>) => store.list(never()),
      read: (store: ReturnType<typeof storeOf>) => store.read('held', never()),
      create: (store: ReturnType<typeof storeOf>) => store.create(newSecret('made', { a: canaryValue }), never()),
      update: (store: ReturnType<typeof storeOf>) =>
        store.update('held', { set: new Map([['a', canaryValue]]), remove: new Set() }, never()),
      delete: (store: ReturnType<typeof storeOf>) => store.delete('held', never()),
    }
    // Something below the mount has to be allowed, or the engine is hidden; reading comes before registering in version 1.
    policies.push(`path "${mount}/${data}zenml/global/other" { capabilities = ["read"] }`)
    if (version === 1) policies.push(`path "${mount}/zenml/global/made" { capabilities = ["read"] }`)
    for (const [policy, method] of inTurn) {
      const before = await vault.tokenFor(policies.join('\n'))
      const error = await troubleOf(acts[method](storeOf({ mount, token: before })))
      expect([method, error.trouble]).toEqual([method, 'denied'])
      policies.push(policy)
      const token = await vault.tokenFor(policies.join('\n'))
      await acts[method](storeOf({ mount, token }))
    }
  })

  it('lists a thousand secrets with one request', async () => {
    const secrets = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`s${index}`, { x: '1' }]))
    const mount = await vault.fill(version, 'zenml/global/', secrets)
    expect(await storeOf({ mount }).list(never())).toHaveLength(1000)
  })
})

describe('KV version 2 of a real OpenBao', () => {
  it('takes a secret whose current version is deleted for none, and registers its name anew', async () => {
    const mount = await vault.newMount(2)
    const store = storeOf({ mount })
    for (const end of ['data', 'destroy'] as const) {
      await store.create(newSecret(end, { x: '1' }), never())
      await store.update(end, { set: new Map([['x', '2']]), remove: new Set() }, never())
      if (end === 'data') await vault.call('DELETE', `${mount}/data/zenml/global/${end}`)
      else await vault.call('PUT', `${mount}/destroy/zenml/global/${end}`, { versions: [2] })
      expect(await store.read(end, never())).toBeUndefined()
      await store.create(newSecret(end, { x: '3' }), never())
      expect((await store.read(end, never()))?.values).toEqual(new Map([['x', '3']]))
    }
  })

  it('is deleted with all its versions', async () => {
    const mount = await vault.newMount(2)
    const store = storeOf({ mount })
    await store.create(newSecret('a', { x: '1' }), never())
    await store.update('a', { set: new Map([['x', '2']]), remove: new Set() }, never())
    await store.delete('a', never())
    await expect(vault.call('GET', `${mount}/metadata/zenml/global/a`)).rejects.toThrow('404')
  })

  it('loses no change of many at once', async () => {
    const mount = await vault.newMount(2)
    const store = storeOf({ mount })
    await store.create(newSecret('a', { x: '1' }), never())
    const keys = ['k1', 'k2', 'k3']
    await Promise.all(keys.map(key => store.update('a', { set: new Map([[key, key]]), remove: new Set() }, never())))
    expect([...((await store.read('a', never()))?.values ?? [])].map(([key]) => key).sort()).toEqual([...keys, 'x'])
  })

  it('can be written where it demands check-and-set', async () => {
    const mount = await vault.newMount(2)
    await vault.call('POST', `${mount}/config`, { cas_required: true })
    const store = storeOf({ mount })
    await store.create(newSecret('a', { x: '1' }), never())
    await store.update('a', { set: new Map([['x', '2']]), remove: new Set() }, never())
    expect((await store.read('a', never()))?.values).toEqual(new Map([['x', '2']]))
  })
})
