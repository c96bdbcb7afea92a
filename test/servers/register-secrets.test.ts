import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startZenml, stopZenml, type ZenmlServer } from '../../scripts/servers/zenml.ts'
import { run } from '../cli/run.ts'
import { openSession, type Session } from './zenml-client/session.ts'

let server: ZenmlServer
let client: Session

beforeAll(async () => {
  server = await startZenml()
  const env = { ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: server.apiKey }
  client = openSession({ name: 'register', python: join(dirname(server.client), 'python'), env })
  await client.zenml('alerter', 'flavor', 'register', 'probe.ProbeFlavor')
  await client.zenml(
    'alerter',
    'register',
    'probe',
    '--flavor=probe',
    '--one={{first.user}}',
    '--two={{first.key}}',
    '--three={{other.token}}',
  )
  await client.zenml('stack', 'register', 'prod', '-o', 'default', '-a', 'default', '-al', 'probe')
})

afterAll(() => {
  client.close()
  stopZenml(server)
})

describe('after register-secrets', () => {
  it('ZenML itself finds every secret of the stack, and nothing left to ask', async () => {
    expect(await client.validate('prod', 'SECRET_AND_KEY_EXISTS')).toContain('first.user')
    await client.zenml('secret', 'create', 'first', '--user=before', '--unrelated=kept')
    const env = {
      ZENML_STORE_URL: server.url,
      ZENML_STORE_API_KEY: server.apiKey,
      FIRST_KEY: 'two',
      OTHER_TOKEN: 'three',
    }
    const { code, stderr } = await run(['register-secrets', 'prod', '--from-env'], { env, cwd: client.folder })
    expect(stderr).toContain('Registering secret `other`:')
    expect(stderr).toContain('Updating secret `first`:')
    expect(code, stderr).toBe(0)
    expect(await client.validate('prod', 'SECRET_AND_KEY_EXISTS')).toBeUndefined()
    // It would ask, and get no answer, if something were missing.
    await client.zenml('stack', 'register-secrets', 'prod', '--skip-existing')
    const get = (key: string) => run(['secret', 'get', 'first', '--key', key], { env, cwd: client.folder })
    expect((await get('user')).stdout).toBe('before')
    expect((await get('unrelated')).stdout).toBe('kept')
    expect((await get('key')).stdout).toBe('two')
  })
})
