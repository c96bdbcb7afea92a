import { CommanderError } from 'commander'
import { displayable } from '../text/displayable.ts'
import { clean, couldNotRun } from './exit-code.ts'
import type { Io } from './io.ts'
import { buildProgram, type RunCommand } from './program.ts'

/**
 * Reads any command line and runs what it asks for. Returns an exit code, which counts unless `run` was called.
 * @throws what `run` throws.
 */
export async function runCommandLine(argv: readonly string[], io: Io, run: RunCommand): Promise<number> {
  const program = buildProgram(io, run)
  if (argv.length === 0) {
    program.outputHelp()
    return clean
  }
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return clean
    for (const line of usageLines(error)) io.stderr.write(`${line}\n`)
    return couldNotRun
  }
  return clean
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
