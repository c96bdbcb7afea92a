import { describe, expect, it } from 'vitest'
import { SettingsError } from '../../src/settings/settings.ts'
import { makeTree } from '../files/tree.ts'
import { checkTree } from './run.ts'

const first = '30d25383-04a5-4c7b-9092-ddd43df11e54'
const second = 'b600dcf1-c987-4c6d-bcf5-06b4c95f2345'
const noStores = { env: { ZENML_LOCAL_STORES_PATH: '/nonexistent' } }

interface StackText {
  readonly name: string
  readonly version?: string
  /** Lines of the secrets manager, without indentation. */
  readonly manager?: string
}

/** A stack that needs `{{slack.token}}`. */
function stackText({ name, version = '0.22.0', manager }: StackText): string {
  return [
    'components:',
    "  alerter: {flavor: slack, name: slk, configuration: {slack_token: '{{slack.token}}'}}",
    ...(manager === undefined ? [] : [`  secrets_manager: {${manager}}`]),
    `stack_name: ${name}`,
    `zenml_version: ${version}`,
    '',
  ].join('\n')
}

const local = (id: string) => `flavor: local, name: sm, id: ${id}`
const secrets = 'slack: {token: dA==, zenml_schema_name: arbitrary}\n'

describe('the check', () => {
  it('asks one backend for all stacks where a secrets file is given, whatever managers they name', async () => {
    const root = makeTree({
      'a.yaml': stackText({ name: 'a', manager: local(first) }),
      'b.yaml': stackText({ name: 'b', manager: local(second) }),
      'c.yaml': stackText({ name: 'c', manager: 'flavor: aws, name: sm' }),
      'secrets.txt': secrets,
    })
    const { report } = await checkTree(root, { 'secrets-file': 'secrets.txt' })
    expect(report.backends).toEqual([{ name: 'local', description: 'local secrets file secrets.txt' }])
    expect(report.counts).toMatchObject({ files: 3, stacks: 3, found: 3, errors: 0 })
  })

  it('else asks each stack’s own local manager', async () => {
    const root = makeTree({
      'a.yaml': stackText({ name: 'a', manager: local(first) }),
      'b.yaml': stackText({ name: 'b', manager: local(second) }),
      [`stores/${first}/secrets.yaml`]: secrets,
      [`stores/${second}/secrets.yaml`]: '{}',
    })
    const { report, exit } = await checkTree(root, {}, { env: { ZENML_LOCAL_STORES_PATH: `${root}/stores` } })
    expect(report.backends.map(({ description }) => description)).toEqual([
      `local secrets manager ${first}`,
      `local secrets manager ${second}`,
    ])
    expect(report.uses.map(({ stack, verdict }) => [stack, verdict])).toEqual([
      ['a', 'found'],
      ['b', 'missing'],
    ])
    expect(exit).toBe(1)
  })

  it('asks a backend chosen by name, whatever manager a stack names', async () => {
    const root = makeTree({ 'a.yaml': stackText({ name: 'a', manager: 'flavor: own, name: sm' }) })
    const { report } = await checkTree(root, { backend: 'local', 'component-id': first }, noStores)
    expect(report.backends).toEqual([{ name: 'local', description: `local secrets manager ${first}` }])
  })

  it('takes an absent file of a manager for no answer, never for no secret', async () => {
    const root = makeTree({ 'a.yaml': stackText({ name: 'a', manager: local(first) }) })
    const { report, exit } = await checkTree(root, {}, noStores)
    expect(report.uses).toMatchObject([{ verdict: 'unverified', backend: 'local' }])
    expect([report.result, exit]).toEqual(['unverified', 3])
    expect((await checkTree(root, { 'on-unverified': 'warn' }, noStores)).exit).toBe(0)
  })

  it('never follows the path of a secrets file in a stack file', async () => {
    const root = makeTree({ 'stolen.txt': secrets })
    const manager = `flavor: local, name: sm, configuration: {secrets_file: ${root}/stolen.txt}`
    const tree = makeTree({ 'a.yaml': stackText({ name: 'a', manager }) })
    expect((await checkTree(tree, {}, noStores)).report.uses).toMatchObject([{ verdict: 'unverified' }])
  })

  it('takes a secrets manager of an unknown flavor for no answer', async () => {
    const root = makeTree({ 'a.yaml': stackText({ name: 'a', manager: 'flavor: own, name: sm' }) })
    const { report } = await checkTree(root)
    expect(report.backends).toEqual([{ name: 'own', description: 'a secrets manager of flavor own' }])
    expect(report.findings).toMatchObject([{ severity: 'error', finding: { kind: 'unverified' } }])
    expect(report.result).toBe('unverified')
  })

  it.each([
    ['0.22.0', {}, 'no-secrets-manager'],
    ['0.33.9', {}, 'no-secrets-manager'],
    ['0.34.0', {}, 'not-configured'],
    ['0.98.0', {}, 'not-configured'],
    ['0.22.0', { 'secrets-file': 'secrets.txt' }, 'no-secrets-manager'],
    ['0.34.0', { 'secrets-file': 'secrets.txt' }, undefined],
    ['0.22.0', { backend: 'local', 'secrets-file': 'secrets.txt' }, undefined],
    ['0.98.0', { 'zenml-version': '0.22.0' }, 'no-secrets-manager'],
    ['0.22.0', { level: 'NONE' }, undefined],
  ])('of a stack of ZenML %s without a secrets manager, options %j, says: %s', async (version, options, reason) => {
    const root = makeTree({ 'a.yaml': stackText({ name: 'a', version }), 'secrets.txt': secrets })
    const { report, exit } = await checkTree(root, options)
    expect(report.findings.map(({ finding }) => finding)).toEqual(
      reason === undefined
        ? []
        : [
            {
              kind: 'no-backend',
              reason,
              uses: 1,
              place: { file: 'a.yaml', span: { start: { line: 3, column: 13 }, end: { line: 3, column: 14 } } },
              excerpt: { before: 'stack_name: ', marked: 'a', after: '' },
              stack: 'a',
            },
          ],
    )
    expect(exit).toBe(reason === undefined ? 0 : 1)
  })

  it('needs no backend where nothing needs a secret', async () => {
    const root = makeTree({ 'a.yaml': stackText({ name: 'a' }).replace('{{slack.token}}', '') })
    const { report } = await checkTree(root)
    expect(report).toMatchObject({ result: 'pass', findings: [], backends: [], counts: { stacks: 1, references: 0 } })
  })

  it('at level NONE makes no backend and fails nothing, but lists what the files show', async () => {
    const text = stackText({ name: 'a', manager: local(first) }).replace('{{slack.token}}', 'x{{slack.token}}')
    const root = makeTree({ 'a.yaml': stackText({ name: 'b', manager: local(first) }), 'b.yaml': text })
    const { report, exit } = await checkTree(root, { level: 'NONE', 'fail-on': 'warning', 'secrets-file': 'absent' })
    expect(report.backends).toEqual([])
    expect(report.uses).toMatchObject([{ verdict: 'skipped', backend: undefined }])
    expect(report.findings).toMatchObject([{ severity: 'warning', finding: { kind: 'embedded-reference' } }])
    expect([report.result, exit]).toEqual(['pass', 0])
  })

  it.each([
    ['a path that does not exist', { paths: 'absent.yaml' }, '"absent.yaml" matches no file.'],
    ['a glob that matches nothing', { paths: ['a.yaml', 'x/*.yaml'] }, '"x/*.yaml" matches no file.'],
    ['a level that is none of the three', { level: 'none' }, '--level does not take "none".'],
    ['a backend nobody knows', { backend: 'keepass' }, '--backend does not take "keepass".'],
    ['a pattern that cannot be read', { exclude: '!(a' }, '"!(a" cannot be excluded.'],
  ])('cannot run with %s', async (_, options, problem) => {
    const root = makeTree({ 'a.yaml': stackText({ name: 'a' }) })
    await expect(checkTree(root, options)).rejects.toThrow(SettingsError)
    await expect(checkTree(root, options)).rejects.toThrow(problem)
  })

  it('gives the same report twice', async () => {
    const root = makeTree({
      'b.yaml': stackText({ name: 'b' }),
      'a.yaml': stackText({ name: 'a' }),
      'secrets.txt': '{}',
    })
    const options = { backend: 'local', 'secrets-file': 'secrets.txt' }
    const { report } = await checkTree(root, options)
    expect(report.uses.map(({ stack }) => stack)).toEqual(['a', 'b'])
    expect((await checkTree(root, options)).report).toEqual(report)
  })
})
