import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type AwsServer, startAws, stopAws } from '../../scripts/servers/aws.ts'
import { callVault, startVault, stopVault, type VaultServer } from '../../scripts/servers/vault.ts'
import { installZenml022 } from '../../scripts/servers/zenml-0.22.ts'
import { callAws, type StoredSecret, useAwsEnvironment } from '../backends/aws-store.ts'
import { run } from '../cli/run.ts'
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
  const env = { TEST_AWS_ENDPOINT: aws.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', COLUMNS: '200' }
  client = openSession({ name: 'interop', python, env })
  await client.zenml('stack', 'set', 'default')
})

afterAll(async () => {
  client.close()
  restoreEnvironment()
  stopVault(vault)
  await stopAws(aws)
})

interface Manager {
  readonly flavor: 'local' | 'aws' | 'vault'
  readonly scope: 'none' | 'global' | 'namespace' | 'component'
}

const scopes = ['global', 'namespace', 'component'] as const

/** Scope `none` of AWS is left to what ZenML was recorded to store: the emulator does not know its filter. */
const managers: readonly Manager[] = [
  { flavor: 'local', scope: 'none' },
  ...scopes.map(scope => ({ flavor: 'aws', scope }) as const),
  ...(['none', ...scopes] as const).map(scope => ({ flavor: 'vault', scope }) as const),
]

/** In an order that is not that of the alphabet. */
const odd = {
  quotes: `it's "one" \\ \`two\``,
  lines: 'one\ntwo\r\n\tthree\n',
  unicode: 'é ключ 🔑 \u2028\u0085',
  empty: '',
  blank: ' with blanks ',
  equals: 'a=b==',
  digits: '007',
  word: 'yes',
  braces: '{{a.b}} ${c} %d {"d": null}',
}
const typed = { aws_access_key_id: 'AKIA"1"', aws_secret_access_key: 'é\n' }

const pairs = (content: Readonly<Record<string, string>>) =>
  Object.entries(content).map(([key, value]) => `--${key}=${value}`)

/** A command of ZenML's own over the secrets manager of the active stack. */
const zenml = (...args: readonly string[]) => client.zenml('secrets-manager', 'secret', ...args)
const zenmlShows = (...args: readonly string[]) => client.show('secrets-manager', 'secret', ...args)

/** Makes a secrets manager of ZenML's and the stack of its name, which is then the active one; its id. */
async function prepare({ flavor, scope }: Manager, stack: string): Promise<string> {
  const scoping = [`--scope=${scope}`, '--namespace=team']
  const options = {
    local: [],
    aws: ['--region_name=us-east-1', ...scoping],
    vault: [`--url=${vault.url}`, `--token=${vault.token}`, '--mount_point=secret', ...scoping],
  }[flavor]
  await client.zenml('secrets-manager', 'register', stack, `--flavor=${flavor}`, ...options)
  await client.zenml('stack', 'register', stack, '-o', 'default', '-a', 'default', '-x', stack, '--set')
  const file = join(client.folder, `${stack}.yaml`)
  await client.zenml('stack', 'export', stack, file)
  return parse(readFileSync(file, 'utf8')).components.secrets_manager.id
}

