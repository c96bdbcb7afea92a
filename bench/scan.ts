import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Benchmark, median } from './measure.ts'

const root = join(import.meta.dirname, '..')
const cli = join(root, 'dist/cli/index.js')
const secretsCount = 100
const referencesPerFile = 10
const rounds = 3

/** A tree of stack exports with ten references each, to a hundred secrets, nine in ten of which exist. */
function writeTree(folder: string, files: number): void {
  for (let file = 0; file < files; file++) {
    const directory = join(folder, `team-${file % 50}`)
    if (file < 50) mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, `stack-${file}.yaml`), stackFile(file))
  }
  const existing = Array.from({ length: secretsCount }, (_, secret) => secret).filter(secret => secret % 10 !== 0)
  const entries = existing.map(secret => `secret-${secret}:\n  key: dmFsdWU=\n  zenml_schema_name: arbitrary\n`)
  writeFileSync(join(folder, 'secrets.yaml'), entries.join(''))
}

function stackFile(file: number): string {
  const attributes = Array.from({ length: referencesPerFile }, (_, index) => {
    const secret = (file * referencesPerFile + index) % secretsCount
    return `      attribute_${index}: '{{secret-${secret}.key}}'\n`
  })
  return [
    'components:\n  alerter:\n    configuration:\n',
    ...attributes,
    '    flavor: custom\n    name: alerts\n    type: alerter\n',
    '  orchestrator:\n    configuration: {}\n    flavor: local\n    name: default\n    type: orchestrator\n',
    `stack_name: stack-${file}\nzenml_version: 0.98.0\n`,
  ].join('')
}

interface Run {
  readonly seconds: number
  readonly mebibytes: number
}

/** One whole process; the peak of its memory is asked of the process itself as it ends. */
function check(folder: string): Run {
  const script = `process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))
process.argv=[process.argv[0],${JSON.stringify(cli)},'check','--secrets-file','secrets.yaml','--quiet']
await import(${JSON.stringify(cli)})`
  const start = performance.now()
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const seconds = (performance.now() - start) / 1000
  return { seconds, mebibytes: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024 }
}

function measure(files: number): Run {
  const folder = mkdtempSync(join(tmpdir(), 'zenml-secrets-bench-'))
  try {
    writeTree(folder, files)
    check(folder)
    const runs = Array.from({ length: rounds }, () => check(folder))
    return {
      seconds: median(runs.map(run => run.seconds)),
      mebibytes: median(runs.map(run => run.mebibytes)),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const scan: Benchmark = {
  title: '10,000 references to 100 secrets in 1,000 files, and ten times that',
  run: async () => {
    const small = measure(1_000)
    const large = measure(10_000)
    return [
      { name: 'whole process, 1,000 files', value: small.seconds, limit: 2, unit: 's' },
      { name: 'peak memory, 1,000 files', value: small.mebibytes, limit: 200, unit: 'MiB' },
      { name: 'ten times the files, time', value: large.seconds / small.seconds, limit: 12, unit: '×' },
    ]
  },
}
