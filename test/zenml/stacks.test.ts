import { afterEach, describe, expect, it } from 'vitest'
import { Concealed } from '../../src/text/concealed.ts'
import { readCodeRepositories } from '../../src/zenml/code-repositories.ts'
import { readFlavors } from '../../src/zenml/flavors.ts'
import { connectZenml } from '../../src/zenml/server.ts'
import { readStack } from '../../src/zenml/stacks.ts'
import { type Service, sendJson } from '../http/service.ts'
import { fakeToken, startFakeZenml } from './fake-server.ts'
import { recorded } from './golden.ts'

const signal = new AbortController().signal
const services: Service[] = []

afterEach(async () => {
  await Promise.all(services.splice(0).map(service => service.close()))
})

/** A server that answers these paths below `/api/v1`. */
async function connect(answers: Readonly<Record<string, unknown>>, info: object = {}) {
  const instead = (response: Parameters<typeof sendJson>[0], _: unknown, path: string) => {
    const answer = answers[path.replace('/api/v1/', '')]
    if (answer !== undefined) sendJson(response, answer)
    return answer !== undefined
  }
  const service = await startFakeZenml({ info, instead })
  services.push(service)
  const credentials = { kind: 'token', token: new Concealed(fakeToken) } as const
  return { service, server: connectZenml({ url: service.url, credentials, environment: {} }) }
}

function page(...items: readonly unknown[]) {
  return { index: 1, max_size: 20, total_pages: 1, total: items.length, items }
}

const { items } = recorded('components-of-stack').body
const components = page(...items)
const stacks = recorded('stacks-hydrated').body

describe('a registered stack', () => {
  it('is read as recorded: each of its components, with raw references', async () => {
    const { service, server } = await connect({ stacks, components })
    const result = await readStack(server, 'full_stack', signal)
    const stack = 'value' in result ? result.value : undefined
    expect(stack).toMatchObject({
      id: 'd72999b6-fc20-4cae-b9b7-c96efb17f69e',
      name: 'full_stack',
      url: `${service.url}/stacks/d72999b6-fc20-4cae-b9b7-c96efb17f69e`,
      zenmlVersion: '0.98.0',
    })
    expect(stack?.components.map(({ name }) => name)).toEqual(['slk', 'pr2', 's3st', 'default'])
    expect(stack?.components.find(({ name }) => name === 's3st')).toEqual({
      id: 'b1c7e5f6-92c4-4cb4-8de5-d1641a9aed72',
      name: 's3st',
      url: `${service.url}/components/b1c7e5f6-92c4-4cb4-8de5-d1641a9aed72`,
      visible: {
        type: 'artifact_store',
        flavor: 's3',
        configuration: {
          path: 's3://b/p',
          key: '{{aws.key_id}}',
          secret: '{{ aws.secret }}',
          client_kwargs: { endpoint_url: 'https://x', nested: '{{nested.ref}}' },
        },
      },
    })
    expect(service.requests.map(({ url }) => decodeURIComponent(url)).slice(1)).toEqual([
      '/api/v1/stacks?name=equals:full_stack&hydrate=true&size=100',
      '/api/v1/components?stack_id=d72999b6-fc20-4cae-b9b7-c96efb17f69e&hydrate=true&size=100',
    ])
  })

  it('has components that this identity may not read', async () => {
    const { server } = await connect({
      stacks: page(recorded('rbac-component-denied-in-stack').body),
      components: page(),
    })
    const result = await readStack(server, 's1', signal)
    expect('value' in result && result.value.components[0]).toMatchObject({ name: 'c1', visible: undefined })
  })

  it('is read from servers before 0.50 too, and holds no component of another stack', async () => {
    const id = '9d9553a1-c3ba-4575-ae97-3e6391784876'
    const component = { id, name: 'store', type: 'artifact_store', flavor: 's3', configuration: { key: '{{a.b}}' } }
    const other = { ...component, id: id.replace('9', '8'), name: 'other' }
    const stack = { id, name: 'old', components: { artifact_store: [id] } }
    const { server } = await connect({ stacks: page(stack), components: page(other, component) }, { version: '0.44.0' })
    const result = await readStack(server, 'old', signal)
    expect('value' in result && result.value.components).toEqual([
      {
        id,
        name: 'store',
        url: expect.stringMatching(/\/components\//),
        visible: { type: 'artifact_store', flavor: 's3', configuration: { key: '{{a.b}}' } },
      },
    ])
  })

  it('is linked to where the server says its pages are', async () => {
    const { server } = await connect({ stacks, components }, { dashboard_url: 'https://pages.example.com/w/' })
    const result = await readStack(server, 'full_stack', signal)
    expect('value' in result && result.value.url).toMatch(/^https:\/\/pages\.example\.com\/w\/stacks\//)
  })

  it.each([
    ['none of that name', { stacks: page() }, 'absent', 'no stack "a\\nb"'],
    ['another', { stacks }, 'absent', 'zenml stack list'],
    ['nothing that can be read', { stacks: page({ id: 'x' }) }, 'unverified', 'unknown shape'],
    [
      'an id that is no UUID',
      { stacks: page({ id: '../..', name: 'a\nb', components: {} }) },
      'unverified',
      'unknown shape',
    ],
  ])('is trouble where the server has %s', async (_, answers, kind, words) => {
    const { server } = await connect(answers)
    expect(await readStack(server, 'a\nb', signal)).toMatchObject({
      trouble: { kind, reason: expect.stringContaining(words) },
    })
  })
})

describe('registered flavors', () => {
  it('tell which attributes are sensitive and which take text', async () => {
    const flavors = ['flavor-custom', 'flavor-sensitive', 'flavor-secret-str'].map(name => recorded(name).body.items[0])
    const { server } = await connect({ flavors: page(...flavors) })
    const result = await readFlavors(server, signal)
    const [custom, s3, datadog] = 'value' in result ? result.value : []
    expect([custom, s3, datadog].map(flavor => [flavor?.type, flavor?.name, flavor?.isCustom])).toEqual([
      ['alerter', 'probe', true],
      ['artifact_store', 's3', false],
      ['log_store', 'datadog', false],
    ])
    const marks = [...(custom?.attributes ?? [])].map(([name, { isSensitive, takesText }]) => [
      name,
      isSensitive,
      takesText,
    ])
    expect(marks).toEqual([
      ['tok', true, true],
      ['clear', false, true],
      ['sstr', true, true],
      ['num', false, false],
      ['d', false, false],
      ['l', false, false],
      ['nested', false, false],
      ['union', false, true],
      ['f00', false, true],
    ])
    expect(s3?.attributes.get('secret')?.isSensitive).toBe(true)
    expect(datadog?.attributes.get('api_key')?.isSensitive).toBe(true)
  })
})

describe('registered code repositories', () => {
  it('are read project by project', async () => {
    const id = '5d7433ea-0bdb-4aef-a125-d0ff6dc83e31'
    const projects = page({ id, name: 'my project', body: {} })
    const { service, server } = await connect({ projects, code_repositories: recorded('code-repositories').body })
    expect(await readCodeRepositories(server, signal)).toEqual({
      value: [
        {
          id: 'c40f5546-a432-435b-ab5c-fb203600db7b',
          name: 'gh',
          type: 'github',
          project: 'my project',
          configuration: { owner: 'o', repository: 'r', token: '{{gh.token}}' },
          url: `${service.url}/projects/my%20project/settings/repositories`,
        },
      ],
    })
    expect(service.requests.at(-1)?.url).toContain(`project=${id}`)
  })
})
