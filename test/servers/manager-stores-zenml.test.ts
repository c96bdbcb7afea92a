import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type AwsServer, startAws, stopAws } from '../../scripts/servers/aws.ts'
import { startVault, stopVault, type VaultServer } from '../../scripts/servers/vault.ts'
import { installZenml022 } from '../../scripts/servers/zenml-0.22.ts'
import { openAwsStore } from '../../src/backends/aws/store.ts'
import type { SecretStore } from '../../src/backends/secret-store.ts'
import { openVaultStore } from '../../src/backends/vault/store.ts'
import { Concealed } from '../../src/text/concealed.ts'
import { awsOptions, useAwsEnvironment } from '../backends/aws-store.ts'
import { never, newSecret } from '../backends/manager-store.ts'
import { texts } from '../backends/store-contract.ts'
import { vaultOptions } from '../backends/vault-options.ts'
import { openSession, type Session } from './zenml-client/session.ts'

let aws: AwsServer
let vault: VaultServer
let restoreEnvironment: () => void
let client: Session

beforeAll(async () => {
  const { python } = await installZenml022()
  aws = await startAws()
  vault = await startVault()
  restoreEnvironment = useAwsEnvironment(aws.url)
  const env = { TEST_AWS_ENDPOINT: aws.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
  client = openSession({ name: 'stores', python, env })
  await client.zenml('stack', 'set', 'default')
})

afterAll(async () => {
  client.close()
  restoreEnvironment()
  stopVault(vault)
  await stopAws(aws)
})

/** Scope `none` of AWS is left to what ZenML was recorded to store: the emulator does not know its filter. */
const managers = [
  ...['global', 'namespace', 'component'].map(scope => ['aws', scope] as const),
  ...['none', 'global', 'namespace', 'component'].map(scope => ['vault', scope] as const),
]

/** A manager of ZenML's in a stack of its own, which is then the active one, and our store over the same. */
async function prepare(flavor: 'aws' | 'vault', scope: string): Promise<SecretStore> {
  const name = `${flavor}-${scope}`
  const place = {
    aws: ['--region_name=us-east-1'],
    vault: [`--url=${vault.url}`, `--token=${vault.token}`, '--mount_point=secret'],
  }[flavor]
  const scoping = [`--scope=${scope}`, '--namespace=team']
  await client.zenml('secrets-manager', 'register', name, `--flavor=${flavor}`, ...place, ...scoping)
  await client.zenml('stack', 'register', name, '-o', 'default', '-a', 'default', '-x', name, '--set')
  const file = join(client.folder, `${name}.yaml`)
  await client.zenml('stack', 'export', name, file)
  const { id } = parse(readFileSync(file, 'utf8')).components.secrets_manager
  const options = { scope, namespace: 'team', componentId: id, componentName: name }
  if (flavor === 'aws') return openAwsStore(awsOptions(options), { environment: {} })
  const token = new Concealed(vault.token)
  return openVaultStore(vaultOptions({ url: vault.url, token, ...options }), { environment: {} })
}

describe.each(managers)('ZenML 0.22 and our store of the %s manager in scope %s', (flavor, scope) => {
  const stack = `${flavor}-${scope}`
  let store: SecretStore
  beforeAll(async () => {
    store = await prepare(flavor, scope)
  })

  it('read what the other one registered', async () => {
    await store.create({ name: 'ours', values: texts, schema: 'arbitrary', isPrivate: false }, never())
    expect(await client.read(stack, 'ours')).toEqual({ content: Object.fromEntries(texts), schema: 'arbitrary' })
    const pair = { aws_access_key_id: 'a', aws_secret_access_key: 'é' }
    await store.create(newSecret('ours-typed', pair, 'aws'), never())
    expect(await client.read(stack, 'ours-typed')).toEqual({ content: pair, schema: 'aws' })
    const secret = (...args: readonly string[]) => client.zenml('secrets-manager', 'secret', ...args)
    await secret('register', 'theirs', '--k=é "1"', '--blank=')
    expect((await store.read('theirs', never()))?.values).toEqual(
      new Map([
        ['k', 'é "1"'],
        ['blank', ''],
      ]),
    )
    const names = (await store.list(never())).map(({ name }) => name)
    expect(names).toEqual(['ours', 'ours-typed', 'theirs'])
  })

  it('read what the other one changed, and miss what the other one deleted', async () => {
    const secret = (...args: readonly string[]) => client.zenml('secrets-manager', 'secret', ...args)
    await store.update('theirs', { set: new Map([['k', '2']]), remove: new Set(['blank']) }, never())
    expect(await client.read(stack, 'theirs')).toEqual({ content: { k: '2' }, schema: 'arbitrary' })
    await secret('update', 'theirs', '--k=3')
    expect((await store.read('theirs', never()))?.values).toEqual(new Map([['k', '3']]))
    await secret('delete', 'ours', '--yes')
    expect(await store.read('ours', never())).toBeUndefined()
    await store.delete('theirs', never())
    await expect(secret('get', 'theirs')).rejects.toThrow('theirs')
    await store.create(newSecret('ours', { k: '1' }), never())
    expect(await client.read(stack, 'ours')).toEqual({ content: { k: '1' }, schema: 'arbitrary' })
  })
})
