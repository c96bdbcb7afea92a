// biome-ignore-all lint/suspicious/noTemplateCurlyInString: braces of other programs are what is tested.
import { describe, expect, it } from 'vitest'
import type { SecretUse } from '../../src/validation/use.ts'
import { at, collectOne, onlyFinding, stackName as stack, tracker } from './stack-file.ts'

const attribute = 'tracking_password'
const owner = { stack, component: tracker, attribute }

describe('a reference', () => {
  const text = "  tracking_password: '«{{mlf.password}}»'"
  const place = at(1, 23, 39)
  const excerpt = { before: "  tracking_password: '", marked: '{{mlf.password}}', after: "'" }
  const use: SecretUse = {
    secret: 'mlf',
    key: 'password',
    via: 'reference',
    place,
    excerpt,
    breaksRegistration: true,
    ...owner,
  }

  it('as a whole value is a use of one key', () => {
    expect(collectOne({ text })).toMatchObject({ uses: [use], findings: [] })
    expect(collectOne({ text }).uses).toEqual([use])
  })

  it.each([
    ['that ZenML resolves while the configuration is built', attribute, tracker, '0.98.0', true],
    ['that it resolves when read', 'experiment_name', tracker, '0.98.0', false],
    ['of ZenML before 0.53, which resolved few', attribute, tracker, '0.22.0', false],
    ['of a flavor nobody knows', attribute, { ...tracker, flavor: 'own' }, '0.98.0', false],
    ['without a flavor', attribute, { ...tracker, flavor: undefined }, '0.98.0', false],
  ])('in an attribute %s', (_, name, component, zenmlVersion, breaksRegistration) => {
    const { uses, findings } = collectOne({ text, path: [name] }, { component, stack: { zenmlVersion } })
    expect(findings).toEqual([])
    expect(uses).toMatchObject([{ secret: 'mlf', key: 'password', component, attribute: name, breaksRegistration }])
  })

  it.each([
    ['an empty name', '{{.a.b}}', '', 'a.b'],
    ['a name that every object has', '{{__proto__.constructor}}', '__proto__', 'constructor'],
    ['two that ZenML takes for one', '{{a.b}}{{c.d}}', 'a', 'b}}{{c.d'],
    ['blanks inside the braces', '{{ a.b }}', 'a', 'b'],
  ])('with %s is a use too', (_, written, secret, key) => {
    const { uses, findings } = collectOne({ text: `x: '«${written}»'` })
    expect(uses).toMatchObject([{ secret, key, place: at(1, 5, 5 + written.length) }])
    expect(findings).toEqual([])
  })

  it.each([
    ['a number', 12],
    ['a boolean', true],
    ['null', null],
  ])('is never seen in %s', (_, value) => {
    expect(collectOne({ text: 'x: «{{a.b}}»', value })).toMatchObject({ uses: [], findings: [] })
  })
})

describe('a plain text in a sensitive attribute', () => {
  it('is a finding that never shows it', () => {
    const finding = onlyFinding({ text: "  tracking_password: '«hunter2»' # hunter2" })
    expect(finding).toEqual({
      kind: 'plaintext-secret',
      place: at(1, 23, 30),
      excerpt: { before: "  tracking_password: '", marked: '***', after: "' …" },
      ...owner,
    })
  })

  it.each([
    ['an attribute that is not sensitive', ['tracking_uri'], tracker],
    ['an entry of a map', ['tracking_password', 'x'], tracker],
    ['a flavor nobody knows', [attribute], { ...tracker, flavor: 'own' }],
    ['a component without a flavor', [attribute], { ...tracker, flavor: undefined }],
  ])('is none in %s', (_, path, component) => {
    expect(collectOne({ text: 'x: «hunter2»', path }, { component })).toMatchObject({ uses: [], findings: [] })
  })

  it('is none where it stands for a value', () => {
    expect(collectOne({ text: 'x: «${PASSWORD}»' }).findings).toEqual([])
  })
})

describe('the bare name of a secret', () => {
  const s3 = { type: 'artifact_store', name: 's', flavor: 's3' }
  const path = ['authentication_secret']

  it('is one use for each key that the flavor needs', () => {
    const { uses, findings } = collectOne({ text: "authentication_secret: '«aws»'", path }, { component: s3 })
    expect(findings).toEqual([])
    const use = {
      secret: 'aws',
      via: 'secret-name',
      place: at(1, 25, 28),
      excerpt: { before: "authentication_secret: '", marked: 'aws', after: "'" },
      breaksRegistration: false,
      stack,
      component: s3,
      attribute: 'authentication_secret',
    }
    expect(uses).toEqual([
      { ...use, key: 'aws_access_key_id' },
      { ...use, key: 'aws_secret_access_key' },
    ])
  })

  it('is one use without a key where the flavor needs none in particular', () => {
    const component = { type: 'artifact_store', name: 's', flavor: 'azure' }
    expect(collectOne({ text: 'x: «az»', path }, { component }).uses).toMatchObject([{ secret: 'az', key: null }])
  })

  it('may itself be a reference', () => {
    const { uses } = collectOne({ text: "x: '«{{a.b}}»'", path }, { component: s3 })
    expect(uses).toMatchObject([{ secret: 'a', key: 'b', via: 'reference' }])
  })

  it.each(['', '${AWS_SECRET}', '<your-secret>'])('is none where it stands for one: %j', value => {
    expect(collectOne({ text: `x: «${value}»`, path }, { component: s3 })).toMatchObject({ uses: [], findings: [] })
  })

  it('is none in an attribute of a flavor that has no such', () => {
    expect(collectOne({ text: 'x: «aws»', path }).uses).toEqual([])
  })
})
