import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GcpServer, startGcp } from '../../scripts/servers/gcp.ts'
import { gcpStore, writeCredentials } from '../backends/gcp-store.ts'
import { componentId, managerScopes } from '../backends/manager-store.ts'
import { describeStoreContract } from '../backends/store-contract.ts'
import { temporaryDirectory } from '../backends/temporary.ts'

let server: GcpServer
let directory: ReturnType<typeof temporaryDirectory>
let credentials: string

beforeAll(async () => {
  server = await startGcp()
  directory = temporaryDirectory()
  credentials = writeCredentials(server, directory.path)
})

afterAll(async () => {
  directory.remove()
  await server.close()
})

for (const [scope, options] of Object.entries(managerScopes)) {
  describeStoreContract(`gcp, scope ${scope}, on the contract fake`, () => {
    server.reset()
    return {
      create: () => gcpStore({ server, credentials }, { componentId, ...options }),
      legalNames: ['under_score', '-', '0', 'x'.repeat(63)],
      illegalNames: ['Upper', 'a.b', ''],
      keepsSchema: true,
      cleanup: () => server.reset(),
    }
  })
}

describe('what writes to the contract fake of Google Secret Manager', () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, '../fixtures/schemas/gcp-secretmanager.v1.json'), 'utf8'),
  )
  const ajv = new Ajv({ strict: false }).addSchema(schema, 'google')

  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${server.url}/v1/projects/demo/secrets${path}`, {
      method,
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    expect(response.status).toBe(200)
    return response.json()
  }
  const judge = (type: string, value: unknown) => {
    const validate = ajv.getSchema(`google#/definitions/${type}`)
    expect([validate?.(value), validate?.errors]).toEqual([true, null])
  }

  it("is sent and answered as Google's own description has it", async () => {
    const secret = { replication: { automatic: {} }, labels: { zenml_scope: 'global' } }
    judge('Secret', secret)
    judge('Secret', await send('POST', '?secretId=a', secret))
    judge('SecretVersion', await send('POST', '/a:addVersion', { payload: { data: 'e30=' } }))
    judge('AccessSecretVersionResponse', await send('GET', '/a/versions/1:access'))
    expect(await send('DELETE', '/a')).toEqual({})
  })
})
