import { CommanderError } from 'commander'
import type { RawOptions } from '../settings/resolve.ts'
import { displayable } from '../text/displayable.ts'
import { runCheck } from './commands/check.ts'
import { clean, couldNotRun, interrupted } from './exit-code.ts'
import type { Io } from './io.ts'
import { buildProgram, type CommandName } from './program.ts'

type Run = (raw: RawOptions, io: Io) => Promise<number>

/** The command that nearly every run is for comes with the program; the others are loaded when asked for. */
const loaders = {
  check: async () => runCheck,
  references: async () => (await import('./commands/references.ts')).runReferences,
} satisfies Record<CommandName, () => Promise<Run>>

/** Runs the command line. Returns the exit code; never throws, never exits. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code = clean
  const program = buildProgram(io, async (name, raw) => {
    code = await runCommand(name, raw, io)
  })
  if (argv.length === 0) {
    program.outputHelp()
    return clean
  }
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) return fail(error, false, io)
    if (error.exitCode === 0) return clean
    for (const line of usageLines(error)) io.stderr.write(`${line}\n`)
    return couldNotRun
  }
  return code
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
  const { failureLines } = await import('./failure.ts')
  for (const line of failureLines(error, verbose)) io.stderr.write(`${line}\n`)
  return couldNotRun
}

const suggestion = '\n(Did you mean '

/** Commander's message quotes what was typed as it stands; its own suggestion is on a line of its own. */
function usageLines(error: CommanderError): readonly string[] {
  // `help NAME` of a command there is not: commander shows its help again and gives no reason.
  const message = error.code === 'commander.help' ? 'error: there is no such command' : error.message
  const cut = message.lastIndexOf(suggestion)
  const parts = cut < 0 ? [message] : [message.slice(0, cut), message.slice(cut + 1)]
  return [...parts.map(part => displayable(part, 500)), 'Run with --help to see what there is.']
}
