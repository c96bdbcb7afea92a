import { describe, expect, it } from 'vitest'
import type { BackendOptions } from '../../../src/backends/options.ts'
import { type Judged, planNeeds } from '../../../src/cli/commands/register-secrets/plan.ts'
import { resolveSettings } from '../../../src/settings/resolve.ts'
import { checkSurface } from '../../../src/settings/surface.ts'
import type { JudgedUse, Verdict } from '../../../src/validation/use.ts'
import { captured } from '../run.ts'

const { backendOptions } = resolveSettings(checkSurface, new Map(), captured().io).settings

function use(name: string, verdict: Verdict, change: Partial<JudgedUse> = {}): JudgedUse {
  const [secret = '', key = null] = name.split('.')
  const place = { url: 'https://zenml.example/stacks/1' }
  const shared = { via: 'reference', place, excerpt: undefined, breaksRegistration: false, backend: 'aws' } as const
  return { secret, key, verdict, ...shared, ...change }
}

function inRegion(region: string, ...uses: readonly JudgedUse[]): Judged {
  const options: BackendOptions = { ...backendOptions, aws: { ...backendOptions.aws, region } }
  return { uses, choice: { kind: 'backend', name: 'aws', options } }
}

function planned(groups: readonly Judged[]) {
  return planNeeds(groups).map(({ place, secret, state, keys, whole }) => ({
    region: place.options.aws.region,
    name: `${secret}: ${[...keys.keys()].join(' ')}`,
    state,
    whole: whole.length,
  }))
}

describe('the plan', () => {
  it('has each secret once, secrets and keys sorted', () => {
    const uses = [use('b.y', 'missing'), use('a.k', 'found'), use('b.x', 'missing'), use('b.y', 'missing')]
    expect(planned([inRegion('eu', ...uses)])).toEqual([
      { region: 'eu', name: 'a: k', state: 'there', whole: 0 },
      { region: 'eu', name: 'b: x y', state: 'missing', whole: 0 },
    ])
  })

  it('has a secret of two stacks once where they share a backend, and twice where they do not', () => {
    const groups = [
      inRegion('eu', use('a.x', 'missing')),
      inRegion('us', use('a.x', 'found')),
      inRegion('eu', use('a.y', 'missing')),
    ]
    expect(planned(groups)).toEqual([
      { region: 'eu', name: 'a: x y', state: 'missing', whole: 0 },
      { region: 'us', name: 'a: x', state: 'there', whole: 0 },
    ])
  })

  it.each([
    ['found', 'there'],
    ['key_missing', 'there'],
    ['missing', 'missing'],
  ] as const)('takes in what is %s', (verdict, state) => {
    expect(planned([inRegion('eu', use('a.x', verdict))])).toEqual([{ region: 'eu', name: 'a: x', state, whole: 0 }])
  })

  it.each(['denied', 'unverified', 'unusable', 'skipped', 'invalid'] as const)('leaves out what is %s', verdict => {
    expect(planned([inRegion('eu', use('a.x', verdict))])).toEqual([])
  })

  it('takes in what a local file did not answer, as the file may not be there yet', () => {
    const choice = { kind: 'backend', name: 'local', options: backendOptions } as const
    expect(planNeeds([{ uses: [use('a.x', 'unverified')], choice }])).toMatchObject([{ state: 'unknown' }])
  })

  it('has nothing where nobody was chosen to ask', () => {
    const uses = [use('a.x', 'missing')]
    expect(planNeeds([{ uses, choice: undefined }])).toEqual([])
    expect(planNeeds([{ uses, choice: { kind: 'none' } }])).toEqual([])
    expect(planNeeds([{ uses, choice: { kind: 'unsupported', flavor: 'mine' } }])).toEqual([])
  })

  it('keeps apart what needs the secret and says no key', () => {
    expect(planned([inRegion('eu', use('a', 'missing', { via: 'secret-name' }), use('a.x', 'missing'))])).toEqual([
      { region: 'eu', name: 'a: x', state: 'missing', whole: 1 },
    ])
  })

  it('takes __proto__ for a name like any other', () => {
    expect(planned([inRegion('eu', use('__proto__.constructor', 'missing'))])).toEqual([
      { region: 'eu', name: '__proto__: constructor', state: 'missing', whole: 0 },
    ])
  })
})