describe.each(managers)('with the $flavor manager in scope $scope', ({ flavor, scope }) => {
  const stack = `interop-${flavor}-${scope}`
  let id: string
  beforeAll(async () => {
    id = await prepare({ flavor, scope }, stack)
  })

  /** Our own command over the same secrets. */
  const ours = (command: string, ...args: readonly string[]) => {
    const scoping = ['--scope', scope, '--scope-namespace', 'team']
    const place = {
      local: [],
      aws: ['--aws-region', 'us-east-1', ...scoping],
      vault: ['--vault-url', vault.url, '--vault-mount', 'secret', ...scoping],
    }[flavor]
    const ofAws = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'))
    const config = { ZENML_CONFIG_PATH: join(client.folder, 'config') }
    const env = { ...Object.fromEntries(ofAws), VAULT_TOKEN: vault.token, ...config }
    return run(['secret', command, ...args, ...place, '--component-id', id], { cwd: client.folder, env })
  }

  /** The same, where it has to succeed; what it printed. */
  const oursPrints = async (command: string, ...args: readonly string[]) => {
    const { code, stdout, stderr } = await ours(command, ...args)
    expect(code, stderr).toBe(0)
    return stdout
  }

  /** The payload and the tags as the service holds them, without what tells two secrets of a manager apart. */
  const stored = async (name: string) => {
    const path = {
      none: '',
      global: 'zenml/global/',
      namespace: 'zenml/namespace/team/',
      component: `zenml/component/${id}/`,
    }
    if (flavor === 'local') {
      const text = readFileSync(join(client.folder, 'config/local_stores', id, 'secrets.yaml'), 'utf8')
      return { payload: parse(text)[name] }
    }
    if (flavor === 'vault') {
      const { data } = await callVault(vault, 'GET', `secret/data/${path[scope]}${name}`)
      return { payload: data.data }
    }
    const SecretId = path[scope] + name
    const { SecretString: payload } = (await callAws(aws.url, 'GetSecretValue', { SecretId })) as StoredSecret
    const { Tags = [] } = (await callAws(aws.url, 'DescribeSecret', { SecretId })) as StoredSecret
    // The name of the component is nothing that our command is told.
    const tags = Tags.filter(({ Key }) => Key !== 'zenml_secret_name' && Key !== 'zenml_component_name')
    return { payload, tags }
  }

  it('ZenML 0.22 reads what our command registered', async () => {
    await oursPrints('register', 'ours', ...pairs(odd))
    await oursPrints('register', 'ours-typed', '--schema=aws', ...pairs(typed))
    expect(await client.read(stack, 'ours')).toEqual({ content: odd, schema: 'arbitrary' })
    expect(await client.read(stack, 'ours-typed')).toEqual({ content: typed, schema: 'aws' })
    const shown = await zenmlShows('get', 'ours')
    for (const text of [odd.quotes, 'é ключ 🔑', odd.equals, odd.digits, odd.braces]) expect(shown).toContain(text)
    expect(await zenmlShows('get', 'ours-typed')).toContain('AKIA"1"')
    const names = await zenmlShows('list')
    expect(names.match(/[a-z-]+(?= *┃\n)/g)).toEqual(['ours', 'ours-typed'])
  })

  it('our command reads what ZenML 0.22 registered', async () => {
    await zenml('register', 'theirs', ...pairs(odd))
    await zenml('register', 'theirs-typed', '--schema=aws', ...pairs(typed))
    for (const [key, value] of Object.entries(odd)) {
      expect(await oursPrints('get', 'theirs', '--key', key)).toBe(value)
    }
    expect(await oursPrints('get', 'theirs-typed', '--key', 'aws_secret_access_key')).toBe(typed.aws_secret_access_key)
    expect((await oursPrints('list', '--format', 'names')).trim().split('\n')).toEqual([
      'ours',
      'ours-typed',
      'theirs',
      'theirs-typed',
    ])
  })

  it('both store the same', async () => {
    expect(await stored('ours')).toEqual(await stored('theirs'))
    expect(await stored('ours-typed')).toEqual(await stored('theirs-typed'))
  })

  it('our update keeps schema, tags and the other keys, and ZenML 0.22 reads it', async () => {
    const before = await stored('theirs-typed')
    await oursPrints('update', 'theirs-typed', '--aws_session_token=x "y"', '--aws_access_key_id=')
    const after = await stored('theirs-typed')
    expect({ ...after, payload: undefined }).toEqual({ ...before, payload: undefined })
    const content = { ...typed, aws_access_key_id: '', aws_session_token: 'x "y"' }
    expect(await client.read(stack, 'theirs-typed')).toEqual({ content, schema: 'aws' })
    expect(await zenmlShows('get', 'theirs-typed')).toContain('x "y"')
    await oursPrints('update', 'theirs', '--unicode=ü\n', '-r', 'blank', '-r', 'empty')
    const { blank: _blank, empty: _empty, ...rest } = odd
    expect(await client.read(stack, 'theirs')).toEqual({ content: { ...rest, unicode: 'ü\n' }, schema: 'arbitrary' })
  })

  it('ZenML 0.22 updates what our command registered, and ours reads it', async () => {
    await zenml('update', 'ours', '--empty=full "now"', '--added=\n')
    const content = { ...odd, empty: 'full "now"', added: '\n' }
    for (const key of ['empty', 'added', 'quotes', 'lines'] as const) {
      expect(await oursPrints('get', 'ours', '--key', key)).toBe(content[key])
    }
  })

  it('neither registers over what the other one holds, and each misses what the other one deleted', async () => {
    const { code, stderr } = await ours('register', 'theirs', '--k=1')
    expect([code, stderr]).toEqual([1, expect.stringContaining('"theirs"')])
    await expect(zenml('register', 'ours', '--k=1')).rejects.toThrow("A secret with name 'ours' already exists")
    await oursPrints('delete', 'theirs', '--yes')
    await expect(zenml('get', 'theirs')).rejects.toThrow('does not exist')
    await zenml('delete', 'ours', '--yes')
    expect((await ours('get', 'ours', '--key', 'word')).code).toBe(1)
    await zenml('register', 'theirs', '--k=again')
    await oursPrints('register', 'ours', '--k=again')
    expect(await oursPrints('get', 'theirs', '--key', 'k')).toBe('again')
    expect(await client.read(stack, 'ours')).toEqual({ content: { k: 'again' }, schema: 'arbitrary' })
  })

  it('ZenML 0.22 finds under its new name what our command renamed, its schema included', async () => {
    await oursPrints('rename', 'theirs-typed', '-n', 'renamed')
    const content = { ...typed, aws_access_key_id: '', aws_session_token: 'x "y"' }
    expect(await client.read(stack, 'renamed')).toEqual({ content, schema: 'aws' })
    await expect(zenml('get', 'theirs-typed')).rejects.toThrow('does not exist')
  })
})
