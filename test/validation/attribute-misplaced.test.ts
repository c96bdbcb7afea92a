import { describe, expect, it } from 'vitest'
import { at, collectOne, onlyFinding, stackName as stack, tracker } from './stack-file.ts'

const attribute = 'tracking_password'
const owner = { stack, component: tracker, attribute }

describe('a nested reference', () => {
  it.each([
    ['an item of a list', "- '«{{a.b}}»'", ['tags', '0'], '{{a.b}}', at(1, 4, 11)],
    ['a value of a map', "token: '«{{a.b}}»'", ['client_kwargs', 'token'], '{{a.b}}', at(1, 9, 16)],
    ['a padded one', "token: '«{{ a.b }}»'", ['client_kwargs', 'token'], '{{ a.b }}', at(1, 9, 18)],
    ['part of a longer text', "url: 'x://«y{{a.b}}»'", ['client_kwargs', 'url'], '{{a.b}}', at(1, 12, 19)],
  ])('is %s', (_, text, path, written, place) => {
    expect(onlyFinding({ text, path }, { stack: { zenmlVersion: '0.22.0' } })).toMatchObject({
      kind: 'nested-reference',
      text: written,
      place,
      excerpt: { marked: written },
      attribute: path.join('.'),
    })
  })

  it('is the key of a map', () => {
    expect(onlyFinding({ text: "'«{{a.b}}»': x", path: ['{{a.b}}'], asKey: true })).toEqual({
      kind: 'nested-reference',
      text: '{{a.b}}',
      place: at(1, 2, 9),
      excerpt: { before: "'", marked: '{{a.b}}', after: "' …" },
      ...owner,
      attribute: '{{a.b}}',
    })
  })

  it('whose braces cannot be found shows nothing of the whole value', () => {
    const finding = onlyFinding({ text: 'x: "«hunter2 {{a\\x2eb}}»"', value: 'hunter2 {{a.b}}', path: ['m', 'x'] })
    expect(finding).toMatchObject({
      kind: 'nested-reference',
      place: at(1, 5, 23),
      excerpt: { before: 'x: "', marked: '***', after: '"' },
    })
  })

  it.each(['{{a. b}}', '{{a.b}', '{{a}}', 'plain'])('is not what is no reference in the first place: %s', value => {
    expect(collectOne({ text: `x: '«${value}»'`, path: ['m', 'x'] })).toMatchObject({ uses: [], findings: [] })
  })
})

describe('an unquoted reference', () => {
  it.each(['{{a.b}}', '{{ a.b }}'])('is a finding: %s', value => {
    expect(onlyFinding({ text: `tracking_password: «${value}»`, unquoted: true })).toEqual({
      kind: 'unquoted-reference',
      text: value,
      place: at(1, 20, 20 + value.length),
      excerpt: { before: 'tracking_password: ', marked: value, after: '' },
      ...owner,
    })
  })

  it('is so before it is nested or a key', () => {
    const nested = { text: 'x: «{{a.b}}»', path: ['m', 'x'], unquoted: true } as const
    expect(onlyFinding(nested)).toMatchObject({ kind: 'unquoted-reference', attribute: 'm.x' })
    expect(onlyFinding({ ...nested, asKey: true })).toMatchObject({ kind: 'unquoted-reference' })
  })

  it.each(['{{a}}', '{{ a . b }}'])('is not what would be none in quotes either: %s', value => {
    expect(collectOne({ text: `x: «${value}»`, unquoted: true })).toMatchObject({ uses: [], findings: [] })
  })
})

describe('a reference that is not allowed where it stands', () => {
  it.each([
    ['secrets-manager', { type: 'secrets_manager', name: 'sm', flavor: 'aws' }, 'region_name', '0.22.0'],
    ['secrets-manager', { type: 'secrets_manager', name: 'sm', flavor: undefined }, 'anything', '0.98.0'],
    ['validator', { type: 'container_registry', name: 'c', flavor: 'aws' }, 'uri', '0.98.0'],
    ['validator', { type: 'artifact_store', name: 's', flavor: 's3' }, 'path', '0.22.0'],
    ['type', { type: 'alerter', name: 'a', flavor: 'slack' }, 'timeout', '0.98.0'],
  ] as const)('for its %s is a use and a finding', (because, component, name, zenmlVersion) => {
    const text = `${name}: '«{{a.b}}»'`
    const column = name.length + 4
    const { uses, findings } = collectOne({ text, path: [name] }, { component, stack: { zenmlVersion } })
    const located = {
      place: at(1, column, column + 7),
      excerpt: { before: `${name}: '`, marked: '{{a.b}}', after: "'" },
      stack,
      component,
      attribute: name,
    }
    expect(findings).toEqual([{ kind: 'reference-not-allowed', text: '{{a.b}}', because, ...located }])
    expect(uses).toEqual([{ secret: 'a', key: 'b', via: 'reference', breaksRegistration: false, ...located }])
  })

  it('gives way to what keeps it from resolving anywhere: nested in an attribute that is not text', () => {
    const component = { type: 'artifact_store', name: 's', flavor: 's3' }
    const { uses, findings } = collectOne({ text: "x: '«{{a.b}}»'", path: ['client_kwargs', 'x'] }, { component })
    expect(uses).toEqual([])
    expect(findings).toMatchObject([{ kind: 'nested-reference' }])
  })

  it('is nested in a secrets manager’s attribute, too', () => {
    const component = { type: 'secrets_manager', name: 's', flavor: 'vault' }
    expect(onlyFinding({ text: "x: '«{{a.b}}»'", path: ['m', 'x'] }, { component }).kind).toBe('nested-reference')
  })
})

describe('the name of a component', () => {
  const named = (text: string, value: string, parts = {}) => {
    const [start, end] = [text.indexOf('{'), text.lastIndexOf('}') + 1]
    const place = at(1, start + 1, end + 1)
    const nameAttribute = { path: ['name'], value, place, range: { start, end }, ...parts }
    const component = { ...tracker, name: value, nameAttribute }
    return collectOne({ text: `${text}\nx: «plain»`, path: ['x'] }, { component })
  }

  it('may not be a reference', () => {
    const { uses, findings } = named("name: '{{a.b}}'", '{{a.b}}')
    expect(uses).toEqual([])
    expect(findings).toEqual([
      {
        kind: 'reference-not-allowed',
        text: '{{a.b}}',
        because: 'name',
        place: at(1, 8, 15),
        excerpt: { before: "name: '", marked: '{{a.b}}', after: "'" },
        stack,
        component: { ...tracker, name: '{{a.b}}' },
        attribute: 'name',
      },
    ])
  })

  it('without quotes breaks the file first', () => {
    expect(named('name: {{a.b}}', '{{a.b}}', { unquoted: true }).findings).toMatchObject([
      { kind: 'unquoted-reference', place: at(1, 7, 14), attribute: 'name' },
    ])
  })

  it.each(['x{{a.b}}', '{{a. b}}', '{{a}}'])('may hold braces that are none: %s', value => {
    expect(named(`name: '${value}'`, value)).toMatchObject({ uses: [], findings: [] })
  })
})
