import { Command } from 'commander'
import type { RawOptions } from '../settings/resolve.ts'
import { checkSurface, referencesSurface, type Surface } from '../settings/surface.ts'
import { version } from '../version.ts'
import { families } from './families.ts'
import { flagsOf, rawFromFlags } from './flags.ts'
import { checkHelp, programHelp, referencesHelp } from './help.ts'
import type { Io } from './io.ts'

export type CommandName = 'check' | 'references'
export type RunCommand = (name: CommandName, raw: RawOptions) => Promise<void>

interface CommandText {
  readonly summary: string
  readonly description: string
  readonly help: () => string
  readonly surface: Surface<string>
}

const commands = {
  check: {
    summary: 'Check that every secret the stacks need is there',
    description:
      'Reads the ZenML stack configuration in files, looks up every secret it refers to, and says on which line one is missing.',
    help: checkHelp,
    surface: checkSurface,
  },
  references: {
    summary: 'List every place that needs a secret, without looking any up',
    description: 'Lists every place in the stack configuration that needs a secret. No backend is asked.',
    help: referencesHelp,
    surface: referencesSurface,
  },
} satisfies Record<CommandName, CommandText>

/** The widest help is still easy to read at. */
const maxHelpWidth = 110

/** The command line. Help and version go to `io`; errors of usage are thrown as commander's, and print nothing. */
export function buildProgram(io: Io, run: RunCommand): Command {
  const width = (columns: number | undefined) => Math.min(columns ?? 80, maxHelpWidth)
  const program = new Command('zenml-secrets')
    .description('Validates the secret references of ZenML stacks before anything runs.')
    .version(version, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Print help')
    .helpCommand('help [command]', 'Print help for a command')
    .addHelpText('after', programHelp)
    .exitOverride()
    .configureOutput({
      writeOut: text => void io.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => width(io.stdout.columns),
      getOutHasColors: () => false,
    })
  addCommand(program, 'check', run)
  addCommand(program, 'references', run)
  for (const [name, { summary }] of Object.entries(families))
    program.command(name).summary(summary).description(`${summary}.`)
  return program
}

function addCommand(program: Command, name: CommandName, run: RunCommand): void {
  const { summary, description, help, surface } = commands[name]
  const flags = flagsOf(surface.name, surface.formats)
  const command = program
    .command(name)
    .summary(summary)
    .description(description)
    .argument('[PATH...]', 'Files, directories or globs; by default every file git lists below here')
    .addHelpText('after', help)
    .action((paths: readonly string[], given: Readonly<Record<string, unknown>>) =>
      run(name, rawFromFlags(flags, given, paths)),
    )
  for (const flag of flags) command.addOption(flag)
}
