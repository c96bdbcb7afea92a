import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { illegalName, type SecretsManagerFlavor } from '../../../src/backends/secrets-manager/name-rules.ts'
import type { SecretsScope } from '../../../src/backends/secrets-manager/scope.ts'
import {
  identifyingTags,
  nameOfStored,
  type Separator,
  scopePrefix,
  storedName,
} from '../../../src/backends/secrets-manager/stored-name.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/secrets-managers')
const componentId = '11111111-2222-4333-8444-555555555555'
const scopes: readonly SecretsScope[] = [
  { scope: 'none' },
  { scope: 'global' },
  { scope: 'namespace', namespace: 'team' },
  { scope: 'component', componentId },
]

interface Recorded {
  readonly stored: Readonly<Record<string, { readonly labels?: object; readonly tags?: object }>>
  readonly nameProbes: Readonly<Record<string, string>>
}

const golden: Readonly<Record<string, Readonly<Record<string, Recorded>>>> = JSON.parse(
  readFileSync(join(fixtures, 'backends-golden-0.22.0.json'), 'utf8'),
)

function recorded(flavor: string, { scope }: SecretsScope): Recorded {
  const found = golden[flavor]?.[scope]
  if (!found) throw new Error(`Nothing is recorded of ${flavor} in scope ${scope}.`)
  return found
}

const flavors: readonly (readonly ['gcp' | 'azure' | 'vault', Separator, string])[] = [
  ['gcp', '-', 'projects/demo/secrets/'],
  ['azure', '-', ''],
  ['vault', '/', 'kv:'],
]
const cases = flavors.flatMap(([flavor, separator, root]) =>
  scopes.map(scope => ({ flavor, separator, root, scope, word: scope.scope })),
)

describe('names as ZenML 0.22 writes them', () => {
  it.each(cases.filter(({ flavor, word }) => word !== 'none' || flavor === 'vault'))(
    '$flavor, scope $word: one object under this name, with the tags in this order',
    ({ flavor, separator, root, scope }) => {
      const name = storedName(scope, 'db-creds', separator)
      const { stored } = recorded(flavor, scope)
      expect(Object.keys(stored)).toEqual([root + name])
      expect(nameOfStored(scope, name, separator)).toBe('db-creds')
      if (flavor === 'vault') return
      const [object] = Object.values(stored)
      const tags = Object.entries(object?.labels ?? object?.tags ?? {})
      const identifying = [...identifyingTags(scope, 'db-creds')]
      expect(tags.slice(0, identifying.length)).toEqual(identifying)
    },
  )

  it.each(cases)('$flavor, scope $word: refuses the names ZenML refuses', ({ flavor, scope }) => {
    for (const [name, result] of Object.entries(recorded(flavor, scope).nameProbes)) {
      const refused = result.startsWith('ValueError')
      const beyond = flavor === 'vault' && (name === '' || name === '../db-creds')
      expect([name, illegalName(flavor, scope, name)?.kind]).toEqual([
        name,
        refused || beyond ? 'illegal-name' : undefined,
      ])
    }
  })

  it.each(['0.13.2', '0.22.0'])('aws: every secret and its tags as %s stored them', version => {
    const stored: readonly { readonly Name: string; readonly Tags: readonly { Key: string; Value: string }[] }[] =
      JSON.parse(readFileSync(join(fixtures, `aws-golden-${version}.json`), 'utf8'))
    expect(stored).toHaveLength(10)
    for (const { Name, Tags } of stored) {
      const tags = new Map(Tags.map(({ Key, Value }) => [Key, Value]))
      const scope = scopeOf(tags)
      const name = tags.get('zenml_secret_name') ?? Name
      expect(storedName(scope, name, '/')).toBe(Name)
      expect(nameOfStored(scope, Name, '/')).toBe(name)
      const identifying = [...identifyingTags(scope, scope.scope === 'none' ? undefined : name)]
      expect([...tags].slice(0, identifying.length)).toEqual(identifying)
    }
  })
})

