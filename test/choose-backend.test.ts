import { describe, expect, it } from 'vitest'
import { chooseBackend } from '../src/choose-backend.ts'
import { resolveSettings } from '../src/settings/resolve.ts'
import { checkSurface } from '../src/settings/surface.ts'
import type { Component, Stack } from '../src/stacks/stack.ts'

const start = { line: 1, column: 1 }
const place: Stack['place'] = { file: 'stack.yaml', span: { start, end: start } }
const id = '30d25383-04a5-4c7b-9092-ddd43df11e54'

function stack(zenmlVersion: string | undefined, flavor?: string, configuration: Record<string, string> = {}): Stack {
  const attributes = Object.entries(configuration).map(([name, value]) => ({ path: [name], value, place }))
  const manager: Component = {
    type: 'secrets_manager',
    name: 'sm',
    flavor,
    id,
    place,
    attributes,
    nameAttribute: undefined,
  }
  return { name: 'prod', zenmlVersion, place, components: flavor === undefined ? [] : [manager] }
}

function choose(of: Stack | undefined, options: Readonly<Record<string, string>> = {}) {
  const raw = new Map(Object.entries(options).map(([name, text]) => [name, [text]]))
  const surroundings = { env: {}, cwd: '/repo', homedir: '/home/ann', platform: 'linux' }
  return chooseBackend(of, resolveSettings(checkSurface, raw, surroundings).settings)
}

describe('the choice of a backend', () => {
  it.each([
    ['nothing at all', stack('0.98.0'), {}, { kind: 'none' }],
    ['a secrets file, whatever the stack has', stack('0.22.0', 'aws'), { 'secrets-file': 's.yaml' }, { name: 'local' }],
    ['the manager of the stack', stack('0.22.0', 'aws'), {}, { kind: 'backend', name: 'aws' }],
    ['a manager under its old name', stack('0.13.2', 'azure_key_vault'), {}, { kind: 'backend', name: 'azure' }],
    ['a manager nobody can ask', stack('0.22.0', 'custom'), {}, { kind: 'unsupported', flavor: 'custom' }],
    ['the server without a manager', stack('0.98.0'), { 'zenml-url': 'https://z.test' }, { name: 'zenml' }],
    [
      'both, where the version had both',
      stack('0.40.0', 'aws'),
      { 'zenml-url': 'https://z.test' },
      { kind: 'store-first' },
    ],
    [
      'the manager before there was a store',
      stack('0.22.0', 'aws'),
      { 'zenml-url': 'https://z.test' },
      { kind: 'backend' },
    ],
    ['the one other that has options', stack('0.98.0'), { 'vault-url': 'https://v.test' }, { name: 'vault' }],
    [
      'none of two others',
      stack('0.98.0'),
      { 'vault-url': 'https://v.test', 'aws-region': 'eu-west-1' },
      { kind: 'none' },
    ],
    ['the one named, for every stack', stack('0.22.0', 'aws'), { backend: 'gcp' }, { kind: 'backend', name: 'gcp' }],
  ])('is %s', (_, of, options, expected) => {
    expect(choose(of, options)).toMatchObject(expected)
  })

  describe('for a registered stack', () => {
    const registered = (of: Stack): Stack => ({ ...of, place: { url: 'https://z.test/stacks/1' } })
    const url = { 'zenml-url': 'https://z.test' }

    it.each([
      ['its server', stack('0.98.0'), {}, { kind: 'backend', name: 'zenml' }],
      ['its server, whatever secrets file is given', stack('0.98.0'), { 'secrets-file': 's.yaml' }, { name: 'zenml' }],
      ['the one named', stack('0.98.0'), { backend: 'aws' }, { kind: 'backend', name: 'aws' }],
      ['both, where its server had both', stack('0.40.0', 'aws'), {}, { kind: 'store-first', name: 'aws' }],
      ['what its server says it is', stack('0.40.0', 'aws'), { 'zenml-version': '0.22.0' }, { kind: 'store-first' }],
    ])('is %s', (_, of, options, expected) => {
      expect(choose(registered(of), { ...url, ...options })).toMatchObject(expected)
    })
  })

  it('takes names from the file, which are more exact than settings', () => {
    const of = stack('0.22.0', 'aws', { region_name: 'eu-west-1', scope: 'namespace', namespace: 'team' })
    expect(choose(of, { 'aws-region': 'us-east-1', scope: 'global' })).toMatchObject({
      options: { aws: { region: 'eu-west-1', scope: 'namespace', namespace: 'team', componentId: undefined } },
    })
  })

  it('never takes an address or a credential from the file', () => {
    const of = stack('0.22.0', 'vault', { url: 'https://evil.test', token: 'hvs.x', mount_point: 'kv' })
    expect(choose(of)).toMatchObject({ options: { vault: { url: undefined, token: undefined, mount: 'kv' } } })
    const azure = choose(stack('0.22.0', 'azure', { key_vault_name: 'evil' }))
    expect(azure).toMatchObject({ options: { azure: { vaultUrl: undefined, vaultName: 'evil' } } })
  })

  it.each([
    [{}, { kind: 'none' }],
    [
      { 'secrets-file': 's.yaml', 'zenml-url': 'https://z.test' },
      { kind: 'backend', name: 'local' },
    ],
    [
      { 'zenml-url': 'https://z.test', 'vault-url': 'https://v.test' },
      { kind: 'backend', name: 'zenml' },
    ],
    [{ 'vault-url': 'https://v.test' }, { kind: 'backend', name: 'vault' }],
    [{ backend: 'gcp' }, { kind: 'backend', name: 'gcp' }],
  ])('follows the same order outside any stack: %j', (options, expected) => {
    expect(choose(undefined, options)).toMatchObject(expected)
  })
})
