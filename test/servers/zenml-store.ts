import { call, logIn, type ZenmlServer } from '../../scripts/servers/zenml.ts'

/** Who makes a secret: the service account whose key the backend has, or another user. */
type Maker = 'caller' | 'other'

export interface StoredSecret {
  readonly name: string
  readonly values: Readonly<Record<string, string>>
  readonly private: boolean
  readonly by: Maker
}

/** Fills and empties the store of a real server. */
export interface ZenmlStore {
  readonly tokens: Readonly<Record<Maker, string>>
  /** Empties the store, then makes these, in order. Ids by name. */
  fill(secrets: readonly StoredSecret[]): Promise<ReadonlyMap<string, string>>
  /** The same in any order and faster. */
  fillMany(secrets: readonly StoredSecret[]): Promise<void>
}

export async function zenmlStore(server: ZenmlServer): Promise<ZenmlStore> {
  const { url, apiKey, adminUser: username, adminPassword: password } = server
  const tokens = { caller: await logIn(url, { password: apiKey }), other: await logIn(url, { username, password }) }
  const clear = () => Promise.all(Object.values(tokens).map(token => empty(url, token)))
  const create = ({ by, ...json }: StoredSecret) => call(url, 'POST', { path: 'secrets', json, token: tokens[by] })
  return {
    tokens,
    fill: async secrets => {
      await clear()
      const ids = new Map<string, string>()
      for (const secret of secrets) ids.set(secret.name, (await create(secret)).id)
      return ids
    },
    fillMany: async secrets => {
      await clear()
      const left = secrets.values()
      const work = async () => {
        for (const secret of left) await create(secret)
      }
      await Promise.all([work(), work(), work(), work()])
    },
  }
}

async function empty(url: string, token: string): Promise<void> {
  for (;;) {
    const { items } = await call(url, 'GET', { path: 'secrets', token })
    if (items.length === 0) return
    const remove = ({ id }: { readonly id: string }) => call(url, 'DELETE', { path: `secrets/${id}`, token })
    await Promise.allSettled(items.map(remove))
  }
}
