import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTree } from '../files/tree.ts'
import { commandsIn, type RunnerCommand } from '../runner.ts'
import { parseEnvFile } from './env-file.ts'
import { type Finished, type Started, start } from './process.ts'

export interface Step {
  readonly workspace: string
  readonly inputs?: Readonly<Record<string, string>>
  /** Name of the event and its payload; a push by default. */
  readonly event?: readonly [name: string, payload: unknown]
  /** Variables that differ from the runner's own; an empty one counts as unset. */
  readonly env?: Readonly<Record<string, string>>
}

export interface FinishedStep extends Finished {
  /** What the runner would make of both streams. */
  readonly commands: readonly RunnerCommand[]
  readonly outputs: ReadonlyMap<string, string>
  readonly summary: string
}

const headSha = 'a'.repeat(40)

/** Starts the action the way the runner does, with the files the runner makes for a step. */
export function startStep({ workspace, inputs = {}, event = ['push', {}], env = {} }: Step): Omit<
  Started,
  'finished'
> & {
  readonly finished: Promise<FinishedStep>
} {
  const [name, payload] = event
  const files = { 'event.json': JSON.stringify(payload) ?? '', output: '', summary: '', env: '', path: '', state: '' }
  const runner = makeTree(files)
  const given = Object.entries(inputs).map(([input, value]) => [
    `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ])
  const { child, finished } = start({
    bundle: 'action',
    cwd: workspace,
    env: {
      HOME: runner,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: join(runner, 'event.json'),
      GITHUB_REPOSITORY: 'acme/stacks',
      GITHUB_SHA: headSha,
      GITHUB_ACTOR: 'acme',
      GITHUB_WORKFLOW: 'CI',
      GITHUB_JOB: 'secrets',
      GITHUB_ACTION: '__zenml-secrets',
      GITHUB_RUN_ID: '42',
      GITHUB_SERVER_URL: 'https://github.com',
      // Nothing listens there: a test that talks to GitHub names its own.
      GITHUB_API_URL: 'http://127.0.0.1:9',
      GITHUB_OUTPUT: join(runner, 'output'),
      GITHUB_STEP_SUMMARY: join(runner, 'summary'),
      GITHUB_ENV: join(runner, 'env'),
      GITHUB_PATH: join(runner, 'path'),
      GITHUB_STATE: join(runner, 'state'),
      ...Object.fromEntries(given),
      ...env,
    },
  })
  const read = (file: string) => (existsSync(join(runner, file)) ? readFileSync(join(runner, file), 'utf8') : '')
  return {
    child,
    finished: finished.then(result => {
      const others = ['env', 'path', 'state'].filter(file => read(file) !== '')
      if (others.length > 0) throw new Error(`The action wrote to ${others.join(', ')}.`)
      return {
        ...result,
        commands: commandsIn(`${result.stdout}\n${result.stderr}`),
        outputs: parseEnvFile(read('output')),
        summary: read('summary'),
      }
    }),
  }
}

export function runStep(step: Step): Promise<FinishedStep> {
  return startStep(step).finished
}
