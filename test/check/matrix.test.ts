import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SettingsError } from '../../src/settings/settings.ts'
import type { Report } from '../../src/validation/report.ts'
import { makeTree } from '../files/tree.ts'
import { checkTree } from './run.ts'

/** What ZenML 0.22.0 said about one stack, one state of its secrets and one level. */
interface Cell {
  readonly stack: 'with-manager' | 'no-manager'
  readonly state: keyof typeof states
  /** `ZENML_SECRET_VALIDATION_LEVEL`; `null` where it was unset. */
  readonly level: string | null
  /** `fail_if_secrets_missing`: an exception, as against a warning. */
  readonly fail: boolean
  readonly exception: readonly [type: string, message: string] | null
  readonly warnings: readonly string[]
}

const fixtures = join(import.meta.dirname, '../fixtures')
const matrix: readonly Cell[] = JSON.parse(
  readFileSync(join(fixtures, 'validation/validate-matrix-0.22.0.json'), 'utf8'),
).results

const encoded = (text: string) => Buffer.from(text).toString('base64')
const mlflow = `mlf-creds: {username: ${encoded('admin')}, password: ${encoded('pw1')}, zenml_schema_name: arbitrary}\n`
const slack = (key: string, value: string) => `slack: {${key}: '${encoded(value)}', zenml_schema_name: arbitrary}\n`

/** Files of the local secrets manager. */
const states = {
  'all-present': mlflow + slack('token', 't'),
  'missing-secret': mlflow,
  'missing-key': mlflow + slack('other', 't'),
  'empty-value': mlflow + slack('token', ''),
  nothing: '{}\n',
} as const

const managerId = '30d25383-04a5-4c7b-9092-ddd43df11e54'
const exports = {
  'with-manager': readFileSync(join(fixtures, 'exports/legacy/0.22.0/ci.yaml')),
  'no-manager': readFileSync(join(fixtures, 'exports/legacy/0.22.0/nosm.yaml')),
}

/** `fail_if_secrets_missing` is our `fail-on`. */
async function run({ stack, state, level, fail }: Cell) {
  const secrets = `stores/${managerId}/secrets.yaml`
  const root = makeTree({ 'stack.yaml': exports[stack], [secrets]: states[state] })
  const env = {
    ZENML_LOCAL_STORES_PATH: join(root, 'stores'),
    ...(level !== null && { ZENML_SECRET_VALIDATION_LEVEL: level }),
  }
  return checkTree(root, { paths: 'stack.yaml', 'fail-on': fail ? 'error' : 'never' }, { env })
}

/** What ZenML says is wrong, whether it raises or warns. */
function saidBy({ exception, warnings }: Cell): string {
  return exception?.[1] ?? warnings.join('\n')
}

/** `name.key` of what ZenML says is missing, sorted: its own order is random. */
function missingBy(cell: Cell): readonly string[] {
  const found = saidBy(cell).matchAll(/SecretReference\(name='([^']*)', key='([^']*)'\)/g)
  return [...found].map(([, name, key]) => `${name}.${key}`).sort()
}

function missingIn({ uses }: Report): readonly string[] {
  const missing = uses.filter(({ verdict }) => verdict === 'missing' || verdict === 'key_missing')
  return missing.map(({ secret, key }) => `${secret}.${key}`).sort()
}

function titleOf({ stack, state, level, fail }: Cell): string {
  const shown = level === null ? 'unset' : JSON.stringify(level)
  return `${stack}, ${state}, level ${shown}, ${fail ? 'failing' : 'warning'}`
}

const titled = (cells: readonly Cell[]) => cells.map(cell => [titleOf(cell), cell] as const)

const refusedLevels = matrix.filter(({ exception }) => exception?.[0] === 'builtins.ValueError')
const emptyLevels = refusedLevels.filter(({ level }) => level === '')
const judged = matrix.filter(cell => !refusedLevels.includes(cell))

describe('the matrix recorded from ZenML 0.22', () => {
  it('has 84 cells, of which all but those of one kind are answered alike', () => {
    expect([matrix.length, judged.length, refusedLevels.length, emptyLevels.length]).toEqual([84, 48, 36, 12])
  })

  it.each(titled(judged))('%s: says what ZenML says', async (_, cell) => {
    const { report, exit } = await run(cell)
    const wrong = saidBy(cell) !== ''
    expect(report.result).toBe(wrong ? 'fail' : 'pass')
    expect(exit).toBe(cell.exception ? 1 : 0)
    expect(missingIn(report)).toEqual(missingBy(cell))
    const hasManager = !saidBy(cell).includes('there is no secrets manager in this stack')
    const reasons = report.findings.flatMap(({ finding }) => (finding.kind === 'no-backend' ? finding.reason : []))
    expect(reasons).toEqual(hasManager ? [] : ['no-secrets-manager'])
    expect(report.findings).toHaveLength(missingBy(cell).length + reasons.length)
  })

  it.each(titled(refusedLevels.filter(({ level }) => level !== '')))(
    '%s: refuses to run, naming the level as ZenML does',
    async (_, cell) => {
      const problem = await run(cell).then(
        () => undefined,
        error => error,
      )
      expect(problem).toBeInstanceOf(SettingsError)
      expect(saidBy(cell)).toBe(`'${cell.level}' is not a valid SecretValidationLevel`)
      expect(problem.problems).toHaveLength(1)
      expect(problem.problems[0]).toContain(
        `The environment variable ZENML_SECRET_VALIDATION_LEVEL does not take "${cell.level}". Use NONE, SECRET_EXISTS or SECRET_AND_KEY_EXISTS.`,
      )
    },
  )
})

describe('an empty level counts as unset, because that is what an unset variable of a workflow gives; ZenML refuses it', () => {
  it.each(titled(emptyLevels))('%s: says what it says with the level unset', async (_, cell) => {
    const unset = matrix.find(
      ({ stack, state, level, fail }) =>
        level === null && stack === cell.stack && state === cell.state && fail === cell.fail,
    )
    if (!unset) throw new Error('no such cell')
    expect(saidBy(cell)).toBe("'' is not a valid SecretValidationLevel")
    const { report, exit } = await run(cell)
    expect(report.level).toBe('SECRET_AND_KEY_EXISTS')
    expect(missingIn(report)).toEqual(missingBy(unset))
    expect([report.result, exit]).toEqual([saidBy(unset) === '' ? 'pass' : 'fail', unset.exception ? 1 : 0])
  })
})

describe('one absent secret with several keys used', () => {
  it('is listed by ZenML once for each key; here each use has its verdict, and all say that the secret is missing', async () => {
    const cell = judged.find(({ state, level, fail }) => state === 'nothing' && level === null && fail)
    if (!cell) throw new Error('no such cell')
    expect(missingBy(cell)).toEqual(['mlf-creds.password', 'mlf-creds.username', 'slack.token'])
    const { report } = await run(cell)
    expect(report.findings.map(({ finding }) => [finding.kind, 'secret' in finding && finding.secret])).toEqual([
      ['missing-secret', 'slack'],
      ['missing-secret', 'mlf-creds'],
      ['missing-secret', 'mlf-creds'],
    ])
  })
})
