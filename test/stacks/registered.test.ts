import { describe, expect, it } from 'vitest'
import { attributesOf, flavorsOfServer, stackOfServer } from '../../src/stacks/registered.ts'
import type { RegisteredFlavor } from '../../src/zenml/flavors.ts'
import type { RegisteredComponent } from '../../src/zenml/stacks.ts'

const url = 'https://zenml.test/components/1'
const place = { url }

function component(parts: Partial<RegisteredComponent> = {}): RegisteredComponent {
  const configuration = { key: '{{aws.key}}' }
  return { id: '1', name: 's3', visible: { type: 'artifact_store', flavor: 's3', configuration }, url, ...parts }
}

describe('a stack of a server', () => {
  const stack = { id: '7', name: 'prod', url: 'https://zenml.test/stacks/7', zenmlVersion: '0.98.0' }

  it('is a stack whose places are pages', () => {
    expect(stackOfServer({ ...stack, components: [component()] })).toEqual({
      name: 'prod',
      zenmlVersion: '0.98.0',
      place: { url: 'https://zenml.test/stacks/7' },
      components: [
        {
          type: 'artifact_store',
          name: 's3',
          flavor: 's3',
          id: '1',
          place,
          attributes: [{ path: ['key'], value: '{{aws.key}}', place }],
          nameAttribute: undefined,
        },
      ],
    })
  })

  it('leaves out components that the server does not show', () => {
    expect(stackOfServer({ ...stack, components: [component({ visible: undefined })] }).components).toEqual([])
  })

  it('keeps a name with braces as what it is', () => {
    const [read] = stackOfServer({ ...stack, components: [component({ name: '{{a.b}}' })] }).components
    expect(read?.nameAttribute).toEqual({ path: ['name'], value: '{{a.b}}', place })
  })
})

describe('the attributes of a configuration', () => {
  it('are its scalars, nested ones too, and keys with braces', () => {
    const configuration = {
      a: 'x',
      n: 1,
      b: true,
      z: null,
      list: ['{{l.k}}', { deep: '{{d.k}}' }],
      map: { '{{k.k}}': 2, plain: 'y' },
    }
    expect(attributesOf(configuration, place)).toEqual([
      { path: ['a'], value: 'x', place },
      { path: ['n'], value: 1, place },
      { path: ['b'], value: true, place },
      { path: ['z'], value: null, place },
      { path: ['list', '0'], value: '{{l.k}}', place },
      { path: ['list', '1', 'deep'], value: '{{d.k}}', place },
      { path: ['map', '{{k.k}}'], value: '{{k.k}}', place, asKey: true },
      { path: ['map', '{{k.k}}'], value: 2, place },
      { path: ['map', 'plain'], value: 'y', place },
    ])
  })

  it('take names of prototypes for names', () => {
    const configuration = JSON.parse('{"__proto__": "{{a.b}}", "constructor": {"__proto__": "{{c.d}}"}}')
    expect(attributesOf(configuration, place).map(({ path, value }) => [path, value])).toEqual([
      [['__proto__'], '{{a.b}}'],
      [['constructor', '__proto__'], '{{c.d}}'],
    ])
  })

  it('end at a depth no flavor reaches', () => {
    const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}"{{a.b}}"${'}'.repeat(depth)}`)
    expect(attributesOf(nested(64), place)).toHaveLength(1)
    expect(attributesOf(nested(65), place)).toEqual([])
    expect(attributesOf(nested(5_000), place)).toEqual([])
  })
})

describe('the flavors of a server', () => {
  const attributes: RegisteredFlavor['attributes'] = new Map([
    ['token', { isSensitive: true, takesText: true }],
    ['port', { isSensitive: false, takesText: false }],
    ['path', { isSensitive: false, takesText: true }],
  ])
  const own = { type: 'alerter', name: 'own', isCustom: true, attributes }
  const s3 = { type: 'artifact_store', name: 's3', isCustom: false, attributes }

  it('are known by their schemas, custom ones too', () => {
    expect(flavorsOfServer([own], '0.98.0')('alerter', 'own')).toEqual({
      type: 'alerter',
      name: 'own',
      sensitive: new Set(['token']),
      refusesReferences: new Map([['port', 'type']]),
      resolvedWhileBuilt: new Set(),
      secretNames: new Map(),
    })
  })

  it('keep what only the code of ZenML tells', () => {
    const flavor = flavorsOfServer([s3], '0.98.0')('artifact_store', 's3')
    expect(flavor?.sensitive).toEqual(new Set(['token']))
    expect(flavor?.refusesReferences.get('port')).toBe('type')
    expect(flavor?.refusesReferences.get('path')).toBe('validator')
    expect(flavor?.secretNames.get('authentication_secret')).toEqual(['aws_access_key_id', 'aws_secret_access_key'])
  })

  it('do not take a custom flavor for one that ZenML ships under the same name', () => {
    const flavor = flavorsOfServer([{ ...s3, isCustom: true }], '0.98.0')('artifact_store', 's3')
    expect([...(flavor?.secretNames ?? [])]).toEqual([])
  })

  it('are those that ZenML ships where the server lists none', () => {
    const flavorOf = flavorsOfServer([], '0.98.0')
    expect(flavorOf('artifact_store', 's3')?.sensitive).toEqual(new Set(['key', 'secret', 'token']))
    expect(flavorOf('artifact_store', 'own')).toBeUndefined()
    expect(flavorsOfServer([], '0.40.0')('secrets_manager', 'vault')?.type).toBe('secrets_manager')
  })
})
