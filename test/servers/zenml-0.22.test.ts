import { globSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AwsServer, startAws, stopAws } from '../../scripts/servers/aws.ts'
import { startVault, stopVault, type VaultServer } from '../../scripts/servers/vault.ts'
import { installZenml022 } from '../../scripts/servers/zenml-0.22.ts'
import type { Level } from '../../src/validation/level.ts'
import { callAws, useAwsEnvironment } from '../backends/aws-store.ts'
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
  const env = { TEST_AWS_ENDPOINT: aws.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
  client = openSession({ name: '0.22', python, env })
  await client.zenml('stack', 'set', 'default')
  await client.zenml('alerter', 'flavor', 'register', 'probe.ProbeFlavor')
  const config = Object.entries(references).map(([attribute, reference]) => `--${attribute}={{${reference}}}`)
  await client.zenml('alerter', 'register', 'alerter', '--flavor=probe', ...config)
  // Every stack is filled before any is checked, so that secrets of other managers are there to be mistaken.
  for (const manager of managers) await fill(manager)
})

afterAll(async () => {
  client.close()
  restoreEnvironment()
  stopVault(vault)
  await stopAws(aws)
})

const references = {
  one: 'full.k',
  two: 'full.absent',
  three: 'full.K',
  four: 'absent.k',
  five: 'odd.blank',
  six: 'typed.aws_access_key_id',
  seven: 'typed.aws_session_token',
  eight: 'only-in-global.k',
  nine: 'only-in-namespace.k',
  ten: 'only-in-component.k',
} as const

interface Manager {
  readonly flavor: 'local' | 'aws' | 'vault'
  readonly scope: string
}

const scopes = ['global', 'namespace', 'component'] as const

/** Scope `none` of AWS is left to what ZenML was recorded to store: the emulator does not know its filter. */
const managers: readonly Manager[] = [
  { flavor: 'local', scope: 'none' },
  ...scopes.map(scope => ({ flavor: 'aws', scope }) as const),
  ...['none', ...scopes].map(scope => ({ flavor: 'vault', scope }) as const),
]

/** A stack of its own for a manager, and secrets in it as users register them. */
async function fill({ flavor, scope }: Manager): Promise<void> {
  const name = `${flavor}-${scope}`
  const scoping = [`--scope=${scope}`, '--namespace=team']
  const options = {
    local: [],
    aws: ['--region_name=us-east-1', ...scoping],
    vault: [`--url=${vault.url}`, `--token=${vault.token}`, '--mount_point=secret', ...scoping],
  }
  await client.zenml('secrets-manager', 'register', name, `--flavor=${flavor}`, ...options[flavor])
  await client.zenml('stack', 'register', name, '-o', 'default', '-a', 'default', '-al', 'alerter', '-x', name, '--set')
  const secret = (...args: readonly string[]) => client.zenml('secrets-manager', 'secret', 'register', ...args)
  await secret('full', '--k=1')
  await secret('odd', '--blank=', '--other=é')
  await secret('typed', '--schema=aws', '--aws_access_key_id=1', '--aws_secret_access_key=2')
  await secret(`only-in-${scope}`, '--k=1')
}

/** What ZenML's check calls missing, as `name.key`. */
async function missingForZenml(stack: string, level: Level): Promise<readonly string[]> {
  const error = await client.validate(stack, level)
  if (error === undefined) return []
  if (!error.startsWith('StackValidationError: Missing secrets for stack: ')) {
    throw new Error(`ZenML's check says something else: ${error}`)
  }
  const list = error.matchAll(/SecretReference\(name='(.*?)', key='(.*?)'\)/g)
  return [...list].map(([, name, key]) => `${name}.${key}`).toSorted()
}

async function check({ flavor, scope }: Manager, level: Level, stack = `${flavor}-${scope}`) {
  const file = join(client.folder, `${stack}.yaml`)
  await client.zenml('stack', 'export', stack, file)
  const [secretsFile = ''] = globSync(join(client.folder, 'config/local_stores/*/secrets.yaml'))
  const place = flavor === 'local' ? ['--secrets-file', secretsFile] : []
  const args = ['check', file, ...place, '--level', level, '--format', 'json']
  const ofAws = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'))
  const env = { ...Object.fromEntries(ofAws), VAULT_ADDR: vault.url, VAULT_TOKEN: vault.token }
  const { code, stdout, stderr } = await run(args, { cwd: client.folder, env })
  if (stdout === '') throw new Error(`The check gave no report: ${stderr}`)
  const uses: readonly Use[] = JSON.parse(stdout).references
  const verdicts = new Map(uses.map(({ secret, key, verdict }) => [`${secret}.${key}`, verdict]))
  const missing = [...verdicts].filter(([, verdict]) => verdict === 'missing' || verdict === 'key_missing')
  return { code, verdicts, missing: missing.map(([name]) => name).toSorted() }
}

interface Use {
  readonly secret: string
  readonly key: string
  readonly verdict: string
}

describe.each(managers)('secrets that ZenML 0.22 registered with $flavor in scope $scope', manager => {
  const { flavor, scope } = manager
  const elsewhere = ['only-in-component.k', 'only-in-global.k', 'only-in-namespace.k'].filter(
    reference => reference !== `only-in-${scope}.k`,
  )
  const expected: Readonly<Record<Level, readonly string[]>> = {
    NONE: [],
    SECRET_EXISTS: ['absent.k', ...elsewhere],
    SECRET_AND_KEY_EXISTS: ['absent.k', 'full.K', 'full.absent', ...elsewhere, 'typed.aws_session_token'],
  }

  it.each(['NONE', 'SECRET_EXISTS', 'SECRET_AND_KEY_EXISTS'] as const)(
    "are judged as ZenML's own check judges them at level %s",
    async level => {
      expect(await missingForZenml(`${flavor}-${scope}`, level)).toEqual(expected[level])
      const { code, missing, verdicts } = await check(manager, level)
      expect(missing).toEqual(expected[level])
      const rest = Object.values(references).filter(reference => !expected[level].includes(reference))
      const verdict = level === 'NONE' ? 'skipped' : 'found'
      expect(rest.map(reference => verdicts.get(reference))).toEqual(rest.map(() => verdict))
      expect(code).toBe(level === 'NONE' ? 0 : 1)
    },
  )
})

it('a secret of AWS that carries the tags of its scope alone is found by ZenML 0.22 and by us', async () => {
  const Tags = [{ Key: 'zenml_scope', Value: 'global' }]
  const SecretString = JSON.stringify({ k: '1', zenml_schema_name: 'arbitrary' })
  await callAws(aws.url, 'CreateSecret', { Name: 'zenml/global/by-hand', SecretString, Tags })
  await client.zenml('alerter', 'register', 'by-hand', '--flavor=probe', '--one={{by-hand.k}}')
  const components = ['-o', 'default', '-a', 'default', '-al', 'by-hand', '-x', 'aws-global']
  await client.zenml('stack', 'register', 'by-hand', ...components)
  expect(await missingForZenml('by-hand', 'SECRET_AND_KEY_EXISTS')).toEqual([])
  const { verdicts } = await check({ flavor: 'aws', scope: 'global' }, 'SECRET_AND_KEY_EXISTS', 'by-hand')
  expect([...verdicts]).toEqual([['by-hand.k', 'found']])
})
