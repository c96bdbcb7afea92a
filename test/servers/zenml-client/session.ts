import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { cacheFolder } from '../../../scripts/servers/lib.ts'
import type { Level } from '../../../src/validation/level.ts'

/** A client of ZenML: a process of its own, with a configuration of its own. */
export interface Session {
  /** Of the client, also for files that it is to write. */
  readonly folder: string
  /** A command of `zenml`, which has to succeed. */
  zenml(...args: readonly string[]): Promise<void>
  /** The same, and what it prints. */
  show(...args: readonly string[]): Promise<string>
  /** What ZenML's own check says about a stack: nothing, or an error. */
  validate(stack: string, level: Level): Promise<string | undefined>
  /** What a run meets when it reads each attribute of the stack's alerter: nothing, or an error. */
  resolve(stack: string): Promise<ReadonlyMap<string, string | undefined>>
  /** A secret as the secrets manager of a stack hands it to a pipeline; for ZenML 0.22. */
  read(stack: string, secret: string): Promise<{ readonly content: unknown; readonly schema: string }>
  /** Keys and values of a secret as ZenML's client reads them. */
  values(secret: string): Promise<ReadonlyMap<string, string>>
  close(): void
}

export interface SessionOptions {
  /** Of a folder, so no two at once have the same. */
  readonly name: string
  /** Of the environment in which ZenML is installed. */
  readonly python: string
  readonly env: Readonly<Record<string, string>>
}

export function openSession({ name, python, env }: SessionOptions): Session {
  const folder = join(cacheFolder(), 'run', `client-${process.pid}-${name}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'config'), { recursive: true, mode: 0o700 })
  const child = spawn(python, [join(import.meta.dirname, 'session.py')], {
    cwd: folder,
    env: environment(folder, env),
    stdio: 'pipe',
  })
  const { stdin, stdout, stderr } = child
  let log = ''
  stderr.setEncoding('utf8').on('data', text => {
    log = (log + text).slice(-4_000)
  })
  stdin.on('error', () => undefined)
  const lines = createInterface(stdout)[Symbol.asyncIterator]()
  let turn: Promise<unknown> = Promise.resolve()
  const ask = (request: object): Promise<any> => {
    const answer = turn.then(async () => {
      stdin.write(`${JSON.stringify(request)}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error(`The client of ZenML ended. Its log ends:\n${log}`)
      return JSON.parse(value)
    })
    turn = answer.catch(() => undefined)
    return answer
  }
  const failed = (args: readonly string[], error: string) => new Error(`zenml ${args.join(' ')}: ${error}\n${log}`)
  return {
    folder,
    zenml: async (...args) => {
      const { error } = await ask({ run: args })
      if (error !== null) throw failed(args, error)
    },
    show: async (...args) => {
      const { error, text } = await ask({ show: args })
      if (error !== null) throw failed(args, error)
      return text
    },
    validate: async (stack, level) => (await ask({ validate: stack, level })).error ?? undefined,
    resolve: async stack => {
      const resolved: Readonly<Record<string, string | null>> = (await ask({ resolve: stack })).resolved
      return new Map(Object.entries(resolved).map(([field, error]) => [field, error ?? undefined]))
    },
    read: (stack, secret) => ask({ read: stack, secret }),
    values: async secret => new Map(Object.entries((await ask({ secret })).values)),
    close: () => {
      stdin.end()
      child.kill()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function environment(folder: string, env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  // The settings of whoever runs the tests must not reach the client.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(ZENML|AWS)_/.test(name))
  return {
    ...Object.fromEntries(inherited),
    ZENML_CONFIG_PATH: join(folder, 'config'),
    ZENML_ANALYTICS_OPT_IN: 'false',
    ZENML_ENABLE_RICH_TRACEBACK: 'false',
    AUTO_OPEN_DASHBOARD: 'false',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONPATH: import.meta.dirname,
    ...env,
  }
}
