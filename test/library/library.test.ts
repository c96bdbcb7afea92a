import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import {
  type CheckOptions,
  check,
  findSecretUses,
  openSecretStore,
  parseReference,
  type Report,
  SecretStoreError,
  type SecretStoreOptions,
  SettingsError,
} from '../../src/index.ts'
import type { reportSchema } from '../../src/reports/report-schema.ts'
import type { OptionName, options } from '../../src/settings/options.ts'
import { tree } from '../cli/run.ts'
import { secretsFile, stackFile } from '../e2e/stack-files.ts'

const env = {}
const files = {
  'prod.json': stackFile('prod', { slack_token: '{{slack.token}}' }),
  'secrets.txt': secretsFile({ slack: { token: 'abc', user: 'bob' }, empty: {} }),
}

/** `zenml-url` is `zenmlUrl`. */
type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name
type FlagOf<Name extends OptionName> = (typeof options)[Name] extends {
  readonly surfaces: readonly (infer Surface)[]
  readonly group: infer Group
}
  ? 'check' extends Surface
    ? Group extends 'output'
      ? never
      : CamelCase<Name>
    : never
  : never
type Flags = { [Name in OptionName]: FlagOf<Name> }[OptionName]
type Same<A, B> = [A, B] extends [B, A] ? true : false

describe('the library', () => {
  it('takes every option of check that is not about output', () => {
    const complete: Same<Exclude<keyof CheckOptions, 'cwd' | 'env' | 'signal'>, Flags> = true
    expect(complete).toBe(true)
  })

  it('types the report as the published schema has it', () => {
    type Published = z.infer<typeof reportSchema>
    const published: Same<keyof Published, keyof Report> = true
    const counts: Same<keyof Published['counts'], keyof Report['counts']> = true
    const assignable: Published extends Omit<Report, 'references' | 'findings'> ? true : false = true
    expect([published, counts, assignable]).toEqual([true, true, true])
  })

  it('checks as the command line does, and gives the published report', async () => {
    await using folder = await tree(files)
    const report = await check({ cwd: folder.path, env, paths: ['prod.json'], secretsFile: 'secrets.txt' })
    expect(report).toMatchObject({
      version: 1,
      result: 'pass',
      level: 'SECRET_AND_KEY_EXISTS',
      references: [{ secret: 'slack', key: 'token', verdict: 'found', backend: 'local', file: 'prod.json' }],
      findings: [],
    })
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/report-v1.json'), 'utf8'))
    expect(new Ajv2020({ strict: false }).validate(schema, report)).toBe(true)
  })

  it('says what is missing without a value in it', async () => {
    await using folder = await tree({ ...files, 'prod.json': stackFile('prod', { slack_token: '{{slack.tokn}}' }) })
    const report = await check({ cwd: folder.path, env, secretsFile: 'secrets.txt', failOn: 'warning' })
    expect(report.result).toBe('fail')
    expect(report.findings).toMatchObject([
      { kind: 'missing-key', secret: 'slack', key: 'tokn', suggestions: ['token'] },
    ])
    expect(JSON.stringify(report)).not.toContain('abc')
  })

  it('finds secret uses without asking anybody', async () => {
    await using folder = await tree(files)
    const dead = { ZENML_STORE_URL: 'http://127.0.0.1:1', ZENML_SECRET_VALIDATION_LEVEL: 'nonsense' }
    const uses = await findSecretUses({ cwd: folder.path, env: dead })
    expect(uses).toEqual([
      {
        secret: 'slack',
        key: 'token',
        verdict: 'skipped',
        via: 'reference',
        file: 'prod.json',
        start: { line: 5, column: 25 },
        end: { line: 5, column: 40 },
        stack: 'prod',
        component: { type: 'alerter', name: 'slk', flavor: 'slack' },
        attribute: 'slack_token',
      },
    ])
  })

  it.each([
    ['{{a.b}}', undefined, { secret: 'a', key: 'b' }],
    ['{{ a.b }}', undefined, { secret: 'a', key: 'b' }],
    ['{{ a.b }}', '0.39.1', undefined],
    ['x {{a.b}}', undefined, undefined],
  ])('parses %j for ZenML %s', (text, version, expected) => {
    expect(parseReference(text, version)).toEqual(expected)
  })

  it.each([
    [{ secretFile: 'x' }, 'There is no option "secretFile". Did you mean secretsFile?'],
    [{ level: 'ALL' }, 'The option level does not take "ALL".'],
    [{ timeout: 0.5 }, 'The option timeout does not take "0.5".'],
    [{ paths: [1] }, 'The option "paths" is neither text, number, boolean nor a list of texts.'],
    [{ zenmlApiKey: 'can ary' }, 'The option zenmlApiKey cannot be used.'],
    [{ format: 'json' }, 'There is no option "format".'],
    [JSON.parse('{"__proto__": "x"}'), 'There is no option "__proto__".'],
  ])('refuses the options %j', async (wrong, message) => {
    const failure = await check({ env, ...wrong }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SettingsError)
    expect(String(failure)).toContain(message)
    expect(String(failure)).not.toContain('can ary')
  })

  it('ends at the signal of the caller', async () => {
    await using folder = await tree(files)
    await expect(check({ cwd: folder.path, env, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    )
  })
})

/** Named after sentences of ZenML's own page about secrets. */
describe('openSecretStore', () => {
  const open = (cwd: string, more: SecretStoreOptions = {}) => openSecretStore({ cwd, env, ...more })

  it('retrieved_secret = context.stack.secrets_manager.get_secret(<SECRET_NAME>)', async () => {
    await using folder = await tree(files)
    const store = await open(folder.path, { secretsFile: 'secrets.txt' })
    expect((await store.getSecret('slack')).name).toBe('slack')
    expect(store.backend).toBe('local')
    expect(await store.listSecrets()).toEqual(['empty', 'slack'])
  })

  it('retrieved_secret.content will contain a dictionary with all Key-Value pairs within your secret.', async () => {
    await using folder = await tree(files)
    const store = await open(folder.path, { backend: 'local', secretsFile: 'secrets.txt' })
    expect((await store.getSecret('slack')).content).toEqual(
      new Map([
        ['token', 'abc'],
        ['user', 'bob'],
      ]),
    )
  })

  it('This will fail if no secret manager is active or if that secret does not exist.', async () => {
    await using folder = await tree(files)
    await expect(open(folder.path)).rejects.toThrow(SettingsError)
    await expect(open(folder.path)).rejects.toThrow('Nothing says which backend keeps the secrets')
    const store = await open(folder.path, { secretsFile: 'secrets.txt' })
    const failure = await store.getSecret('slak').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SecretStoreError)
    expect(failure).toMatchObject({
      trouble: 'absent',
      message: 'There is no secret with the name "slak". Register it, or correct the name.',
    })
  })

  it('For example a local secrets manager will not work in combination with a remote orchestrator.', async () => {
    const component = (flavor: string, type: string) => ({ configuration: {}, flavor, name: flavor, type })
    await using folder = await tree({
      'prod.json': JSON.stringify({
        components: {
          orchestrator: component('kubeflow', 'orchestrator'),
          secrets_manager: component('local', 'secrets_manager'),
        },
        stack_name: 'prod',
        zenml_version: '0.22.0',
      }),
    })
    const { findings } = await check({ cwd: folder.path, env, static: true })
    expect(findings.map(({ kind }) => kind)).toEqual(['local-secrets-remote-orchestrator'])
  })
})
