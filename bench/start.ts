import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Benchmark, median } from './measure.ts'

const root = join(import.meta.dirname, '..')
const rounds = 25

interface Process {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Milliseconds of a whole process, from outside. */
function timeOf({ args, env = {} }: Process): number {
  const start = performance.now()
  const { error } = spawnSync(process.execPath, args, { cwd: root, env: { PATH: process.env.PATH, ...env } })
  if (error) throw error
  return performance.now() - start
}

/** Taken in turns, so that a machine that speeds up or slows down does so for both. */
function ratio(measured: Process, base: Process): number {
  const ratios: number[] = []
  timeOf(measured)
  timeOf(base)
  for (let round = 0; round < rounds; round++) ratios.push(timeOf(measured) / timeOf(base))
  return median(ratios)
}

const bare: Process = { args: ['-e', '0'] }
const quickstart = 'examples/quickstart'
const secrets = `${quickstart}/secrets.yaml`

const commands: readonly (readonly string[])[] = [
  ['check', quickstart, '--secrets-file', secrets],
  ['references', quickstart],
  ['secret', 'list', '--secrets-file', secrets],
  ['schemas'],
  ['explain', 'missing-secret'],
  ['completion', 'bash'],
  ['--help'],
]

export const start: Benchmark = {
  title: 'Whole process, against a bare `node -e 0`; of the check, with the quickstart',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zenml-secrets-bench-'))
    try {
      for (const name of ['output', 'summary']) writeFileSync(join(folder, name), '')
      const env = {
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: root,
        GITHUB_OUTPUT: join(folder, 'output'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
        INPUT_PATHS: quickstart,
        'INPUT_SECRETS-FILE': secrets,
        INPUT_COMMENT: 'never',
      }
      return [
        ...commands.map(command => ({
          name: `command line, ${command[0] === 'secret' ? 'secret list' : command[0]}`,
          value: ratio({ args: ['dist/cli/index.js', ...command] }, bare),
          limit: 2.5,
          unit: '×' as const,
        })),
        { name: 'action', value: ratio({ args: ['dist/action/index.js'], env }, bare), limit: 4.5, unit: '×' },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
