import { describe, expect, it } from 'vitest'
import { referencesMarkdown, referencesText } from '../../src/reports/references.ts'
import { referencesCsv } from '../../src/reports/references-csv.ts'
import { referencesTree } from '../../src/reports/references-tree.ts'
import type { Report, ReportedStack } from '../../src/validation/report.ts'
import type { JudgedUse, Owner } from '../../src/validation/use.ts'

const tracker = { type: 'experiment_tracker', name: 'mlf', flavor: 'mlflow' }

interface Change extends Owner {
  readonly key?: string | null
  readonly via?: JudgedUse['via']
  readonly place?: JudgedUse['place']
}

function use(secret: string, line: number, change: Change = {}): JudgedUse {
  const span = { start: { line, column: 24 }, end: { line, column: 44 } }
  return {
    secret,
    key: 'password',
    via: 'reference',
    place: { file: 'stacks/prod.yaml', span },
    excerpt: undefined,
    breaksRegistration: false,
    verdict: 'skipped',
    backend: undefined,
    ...change,
  }
}

function report(uses: readonly JudgedUse[], stacks: readonly ReportedStack[] = []): Report {
  const none = { found: 0, missing: 0, unusable: 0, denied: 0, unverified: 0, invalid: 0, ignored: 0 }
  const secrets = new Set(uses.map(({ secret }) => secret)).size
  return {
    result: 'pass',
    level: 'NONE',
    backends: [],
    counts: {
      ...none,
      skipped: uses.length,
      files: 1,
      stacks: stacks.length,
      references: uses.length,
      secrets,
      errors: 0,
      warnings: 0,
      notices: 0,
    },
    uses,
    findings: [],
    stacks,
  }
}

const uses = [
  use('mlflow', 12, { stack: 'prod', component: tracker, attribute: 'tracking_password' }),
  use('mlflow', 13, { stack: 'prod', component: tracker, attribute: 'tracking_username', key: 'user' }),
  use('aws', 20, {
    stack: 'prod',
    component: { type: 'artifact_store', name: 's3', flavor: 's3' },
    attribute: 'authentication_secret',
    key: null,
    via: 'secret-name',
  }),
  use('loose', 3, { via: 'python', key: null }),
]
const full = report(uses, [
  { name: 'prod', file: 'stacks/prod.yaml', uses: [0, 1, 2] },
  { name: 'empty', file: 'stacks/empty.yaml', uses: [] },
])

describe('the list of secret uses', () => {
  it('is a table in text', () => {
    expect(referencesText(full).split('\n')).toEqual([
      'SECRET  KEY       WHERE                   VIA',
      'mlflow  password  stacks/prod.yaml:12:24  reference',
      'mlflow  user      stacks/prod.yaml:13:24  reference',
      'aws     –         stacks/prod.yaml:20:24  secret-name',
      'loose   –         stacks/prod.yaml:3:24   python',
      '',
      '4 uses of 3 secrets in 1 file.',
      '',
    ])
  })

  it('keeps its columns beside wide letters', () => {
    const lines = referencesText(report([use('秘密', 1), use('aws', 2)])).split('\n')
    expect(lines.slice(1, 3)).toEqual([
      '秘密    password  stacks/prod.yaml:1:24  reference',
      'aws     password  stacks/prod.yaml:2:24  reference',
    ])
  })

  it('is a tree by stack and component', () => {
    expect(referencesTree(full).split('\n')).toEqual([
      'prod  stacks/prod.yaml',
      '├─ experiment_tracker "mlf" (mlflow)',
      '│  ├─ tracking_password  mlflow · password  stacks/prod.yaml:12:24  (reference)',
      '│  └─ tracking_username  mlflow · user  stacks/prod.yaml:13:24  (reference)',
      '└─ artifact_store "s3" (s3)',
      '   └─ authentication_secret  aws · –  stacks/prod.yaml:20:24  (secret-name)',
      '',
      'outside any stack  stacks/prod.yaml',
      '└─ loose · –  stacks/prod.yaml:3:24  (python)',
      '',
      '4 uses of 3 secrets in 1 file.',
      '',
    ])
  })

  it('is a Markdown table', () => {
    expect(referencesMarkdown(report([use('a|b', 1), use('@x', 2, { key: null })])).split('\n')).toEqual([
      '| Secret | Key | Where | Via |',
      '| --- | --- | --- | --- |',
      '| `a\\x7cb` | `password` | `stacks/prod.yaml:1:24` | reference |',
      '| `@x` |  | `stacks/prod.yaml:2:24` | reference |',
      '',
      '2 uses of 2 secrets in 1 file.',
      '',
    ])
  })

  it('is a sentence where there is none', () => {
    expect(referencesText(report([]))).toBe('Nothing needs a secret.\n')
    expect(referencesTree(report([]))).toBe('Nothing needs a secret.\n')
  })

  it.each([referencesText, referencesTree, referencesMarkdown])(
    'holds no control and no runner command in %o',
    render => {
      const hostile = 'x\n::error::\u001b[2J##[group]\u202e'
      const place = { file: hostile, span: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } } }
      const component = { type: hostile, name: hostile, flavor: hostile }
      const list = report(
        [use(hostile, 1, { key: hostile, attribute: hostile, component, place })],
        [{ name: hostile, file: hostile, uses: [0] }],
      )
      const text = render(list)
      expect(text).toContain('x\\n:\\x3aerror:\\x3a\\e[2J#\\x23[group]\\u202e')
      expect(text).not.toMatch(/[^\n\P{C}]|::|##\[/u)
    },
  )
})

describe('the list of secret uses as CSV', () => {
  const header =
    '"secret","key","via","file","line","column","stack","component_type","component","flavor","attribute"\r\n'

  it('has a row for each use, whatever it lacks', () => {
    const place = { url: 'https://zenml.example/stacks/1' }
    expect(referencesCsv(report([uses[0]!, use('aws', 3, { key: null, via: 'secrets-list', place })]))).toBe(
      `${header}"mlflow","password","reference","stacks/prod.yaml","12","24","prod","experiment_tracker","mlf","mlflow","tracking_password"\r\n` +
        '"aws","","secrets-list","https://zenml.example/stacks/1","","","","","","",""\r\n',
    )
  })

  it('has its header alone where there is no use', () => {
    expect(referencesCsv(report([]))).toBe(header)
  })

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(1)', "'@SUM(1)"],
    ['|calc', "'|calc"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['\t=1', '\\t=1'],
    ['a"b,c', 'a""b,c'],
    ['a\r\nb', 'a\\r\\nb'],
    ["'quoted'", "'quoted'"],
    ['plain=x', 'plain=x'],
  ])('writes %j as a cell no spreadsheet runs', (secret, cell) => {
    const [, row] = referencesCsv(report([use(secret, 1)])).split('\r\n')
    expect(row?.startsWith(`"${cell}","password",`)).toBe(true)
  })
})
