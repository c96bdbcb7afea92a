import type { RawOptions } from '../settings/resolve.ts'
import { interrupted } from './exit-code.ts'
import type { Io } from './io.ts'
import { readPlainArguments } from './plain-arguments.ts'
import type { CommandName } from './program.ts'

type Run = (raw: RawOptions, io: Io) => Promise<number>

/** Each is loaded when it is asked for: what the check needs is most of the start of a command without one. */
const loaders = {
  check: async () => (await import('./commands/check.ts')).runCheck,
  references: async () => (await import('./commands/references.ts')).runReferences,
} satisfies Record<CommandName, () => Promise<Run>>

/** Runs the command line. Returns the exit code; never throws, never exits. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const plain = argv[0] === 'check' ? readPlainArguments(argv.slice(1)) : undefined
  if (plain) return runCommand('check', plain, io)
  let code: number | undefined
  try {
    const { runCommandLine } = await import('./command-line.ts')
    const usage = await runCommandLine(argv, io, async (name, raw) => {
      code = await runCommand(name, raw, io)
    })
    return io.signal.aborted ? interrupted : (code ?? usage)
  } catch (error) {
    return io.signal.aborted ? interrupted : fail(error, false, io)
  }
}

async function runCommand(name: CommandName, raw: RawOptions, io: Io): Promise<number> {
  try {
    const run = await loaders[name]()
    const code = await run(raw, io)
    return io.signal.aborted ? interrupted : code
  } catch (error) {
    return io.signal.aborted ? interrupted : fail(error, raw.has('verbose'), io)
  }
}

async function fail(error: unknown, verbose: boolean, io: Io): Promise<number> {
  const { failureCode, failureLines } = await import('./failure.ts')
  for (const line of failureLines(error, verbose)) io.stderr.write(`${line}\n`)
  return failureCode(error)
}
