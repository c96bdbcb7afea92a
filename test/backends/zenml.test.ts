import { afterEach, describe, expect, it } from 'vitest'
import type { Answer, Depth } from '../../src/backends/backend.ts'
import { connectionOf } from '../../src/backends/zenml/connect.ts'
import type { ZenmlOptions } from '../../src/backends/zenml/options.ts'
import { createZenmlBackend, zenmlBackendOver } from '../../src/backends/zenml/zenml.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { type Service, sendJson } from '../http/service.ts'
import { type FakeOptions, fakeKey, fakeToken, type Instead, startFakeZenml } from '../zenml/fake-server.ts'
import { replay } from '../zenml/golden.ts'
import { describeBackendContract, type Secrets } from './contract.ts'

const services: Service[] = []
const never = () => new AbortController().signal
const closeAll = async () => {
  await Promise.all(services.splice(0).map(service => service.close()))
}

async function serve(options: FakeOptions = {}): Promise<Service> {
  const service = await startFakeZenml(options)
  services.push(service)
  return service
}

const none: ZenmlOptions = {
  url: undefined,
  apiKey: undefined,
  token: undefined,
  username: undefined,
  password: undefined,
  verifySsl: undefined,
}

function backendAt(url: string, options: Partial<ZenmlOptions> = { apiKey: new Concealed(fakeKey) }) {
  const http = { seams: { sleep: async () => undefined }, timeout: 1_000 }
  return zenmlBackendOver(connectionOf({ ...none, url, ...options }, { environment: {} }, http))
}

async function answersFrom(options: FakeOptions, names: readonly string[], depth: Depth = 'keys') {
  const service = await serve(options)
  return [...(await backendAt(service.url).lookUp(names, depth, never()))]
}

const found = (...keys: readonly string[]): Answer => ({ kind: 'found', keys: new Set(keys) })
const secretsOf = (secrets: Secrets) => Object.entries(secrets).map(([name, values]) => ({ name, values }))

/** Answers every request below a path with something else. */
function insteadOf(part: string, answer: (response: Parameters<typeof sendJson>[0]) => void): Instead {
  return (response, _, path) => {
    if (!path.startsWith(part)) return false
    answer(response)
    return true
  }
}

const api = '/api/v1/secrets'

describeBackendContract('zenml (in this process)', () => {
  const broken = (options: FakeOptions, given?: Partial<ZenmlOptions>) => async (secrets: Secrets) => {
    const service = await serve({ secrets: secretsOf(secrets), ...options })
    return backendAt(service.url, given)
  }
  const listed = (json: (secrets: Secrets) => unknown) => async (secrets: Secrets) => {
    const service = await serve({ instead: insteadOf(api, response => sendJson(response, json(secrets))) })
    return backendAt(service.url)
  }
  return {
    create: async secrets => backendAt((await serve({ secrets: secretsOf(secrets) })).url),
    broken: {
      'no address': () => backendAt(''),
      'an address with a password': () => backendAt('https://user:canary-address@zenml.example.com'),
      'an address without TLS': () => backendAt('http://zenml.example.com'),
      'certificates unchecked': () => backendAt('https://zenml.example.com', { verifySsl: 'False' }),
      'certificates in a file': () => backendAt('https://zenml.example.com', { verifySsl: '/ca.pem' }),
      'a user without a password': () => backendAt('https://zenml.example.com', { username: 'ann' }),
      'no credentials': broken({}, {}),
      'a wrong key': broken({}, { apiKey: new Concealed('canary-wrong-key') }),
      'a wrong token': broken({}, { token: new Concealed('canary-wrong-token') }),
      'a wrong password': broken({}, { username: 'ann', password: new Concealed('canary-wrong-password') }),
      'web pages': broken({ instead: insteadOf('/', response => replay(response, 'html-outside-api')) }),
      'another service': broken({ instead: insteadOf('/', response => sendJson(response, { ok: true })) }),
      'no store': broken({ info: { secrets_store_type: 'none' } }),
      'lists that fail': broken({ instead: insteadOf(api, response => replay(response, 'secrets-oneof-999-names')) }),
      'lists that are refused': broken({
        instead: insteadOf(api, response => replay(response, 'rbac-read-denied-get')),
      }),
      'an old store that is off': broken({ instead: insteadOf(api, response => replay(response, 'store-none-get')) }),
      'a wrong path': broken({ instead: insteadOf(api, response => replay(response, 'trailing-slash')) }),
      'a redirect': broken({
        instead: insteadOf(api, response => void response.writeHead(302, { location: '/x' }).end()),
      }),
      'broken connections': broken({ instead: insteadOf(api, response => void response.destroy()) }),
      'lists of another shape': listed(() => ({ items: [{ name: 'db-creds' }], total: 1, total_pages: 1 })),
      'a list for a page': listed(() => []),
      'values for a page': listed(secrets => secrets),
      'pages that never end': listed(() => ({ items: [], total: 5, total_pages: 1e6 })),
      'a total that lies': listed(() => ({ items: [], total: 5, total_pages: 1 })),
    },
    canaries: ['canary-', fakeKey, fakeToken],
    legalNames: [
      '',
      ' ',
      'with.dot',
      'a/b',
      '..',
      'contains:x',
      'oneof:["a"]',
      '{{a.b}}',
      'ключ',
      '𝔘',
      'a\0b',
      '__proto__',
    ],
    cleanup: closeAll,
  }
})

