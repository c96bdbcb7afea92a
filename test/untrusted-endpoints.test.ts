import { describe, expect, it } from 'vitest'
import { renderJson } from '../src/reports/json.ts'
import { checkTree, type Options } from './check/run.ts'
import { makeTree } from './files/tree.ts'

const id = '30d25383-04a5-4c7b-9092-ddd43df11e54'

interface Manager {
  readonly flavor: string
  readonly configuration?: string
  readonly id?: string
}

function tree({ flavor, configuration = '', id: own = '' }: Manager, needs = '{{slack.token}}') {
  return makeTree({
    'stack.yaml': [
      'stack_name: prod',
      'components:',
      `  alerter: {flavor: slack, name: slk, configuration: {slack_token: '${needs}'}}`,
      '  secrets_manager:',
      `    id: '${own}'`,
      '    name: sm',
      `    flavor: ${flavor}`,
      '    configuration:',
      `      ${configuration}`,
      'zenml_version: 0.30.0',
      '',
    ].join('\n'),
    'secrets.yaml': '{}',
  })
}

/** With nothing listening where it asks. */
async function endpoints(root: string, options: Options = {}, env: Readonly<Record<string, string>> = {}) {
  const { report } = await checkTree(root, options, { env: { ZENML_LOCAL_STORES_PATH: '/stores', ...env } })
  const findings = report.findings.flatMap(({ finding }) => (finding.kind === 'untrusted-endpoint' ? [finding] : []))
  return { findings, json: renderJson(report) }
}

const vaultAt = { 'vault-url': 'http://127.0.0.1:9', 'vault-token': 'x', scope: 'global' }
const azureAt = { 'azure-vault-url': 'http://127.0.0.1:9' }

// Most of the time goes by waiting for an address where nobody answers.
describe.concurrent('an address in a stack file', () => {
  it('is said to differ from the one that was asked', async () => {
    const { findings } = await endpoints(tree({ flavor: 'vault', configuration: 'url: https://a.test' }), vaultAt)
    expect(findings).toEqual([
      {
        kind: 'untrusted-endpoint',
        address: 'https://a.test',
        option: 'vault-url',
        backend: 'Vault http://127.0.0.1:9, secret',
        place: { file: 'stack.yaml', span: { start: { line: 9, column: 12 }, end: { line: 9, column: 26 } } },
        excerpt: { before: '      url: ', marked: '***', after: '' },
        stack: 'prod',
        component: { type: 'secrets_manager', name: 'sm', flavor: 'vault' },
        attribute: 'url',
      },
    ])
  })

  it.each([
    ['vault', 'url: https://a.test', {}, { address: 'https://a.test', backend: undefined }],
    ['vault', 'url: a.test', vaultAt, { address: 'a.test' }],
    ['vault', 'url: http://127.0.0.1:9/other', vaultAt, { address: 'http://127.0.0.1:9/other' }],
    ['azure', 'key_vault_name: team', azureAt, { address: 'team', option: 'azure-vault-url' }],
    ['azure_key_vault', 'key_vault_name: team', {}, { address: 'team', backend: undefined }],
    ['local', 'secrets_file: /home/ann/secrets.yaml', {}, { option: 'secrets-file', backend: undefined }],
    ['vault', '{url: https://a.test, url: https://b.test}', vaultAt, { address: 'https://b.test' }],
  ])('is said of %s with %s, options %j', async (flavor, configuration, options, expected) => {
    const { findings } = await endpoints(tree({ flavor, configuration }), options)
    expect(findings).toMatchObject([expected])
    expect(findings[0]).toHaveProperty('backend', 'backend' in expected ? undefined : expect.any(String))
  })

  it.each([
    ['is the one that is asked', 'vault', 'url: http://127.0.0.1:9/', vaultAt],
    ['is the vault that is asked', 'azure', 'key_vault_name: "127"', azureAt],
    [
      'matters to another backend than the one asked',
      'vault',
      'url: https://a.test',
      { 'secrets-file': 'secrets.yaml' },
    ],
    ['is a file, and another is given', 'local', 'secrets_file: /x.yaml', { 'secrets-file': 'secrets.yaml' }],
    ['is empty', 'local', "secrets_file: ''", {}],
    ['is left to a program', 'vault', 'url: ${VAULT_ADDR}', vaultAt],
    ['is left to a reader', 'vault', 'url: <address>', vaultAt],
    ['is a reference', 'vault', "url: '{{vault.url}}'", vaultAt],
    ['is no text', 'vault', 'url: 5', vaultAt],
    ['is nested', 'vault', 'extra: {url: https://a.test}', vaultAt],
    [
      'is of a manager without addresses',
      'aws',
      'url: https://a.test',
      { 'aws-region': 'eu-west-1', backend: 'local' },
    ],
    ['is of a flavor nobody knows', 'constructor', 'url: https://a.test', {}],
    ['is not asked at level NONE', 'vault', 'url: https://a.test', { ...vaultAt, level: 'NONE' }],
  ])('is nothing to report where it %s', async (_, flavor, configuration, options: Options) => {
    expect((await endpoints(tree({ flavor, configuration }), options)).findings).toEqual([])
  })

  it('is nothing to report where nothing is asked, or where it is the file ZenML would make itself', async () => {
    const vault = tree({ flavor: 'vault', configuration: 'url: https://a.test' }, 'plain')
    expect((await endpoints(vault, vaultAt)).findings).toEqual([])
    const path = (name: string) => `secrets_file: /stores/${name}/secrets.yaml`
    const own = tree({ flavor: 'local', id, configuration: path(id) })
    expect((await endpoints(own)).findings).toEqual([])
    const other = await endpoints(tree({ flavor: 'local', id, configuration: path('other') }))
    expect(other.findings).toMatchObject([{ backend: `local secrets manager ${id}` }])
  })

  it.each(['https://ann:hunter2@a.test/x?token=hunter2#hunter2', 'ann:hunter2@a.test', 'a.test?token=hunter2'])(
    'never shows the credentials in %s',
    async url => {
      const { findings, json } = await endpoints(tree({ flavor: 'vault', configuration: `url: '${url}'` }), vaultAt)
      expect(findings).toHaveLength(1)
      expect(json).not.toContain('hunter2')
    },
  )
})
