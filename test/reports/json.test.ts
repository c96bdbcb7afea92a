import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderJson } from '../../src/reports/json.ts'
import { reportJsonSchema, reportSchema } from '../../src/reports/report-schema.ts'
import { commandsIn } from '../runner.ts'
import { hostileReport, hostileText } from './hostile.ts'
import { everyKind, report, reported, sampleReport, use } from './sample.ts'

const committed = readFileSync(new URL('../../schema/report-v1.json', import.meta.url), 'utf8')
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(committed))

describe('the JSON report', () => {
  it('publishes every kind of finding', async () => {
    await expect(renderJson(sampleReport())).toMatchFileSnapshot('../fixtures/reports/every-kind.json')
  })

  it('leaves unknown parts out, but for the key and a component’s name and flavor', () => {
    const bare = use({
      key: null,
      backend: undefined,
      stack: undefined,
      attribute: undefined,
      component: { type: 'alerter', name: undefined, flavor: undefined },
      place: { url: 'https://zenml.example.com/stacks/7' },
    })
    const { references } = JSON.parse(renderJson(report({ uses: [bare, { ...bare, component: undefined }] })))
    const known = {
      secret: 'mlflow',
      key: null,
      verdict: 'found',
      via: 'reference',
      url: 'https://zenml.example.com/stacks/7',
    }
    expect(references).toEqual([{ ...known, component: { type: 'alerter', name: null, flavor: null } }, known])
  })

  it.each([
    ['missing-secret', true],
    ['missing-key', undefined],
  ] as const)('says that registering fails only where it does: %s', (kind, breaks) => {
    const [finding] = JSON.parse(renderJson(report({ findings: [reported(everyKind[kind])] }))).findings
    expect(finding.breaksRegistration).toBe(breaks)
  })

  it('agrees with the committed schema, which is current', () => {
    expect(committed).toBe(`${JSON.stringify(reportJsonSchema(), undefined, 2)}\n`)
    validate(JSON.parse(renderJson(sampleReport())))
    expect(validate.errors).toBeNull()
    expect(reportSchema.safeParse(JSON.parse(renderJson(sampleReport()))).success).toBe(true)
  })

  it.each([
    ['another version', { version: 2 }],
    ['a part it does not know', { more: 1 }],
    ['a finding of no kind', { findings: [{}] }],
    ['a reference without a place', { references: [{ secret: 'a', key: null, verdict: 'found', via: 'reference' }] }],
  ])('is not valid with %s', (_, change) => {
    expect(validate({ ...JSON.parse(renderJson(sampleReport())), ...change })).toBe(false)
  })

  it('stays valid, keeps every text, and prints no command and no control, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 1, maxLength: 7 }), texts => {
        const given = hostileReport(texts)
        const json = renderJson(given)
        const parsed = JSON.parse(json)
        validate(parsed)
        expect(validate.errors).toBeNull()
        expect(parsed.references.map(({ secret }: { secret: string }) => secret)).toEqual(
          given.uses.map(({ secret }) => secret),
        )
        expect(commandsIn(json)).toEqual([])
        expect(json.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
      }),
    )
  })
})
