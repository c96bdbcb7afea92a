import { afterEach, describe, expect, it } from 'vitest'
import { SettingsError } from '../../src/settings/settings.ts'
import { makeTree } from '../files/tree.ts'
import { type Service, sendJson } from '../http/service.ts'
import { type FakeOptions, fakeKey, startFakeZenml } from '../zenml/fake-server.ts'
import { checkTree, type Options } from './run.ts'

const services: Service[] = []
afterEach(async () => {
  await Promise.all(services.splice(0).map(service => service.close()))
})

const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

interface FakeComponent {
  readonly name: string
  readonly type: string
  readonly flavor: string
  readonly configuration: object
}

interface Registered extends FakeOptions {
  readonly stacks: Readonly<Record<string, readonly (FakeComponent | string)[]>>
  readonly flavors?: readonly object[]
  /** Configurations of code repositories of type GitHub, in the one project there is. */
  readonly repositories?: readonly object[]
  /** Status of every answer about projects. */
  readonly projects?: number
  /** Status of every answer about stacks. */
  readonly status?: number
}

function page(items: readonly object[]) {
  return { index: 1, max_size: 1000, total_pages: 1, total: items.length, items }
}

/** A component that is a name alone is hidden from the identity. */
async function serve({
  stacks,
  flavors = [],
  repositories = [],
  status = 200,
  projects = 200,
  ...options
}: Registered): Promise<Service> {
  const all = Object.entries(stacks).map(([name, components], index) => ({ name, components, id: idOf(100 + index) }))
  const componentItems = (stack: (typeof all)[number]) =>
    stack.components.map((component, index) => {
      const id = idOf(Number(stack.id.slice(-3)) * 100 + index)
      if (typeof component === 'string')
        return { id, name: component, body: null, metadata: null, permission_denied: true }
      const { name, type, flavor, configuration } = component
      return { id, name, body: { type, flavor_name: flavor }, metadata: { configuration }, permission_denied: false }
    })
  const stackItem = (stack: (typeof all)[number]) => {
    const { id, name } = stack
    const byType = Object.fromEntries(
      componentItems(stack).map(item => [item.body?.type ?? item.name, [{ ...item, metadata: null }]]),
    )
    return { id, name, body: {}, metadata: { components: byType } }
  }
  const service = await startFakeZenml({
    ...options,
    instead: (response, { url }, path) => {
      const query = new URL(url, 'http://server').searchParams
      const refused = new Map([
        ['/api/v1/stacks', status],
        ['/api/v1/projects', projects],
      ]).get(path)
      if (refused !== undefined && refused !== 200) {
        sendJson(response, { detail: ['IllegalOperationError', 'no'] }, refused)
        return true
      }
      const name = query.get('name')?.replace('equals:', '')
      const answers = new Map([
        ['/api/v1/stacks', () => all.filter(stack => name === undefined || stack.name === name).map(stackItem)],
        [
          '/api/v1/components',
          () =>
            all
              .filter(({ id }) => id === query.get('stack_id'))
              .flatMap(componentItems)
              .filter(item => !item.permission_denied),
        ],
        ['/api/v1/flavors', () => flavors],
        ['/api/v1/projects', () => [{ id: idOf(900), name: 'default' }]],
        [
          '/api/v1/code_repositories',
          () =>
            repositories.map((config, index) => ({
              id: idOf(910 + index),
              name: `repo-${index}`,
              body: { source: { attribute: 'GitHubCodeRepository' } },
              metadata: { config },
            })),
        ],
      ])
      const items = answers.get(path)?.()
      if (items) sendJson(response, page(items))
      return items !== undefined
    },
  })
  services.push(service)
  return service
}

const slack = (configuration: object): FakeComponent => ({
  name: 'slk',
  type: 'alerter',
  flavor: 'slack',
  configuration,
})
const secrets = [{ name: 'slack', values: { token: 'canary-value' } }]

function check(service: Service, options: Options = {}, root = makeTree({})) {
  return checkTree(root, { 'zenml-url': service.url, 'zenml-api-key': fakeKey, ...options })
}

