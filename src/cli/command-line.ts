import { type Command, CommanderError } from 'commander'
import { displayable } from '../text/displayable.ts'
import { clean, couldNotRun } from './exit-code.ts'
import { families } from './families.ts'
import type { FamilyContext } from './family.ts'
import type { Io } from './io.ts'
import { buildProgram, type RunCommand } from './program.ts'

/**
 * Reads any command line and runs what it asks for. Returns an exit code, which counts unless `run` was called.
 * @throws what `run` and the commands throw.
 */
export async function runCommandLine(argv: readonly string[], io: Io, run: RunCommand): Promise<number> {
  const program = buildProgram(io, run)
  if (argv.length === 0) {
    program.outputHelp()
    return clean
  }
  let code: number = clean
  const family = await completeFamily(program, { io, argv, done: ended => (code = ended) })
  if (family && family.commands.length > 0 && argv.length === 1) {
    family.outputHelp()
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
  return code
}

/** Loads the family of commands that a command line names, be it for its help. */
async function completeFamily(program: Command, context: FamilyContext): Promise<Command | undefined> {
  const [first, second] = context.argv
  const name = (first === 'help' ? second : first) ?? ''
  const family = Object.hasOwn(families, name) ? families[name] : undefined
  const command = program.commands.find(candidate => candidate.name() === name)
  if (!family || !command) return undefined
  const complete = await family.load()
  complete(command, context)
  return command
}

const suggestion = '\n(Did you mean '

/** Commander's message quotes what was typed as it stands; its own suggestion is on a line of its own. */
function usageLines(error: CommanderError): readonly string[] {
  // `help NAME` of a command there is not: commander shows its help again and gives no reason.
  // What follows the `=` of an option there is not may be the value of a secret.
  const message =
    error.code === 'commander.help'
      ? 'error: there is no such command'
      : error.message.replace(/^(error: unknown option '[^=]*=).*'/s, "$1…'")
  const cut = message.lastIndexOf(suggestion)
  const parts = cut < 0 ? [message] : [message.slice(0, cut), message.slice(cut + 1)]
  return [...parts.map(part => displayable(part, 500)), 'Run with --help to see what there is.']
}