function scopeOf(tags: ReadonlyMap<string, string>): SecretsScope {
  const scope = tags.get('zenml_scope')
  if (scope === undefined) return { scope: 'none' }
  if (scope === 'namespace') return { scope, namespace: tags.get('zenml_namespace') ?? '' }
  return scope === 'component' ? { scope, componentId: tags.get('zenml_component_uuid') ?? '' } : { scope: 'global' }
}

describe('a stored name', () => {
  it.each([
    ['zenml/global/', undefined],
    ['zenml/global', undefined],
    ['zenml/globals/a', undefined],
    ['zenml/global/a/b', undefined],
    ['other/zenml/global/a', undefined],
    ['zenml/global/constructor', 'constructor'],
    ['zenml/global/..', '..'],
  ])('%j is the name %j in scope global', (stored, name) => {
    expect(nameOfStored({ scope: 'global' }, stored, '/')).toBe(name)
  })

  it('in scope none is its own name, unless it has a path', () => {
    expect(nameOfStored({ scope: 'none' }, 'db-creds', '/')).toBe('db-creds')
    expect(nameOfStored({ scope: 'none' }, 'zenml/global/db-creds', '/')).toBeUndefined()
    expect(scopePrefix({ scope: 'none' }, '/')).toBe('')
  })

  it('of several namespaces at once shows why the tags decide', () => {
    const stored = 'zenml-namespace-a-b-c'
    expect(nameOfStored({ scope: 'namespace', namespace: 'a' }, stored, '-')).toBe('b-c')
    expect(nameOfStored({ scope: 'namespace', namespace: 'a-b' }, stored, '-')).toBe('c')
  })
})

describe('a name that cannot be', () => {
  const global: SecretsScope = { scope: 'global' }
  it.each<readonly [SecretsManagerFlavor, SecretsScope, string, RegExp | undefined]>([
    ['aws', global, 'a/b', /letters, digits and the characters _ \+ = \. @ -/],
    ['aws', global, 'arn:aws:secretsmanager:us-east-1:999999999999:secret:x', /letters, digits/],
    ['aws', global, 'a b', /letters/],
    ['aws', global, 'é', /letters/],
    ['aws', global, 'a\n', /letters/],
    ['aws', global, '..', undefined],
    ['aws', global, 'a_+=.@-Z9', undefined],
    ['aws', global, '', undefined],
    ['aws', { scope: 'none' }, '', /must not be empty/],
    ['aws', { scope: 'none' }, 'x'.repeat(512), undefined],
    ['aws', { scope: 'none' }, 'x'.repeat(513), /at most 512/],
    ['aws', global, 'x'.repeat(500), /at most 512/],
    ['gcp', global, 'MySecret', /lower-case/],
    ['gcp', { scope: 'none' }, 'MySecret', /lower-case/],
    ['gcp', global, 'x'.repeat(63), undefined],
    ['azure', global, 'my_secret', /letters, digits and hyphens/],
    ['azure', { scope: 'none' }, 'my_secret', undefined],
    ['azure', global, 'x'.repeat(100), undefined],
    ['azure', { scope: 'component', componentId }, 'x'.repeat(100), /at most 127/],
    ['vault', global, 'a/b c', undefined],
    ['vault', global, '../x', /"\.\."/],
    ['vault', global, 'a/./b', /"\.\."/],
    ['vault', global, 'a//b', /between slashes/],
    ['github', { scope: 'none' }, 'mlf-creds', /letters, digits and underscores/],
    ['github', { scope: 'none' }, 'mlf_creds', undefined],
  ])('%s, %o, %j: %s', (flavor, scope, name, reason) => {
    const answer = illegalName(flavor, scope, name)
    expect(answer && 'reason' in answer ? answer.reason : undefined).toEqual(reason && expect.stringMatching(reason))
  })
})