describe('the ZenML backend', () => {
  afterEach(closeAll)

  const twins = [
    { name: 'both', values: { k: '1', own: '1' }, private: true },
    { name: 'both', values: { k: '2', all: '1' } },
    { name: 'mine', values: { k: '1' }, private: true },
  ]

  it('takes the public secret before the own one', async () => {
    expect(await answersFrom({ secrets: twins }, ['both', 'mine'])).toEqual([
      ['both', found('k', 'all')],
      ['mine', found('k')],
    ])
  })

  it('takes the own secret first where the server knows scopes', async () => {
    const old = { old: true, info: { version: '0.50.0', database_type: 'sqlite' } }
    expect(await answersFrom({ secrets: twins, ...old }, ['both', 'mine'])).toEqual([
      ['both', found('k', 'own')],
      ['mine', found('k')],
    ])
  })

  it('takes keys with hidden, empty and odd values for keys', async () => {
    const values = { a: null, b: '', values: 'x', __proto__x: '1', 'key.with.dot': '1' }
    expect(await answersFrom({ secrets: [{ name: 's', values }] }, ['s'])).toEqual([
      ['s', found(...Object.keys(values))],
    ])
  })

  it('says that a secret is unusable where the list has it and a look at it has not', async () => {
    const instead = insteadOf(`${api}/`, response => replay(response, 'secret-get-unknown'))
    const [[, answer] = []] = await answersFrom({ secrets: twins, instead }, ['mine'])
    expect(answer).toEqual({
      kind: 'unusable',
      reason: expect.stringMatching(/lists the secret "mine" but cannot read it/),
    })
  })

  it.each([
    ['rbac-read-denied-get', 'denied'],
    ['store-none-get', 'unverified'],
    ['trailing-slash', 'unverified'],
    ['html-outside-api', 'unverified'],
    ['info', 'unverified'],
  ])('whose look at a secret is answered with %s says %s, and the rest stands', async (name, kind) => {
    const instead = insteadOf(`${api}/00000000-0000-4000-8000-000000000002`, response => replay(response, name))
    const answers = await answersFrom({ secrets: twins, instead }, ['mine', 'both', 'absent'])
    expect(answers.map(([, answer]) => answer.kind)).toEqual([kind, 'found', 'missing'])
  })

  describe('on MySQL', () => {
    const mysql = { mysql: true, info: { database_type: 'mysql' } }

    it('finds other spellings, and says how the secret is spelt', async () => {
      const secrets = [
        { name: 'aws', values: { k: '1' } },
        { name: 'café', values: { k: '1' } },
      ]
      expect(await answersFrom({ secrets, ...mysql }, ['AWS', 'aws', 'cafe', 'absent'])).toEqual([
        ['AWS', { ...found('k'), spelling: 'aws' }],
        ['aws', found('k')],
        ['cafe', { ...found('k'), spelling: 'café' }],
        ['absent', { kind: 'missing' }],
      ])
    })

    it('takes a public secret of another spelling before an own one of the same', async () => {
      const secrets = [
        { name: 'AWS', values: { own: '1' }, private: true },
        { name: 'aws', values: { all: '1' } },
      ]
      expect(await answersFrom({ secrets, ...mysql }, ['AWS'])).toEqual([['AWS', { ...found('all'), spelling: 'aws' }]])
    })

    it('doubts where a hit matches no name for certain', async () => {
      const items = [{ id: '00000000-0000-4000-8000-000000000000', name: 'straße', body: { private: false } }]
      const json = { items, total: 1, total_pages: 1 }
      const instead = insteadOf(api, response => sendJson(response, json))
      const [[, answer] = []] = await answersFrom({ ...mysql, instead }, ['strasze'], 'names')
      expect(answer?.kind).toBe('unverified')
    })

    it('and nowhere else', async () => {
      const secrets = [{ name: 'aws', values: { k: '1' } }]
      expect(await answersFrom({ secrets, mysql: true }, ['AWS'])).toEqual([['AWS', { kind: 'missing' }]])
    })
  })

  describe('where secrets may be hidden from an identity', () => {
    const pro = { info: { deployment_type: 'cloud' } }
    const hidden = { kind: 'missing', mayBeHidden: true }

    it('says so with what is missing, once it is known to see any', async () => {
      expect(await answersFrom({ secrets: twins, ...pro }, ['mine', 'absent'], 'names')).toEqual([
        ['mine', { kind: 'found', keys: 'not-read' }],
        ['absent', hidden],
      ])
      expect(await answersFrom({ secrets: twins, ...pro }, ['absent'])).toEqual([['absent', hidden]])
    })

    it('says missing of nothing to one that sees nothing', async () => {
      expect(await answersFrom(pro, ['a', 'x'.repeat(300)])).toEqual([
        ['a', { kind: 'unverified', reason: expect.stringContaining('Give it a role with read on secrets') }],
        ['x'.repeat(300), { kind: 'unverified', reason: expect.stringContaining('sees no secret at all') }],
      ])
    })
  })

  describe('with servers that do not know oneof', () => {
    const old = { old: true, plainOneof: true, info: { version: '0.45.6' } }

    it('asks for each name on its own', async () => {
      const service = await serve({ secrets: twins, ...old })
      expect([...(await backendAt(service.url).lookUp(['mine', 'absent'], 'names', never()))]).toEqual([
        ['mine', { kind: 'found', keys: 'not-read' }],
        ['absent', { kind: 'missing' }],
      ])
      const names = service.requests.map(({ url }) => new URL(url, service.url).searchParams.get('name') ?? '')
      expect(names.slice(2).map(name => name.replace(/control-[^"]+/, 'control'))).toEqual([
        'oneof:["mine","absent","zenml-secrets-control"]',
        'oneof:x',
        'equals:mine',
        'equals:absent',
      ])
    })

    it('asks no more where they do know it', async () => {
      const service = await serve({ info: { version: '0.90.0' } })
      expect([...(await backendAt(service.url).lookUp(['a'], 'names', never()))]).toEqual([['a', { kind: 'missing' }]])
      expect(service.requests.length).toBe(4)
    })

    it('doubts where the question fails', async () => {
      const instead: Instead = (response, { url }) => {
        if (!url.includes('oneof%3Ax')) return false
        replay(response, 'secrets-oneof-999-names')
        return true
      }
      expect((await answersFrom({ ...old, instead }, ['a']))[0]?.[1].kind).toBe('unverified')
    })
  })

  it('trusts no server that has a secret of any name', async () => {
    const instead: Instead = (response, { url }) => {
      const name = new URL(url, 'http://server').searchParams.get('name')
      if (!name) return false
      const items = JSON.parse(name.slice(6)).map((asked: string, index: number) => {
        return { id: `00000000-0000-4000-8000-00000000000${index}`, name: asked, body: { private: false } }
      })
      sendJson(response, { items, total: items.length, total_pages: 1 })
      return true
    }
    expect(await answersFrom({ instead }, ['a', 'b'], 'names')).toEqual(
      ['a', 'b'].map(name => [name, { kind: 'unverified', reason: expect.stringContaining('made up on the spot') }]),
    )
  })

  it('keeps what one part of the names gave where another part fails', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `n${index}`)
    const instead: Instead = (response, { url }) => {
      if (!url.includes('n149')) return false
      replay(response, 'secrets-oneof-999-names')
      return true
    }
    const secrets = [{ name: 'n1', values: { k: '1' } }]
    const answers = new Map(await answersFrom({ secrets, instead }, names))
    expect([answers.get('n1')?.kind, answers.get('n2')?.kind, answers.get('n120')?.kind]).toEqual([
      'found',
      'missing',
      'unverified',
    ])
  })

  describe('on a server with small pages', () => {
    const secrets = Array.from({ length: 7 }, (_, index) => ({ name: `n${index}`, values: { k: '1' } }))
    const asked = ['n0', 'n3', 'n6', 'absent']
    const kinds = (answers: Awaited<ReturnType<typeof answersFrom>>) => answers.map(([, { kind }]) => kind)

    it('reads to the last page', async () => {
      const answers = await answersFrom({ secrets, pageLimit: 1 }, asked, 'names')
      expect(kinds(answers)).toEqual(['found', 'found', 'found', 'missing'])
    })

    it('doubts what it has not seen where pages repeat', async () => {
      const answers = await answersFrom({ secrets, pageLimit: 1, repeatsPages: true }, asked, 'names')
      expect(kinds(answers)).toEqual(['found', 'unverified', 'unverified', 'unverified'])
      expect(answers[1]?.[1]).toMatchObject({ reason: expect.stringContaining('repeats pages') })
    })

    it('doubts what it has not seen where a page fails', async () => {
      const instead: Instead = (response, { url }) => {
        if (!url.includes('page=2')) return false
        replay(response, 'page-beyond-last')
        return true
      }
      const answers = await answersFrom({ secrets, pageLimit: 1, instead }, asked, 'names')
      expect(kinds(answers)).toEqual(['found', 'unverified', 'unverified', 'unverified'])
    })

    it('does not take the own secret while the public one may be on a page it has not seen', async () => {
      const instead: Instead = (response, { url }) => {
        if (!url.includes('page=2')) return false
        replay(response, 'page-beyond-last')
        return true
      }
      const answers = await answersFrom({ secrets: twins, pageLimit: 1, instead }, ['both'], 'names')
      expect(kinds(answers)).toEqual(['unverified'])
    })
  })

  it.each([
    [1, 4, 3],
    [10, 13, 3],
    [100, 103, 3],
    [101, 105, 4],
    [1000, 1012, 12],
  ])('asks for %i secrets in %i requests, in %i where only names are asked', async (count, withKeys, names) => {
    const secrets = Array.from({ length: count }, (_, index) => ({ name: `secret-${index}`, values: { k: '1' } }))
    for (const [depth, requests] of [
      ['keys', withKeys],
      ['names', names],
    ] as const) {
      const service = await serve({ secrets })
      const asked = secrets.map(({ name }) => name)
      const answers = await backendAt(service.url).lookUp(asked, depth, never())
      expect([...answers.values()].filter(({ kind }) => kind === 'found').length).toBe(count)
      expect(service.requests.length).toBe(requests)
    }
  })

  it('asks nothing where nothing is asked of it', async () => {
    const service = await serve()
    await backendAt(service.url).lookUp([], 'keys', never())
    expect(service.requests).toEqual([])
  })

  it('tells where it looks, and neither key nor password', () => {
    const secret = { apiKey: new Concealed(fakeKey), username: 'ann', password: new Concealed('canary') }
    const options = { ...none, url: 'https://zenml.example.com/', ...secret }
    const backend = createZenmlBackend(options, { environment: {} })
    expect([backend.name, backend.description]).toEqual(['zenml', 'ZenML server https://zenml.example.com'])
    expect(JSON.stringify([options, backend])).not.toMatch(/canary|ZENKEY/)
  })
})