describe('a stack registered on the server', () => {
  it('comes with the code repositories, which serve every stack', async () => {
    const repositories = [{ owner: 'o', repository: 'r', token: '{{gh.token}}' }]
    const service = await serve({ stacks: { prod: [] }, repositories, secrets })
    const { report, exit } = await check(service, { stack: 'prod' })
    expect(report.findings.map(({ finding }) => finding)).toEqual([
      {
        kind: 'missing-secret',
        secret: 'gh',
        key: 'token',
        backend: `ZenML server ${service.url}`,
        suggestions: [],
        breaksRegistration: false,
        place: { url: `${service.url}/projects/default/settings/repositories` },
        excerpt: undefined,
        stack: undefined,
        component: { type: 'code_repository', name: 'repo-0', flavor: 'github' },
        attribute: 'token',
      },
    ])
    expect(exit).toBe(1)
  })

  it('says that a code repository holds its token in plain text, and not which', async () => {
    const service = await serve({ stacks: { prod: [] }, repositories: [{ token: 'canary-4711x' }], secrets })
    const { report } = await check(service, { stack: 'prod' })
    expect(report.findings.map(({ finding }) => finding.kind)).toEqual(['plaintext-secret'])
    expect(JSON.stringify(report)).not.toContain('canary-4711x')
  })

  it.each([
    ['is not verified where the code repositories may not be read', 403, ['unreadable-stack'], 3],
    ['does without code repositories on a server that knows no projects', 404, [], 0],
  ])('%s', async (_, projects, kinds, code) => {
    const service = await serve({ stacks: { prod: [] }, projects, secrets })
    const { report, exit } = await check(service, { stack: 'prod' })
    expect(report.findings.map(({ finding }) => finding.kind)).toEqual(kinds)
    expect(exit).toBe(code)
  })

  it('is checked like a file, and a finding leads to the page of its component', async () => {
    const configuration = { slack_token: '{{slack.tokn}}', default_slack_channel_id: 'C1' }
    const service = await serve({ stacks: { prod: [slack(configuration)] }, secrets })
    const { report, exit } = await check(service, { stack: 'prod' })
    expect(report.findings.map(({ finding }) => finding)).toEqual([
      {
        kind: 'missing-key',
        secret: 'slack',
        key: 'tokn',
        backend: `ZenML server ${service.url}`,
        suggestions: ['token'],
        breaksRegistration: false,
        place: { url: `${service.url}/components/${idOf(10_000)}` },
        excerpt: undefined,
        stack: 'prod',
        component: { type: 'alerter', name: 'slk', flavor: 'slack' },
        attribute: 'slack_token',
      },
    ])
    expect(report.stacks).toEqual([
      { name: 'prod', file: undefined, url: `${service.url}/stacks/${idOf(100)}`, uses: [0] },
    ])
    expect(report.counts).toMatchObject({ files: 0, stacks: 1, references: 1, missing: 1 })
    expect(exit).toBe(1)
    expect(JSON.stringify(report)).not.toContain('canary')
  })

  it.each([
    [1, 1, 9],
    [2, 1, 11],
    [2, 3, 13],
  ])('takes one login, and for %i stacks of %i secrets %i requests', async (count, distinct, requests) => {
    const names = Array.from({ length: distinct }, (_, index) => `s${index}`)
    const components = names.map(name => ({ ...slack({ slack_token: `{{${name}.token}}` }), type: `alerter${name}` }))
    const stacks = Object.fromEntries(Array.from({ length: count }, (_, index) => [`stack${index}`, components]))
    const service = await serve({ stacks, secrets: names.map(name => ({ name, values: { token: '' } })) })
    const { report } = await check(service, { stack: Object.keys(stacks) })
    expect(report.counts).toMatchObject({ stacks: count, references: count * distinct, found: count * distinct })
    expect(service.requests.filter(({ url }) => url.endsWith('/login'))).toHaveLength(1)
    // Info, login, flavors, projects and the one project's code repositories; two for each stack; one list; one for each distinct secret.
    expect(service.requests).toHaveLength(requests)
  })

  it('leaves files alone, unless paths name them', async () => {
    const service = await serve({ stacks: { prod: [slack({ slack_token: '{{slack.token}}' })] }, secrets })
    const file = [
      'stack_name: file',
      'components:',
      "  alerter: {flavor: slack, name: slk, configuration: {slack_token: '{{absent.token}}'}}",
      'zenml_version: 0.98.0',
      '',
    ].join('\n')
    const root = makeTree({ 'stack.yaml': file })
    const alone = await check(service, { stack: 'prod' }, root)
    expect(alone.report.stacks.map(({ name }) => name)).toEqual(['prod'])
    expect(alone.exit).toBe(0)
    const both = await check(service, { stack: 'prod', paths: '.' }, root)
    expect(both.report.stacks.map(({ name }) => name)).toEqual(['file', 'prod'])
    expect(both.report.uses.map(({ stack, verdict }) => [stack, verdict])).toEqual([
      ['file', 'missing'],
      ['prod', 'found'],
    ])
    expect(both.report.backends).toHaveLength(1)
  })

  it('knows custom flavors by their schemas', async () => {
    const properties = {
      tok: { anyOf: [{ type: 'string' }, { type: 'null' }], sensitive: true },
      num: { type: 'integer' },
      plain: { type: 'string' },
    }
    const flavor = {
      id: idOf(1),
      name: 'own',
      body: { type: 'alerter', is_custom: true },
      metadata: { config_schema: { properties } },
    }
    const own = { ...slack({ tok: 'hunter2', num: '{{slack.token}}', plain: 'text' }), flavor: 'own' }
    const service = await serve({ stacks: { prod: [own] }, flavors: [flavor], secrets })
    const { report } = await check(service, { stack: 'prod' })
    expect(report.findings.map(({ finding: { kind, attribute } }) => [kind, attribute])).toEqual([
      ['plaintext-secret', 'tok'],
      ['reference-not-allowed', 'num'],
    ])
    expect(JSON.stringify(report)).not.toContain('hunter2')
  })

  it('is not known in full where the server hides a component', async () => {
    const service = await serve({ stacks: { prod: [slack({ slack_token: '{{slack.token}}' }), 'hidden'] }, secrets })
    const { report, exit } = await check(service, { stack: 'prod' })
    expect(report.findings.map(({ finding }) => finding)).toEqual([
      {
        kind: 'unreadable-stack',
        unread: 'hidden',
        reason: expect.stringContaining('give it a role with read'),
        place: { url: `${service.url}/components/${idOf(10_001)}` },
        excerpt: undefined,
        stack: 'prod',
      },
    ])
    expect([report.result, exit, report.counts.found]).toEqual(['unverified', 3, 1])
    const lenient = await check(service, { stack: 'prod', level: 'NONE', 'fail-on': 'warning' })
    expect(lenient.report.findings.map(({ severity }) => severity)).toEqual(['warning'])
    expect(lenient.exit).toBe(0)
  })

  it.each([
    ['the server refuses the key', { 'zenml-api-key': 'ZENKEY_canary' }, 'refused the API key'],
    ['the port is closed', { 'zenml-url': 'http://127.0.0.1:9' }, 'Check the address'],
  ])('is not known where %s', async (_, options, words) => {
    const service = await serve({ stacks: { prod: [] }, secrets })
    const { report, exit } = await check(service, { stack: 'prod', ...options })
    expect(report.findings).toMatchObject([
      {
        severity: 'error',
        finding: { kind: 'unreadable-stack', stack: 'prod', reason: expect.stringContaining(words) },
      },
    ])
    expect([report.result, exit]).toEqual(['unverified', 3])
    expect(JSON.stringify(report)).not.toContain('canary')
  })

  it('is not known where the identity may not read stacks', async () => {
    const service = await serve({ stacks: { prod: [] }, status: 403 })
    const { report } = await check(service, { stack: 'prod' })
    expect(report.findings).toMatchObject([
      {
        finding: { kind: 'unreadable-stack', reason: expect.stringContaining('role with read on secrets and stacks') },
      },
    ])
  })

  it('keeps the run from starting where there is none of its name, and says which are near', async () => {
    const service = await serve({ stacks: { production: [], staging: [] } })
    const attempt = check(service, { stack: ['produktion', 'xyz', 'staging'] })
    await expect(attempt).rejects.toThrow(SettingsError)
    await expect(attempt).rejects.toMatchObject({
      problems: [
        expect.stringMatching(/no stack "produktion", .* The nearest ones are: "production"\.$/),
        expect.stringMatching(/no stack "xyz", .* with "zenml stack list"\.$/),
      ],
    })
  })

  it('names no existing stack to an event that is not trusted', async () => {
    const service = await serve({ stacks: { production: [] } })
    const options = { 'zenml-url': service.url, 'zenml-api-key': fakeKey, stacks: 'produktion' }
    await expect(checkTree(makeTree({}), options, { confined: true })).rejects.not.toThrow('"production"')
  })

  it('keeps the run from starting where the address cannot be used', async () => {
    const service = await serve({ stacks: {} })
    const attempt = check(service, { stack: 'prod', 'zenml-url': 'http://zenml.example.com' })
    await expect(attempt).rejects.toThrow(SettingsError)
    await expect(attempt).rejects.toThrow('zenml-url cannot be used. The address is not https')
  })
})
