import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Answer } from '../../src/backends/backend.ts'
import type { BackendContext } from '../../src/backends/context.ts'
import type { VaultOptions } from '../../src/backends/vault/options.ts'
import { createVaultBackend } from '../../src/backends/vault/vault.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { sendJson, startService } from '../http/service.ts'
import { type FakeVault, fakeToken, freshState, startFakeVault } from './vault-fake.ts'
import { vaultOptions } from './vault-options.ts'

const unknownToken = { errors: ['permission denied'] }
const names = Array.from({ length: 20 }, (_, index) => `secret-${index}`)

let fake: FakeVault
let told: string[]

beforeEach(async () => {
  fake = await startFakeVault()
  told = []
})

afterEach(() => fake.close())

/** The tokens that logins give, one after the other, and after how many requests each is no longer known. */
function give(...tokens: readonly { readonly lasts: number }[]) {
  const secrets = names.slice(0, 10).map(name => [`zenml/global/${name}`, { k: '1', zenml_schema_name: 'arbitrary' }])
  let logins = 0
  const used = new Map<string, number>()
  const fault = (...[response, { url, headers }]: Parameters<FakeVault['state']['fault']>) => {
    if (/^\/v1\/auth\/(?:approle|jwt)\/login$/.test(url)) {
      const isGood = ++logins <= tokens.length
      sendJson(
        response,
        isGood ? { auth: { client_token: `canary-token-${logins}` } } : { errors: ['invalid'] },
        isGood ? 200 : 400,
      )
      return true
    }
    const token = String(headers['x-vault-token'])
    const uses = (used.get(token) ?? 0) + 1
    used.set(token, uses)
    const { lasts = 0 } = tokens[Number(token.split('-').at(-1)) - 1] ?? {}
    if (uses > lasts) {
      sendJson(response, unknownToken, 403)
      return true
    }
    headers['x-vault-token'] = fakeToken
    return false
  }
  fake.state = { ...freshState(), secrets: new Map(secrets as [string, unknown][]), fault }
  return { logins: () => logins }
}

const appRole: Partial<VaultOptions> = { roleId: 'role', secretId: new Concealed('canary-secret-id') }

async function ask(credentials = appRole, environment: BackendContext['environment'] = {}): Promise<readonly Answer[]> {
  const options = vaultOptions({ url: fake.url, ...credentials })
  const context = { environment, onCredential: (text: string) => told.push(text) }
  const backend = createVaultBackend(options, context, { sleep: async () => undefined })
  return [...(await backend.lookUp(names, 'keys', new AbortController().signal)).values()]
}

const whole = names.map((_, index) => (index < 10 ? { kind: 'found', keys: new Set(['k']) } : { kind: 'missing' }))

describe('a token that a login gave and that Vault no longer knows', () => {
  it.each([0, 1, 2, 3, 4, 9, 12])('after %i requests is replaced by one more login', async lasts => {
    const { logins } = give({ lasts }, { lasts: 1_000 })
    expect(await ask()).toEqual(whole)
    expect(logins()).toBe(2)
    expect(told.filter(text => text.startsWith('canary-token'))).toEqual(['canary-token-1', 'canary-token-2'])
  })

  it.each([0, 1, 2, 3, 4, 9])(
    'is not replaced a second time after %i more, and nothing is missing for it',
    async lasts => {
      const { logins } = give({ lasts: 2 }, { lasts })
      const answers = await ask()
      expect(logins()).toBe(2)
      const reason = expect.stringContaining('expired or used up')
      const unverified = answers.filter(({ kind }) => kind === 'unverified')
      expect(unverified.length).toBeGreaterThan(0)
      expect(unverified).toEqual(unverified.map(() => ({ kind: 'unverified', reason })))
      for (const [index, answer] of answers.entries()) {
        if (answer.kind !== 'unverified') expect(answer).toEqual(whole[index])
      }
    },
  )

  it('is the last where no login is possible any more', async () => {
    const { logins } = give({ lasts: 2 })
    const answers = await ask()
    expect(logins()).toBe(2)
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['unverified']))
  })

  it('is replaced with a new OIDC token of the job', async () => {
    let asked = 0
    const runner = await startService(response => sendJson(response, { value: `canary-jwt-${++asked}` }))
    const environment = { ACTIONS_ID_TOKEN_REQUEST_URL: runner.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer' }
    give({ lasts: 5 }, { lasts: 1_000 })
    const answers = await ask({ role: 'ci' }, environment)
    await runner.close()
    expect(answers).toEqual(whole)
    expect(told).toEqual(['canary-jwt-1', 'canary-token-1', 'canary-jwt-2', 'canary-token-2'])
  })

  it('is not replaced where it was given', async () => {
    const { logins } = give({ lasts: 2 }, { lasts: 1_000 })
    const answers = await ask({ ...appRole, token: new Concealed('canary-token-1') })
    expect(logins()).toBe(0)
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['unverified']))
  })
})
