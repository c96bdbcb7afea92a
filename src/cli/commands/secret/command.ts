import { type Command, Option } from 'commander'
import { type OptionName, options } from '../../../settings/options.ts'
import type { RawOptions } from '../../../settings/resolve.ts'
import type { FamilyContext } from '../../family.ts'
import { flagsOf, rawFromFlags } from '../../flags.ts'
import type { Io } from '../../io.ts'
import { readSecretArguments } from '../../secret-arguments.ts'
import { guardValues } from '../../unforeseen.ts'
import { type SecretCommand, secretCommands } from './commands.ts'
import { commandHelp, familyHelp } from './help.ts'
import { openSession, type Session } from './session.ts'

export type OpenSession = (raw: RawOptions, io: Io) => Promise<Session>

/**
 * `zenml-secrets secret …`: adds the commands to their parent, which prints help and reports mistakes of usage. `done` is
 * told the exit code.
 */
export function addSecretCommands(
  parent: Command,
  { io, argv, done, open = openSession }: FamilyContext & { readonly open?: OpenSession },
): void {
  parent
    .helpCommand('help [command]', 'Print help for a command')
    .configureHelp({ subcommandTerm: command => [command.name(), command.alias()].filter(Boolean).join('|') })
    .addHelpText('after', familyHelp)
  for (const [name, command] of Object.entries(secretCommands)) {
    const added = parent.command(name).summary(command.summary).description(`${command.summary}.`)
    if (command.alias !== undefined) added.alias(command.alias)
    // The flags of all the commands together would take a tenth of the start.
    if (argv.includes(name) || argv.includes(command.alias ?? name)) {
      complete(added, command, { io, open, done })
    }
  }
}

interface Surroundings {
  readonly io: Io
  readonly open: OpenSession
  readonly done: (code: number) => void
}

function complete(added: Command, command: SecretCommand, { done, ...context }: Surroundings): void {
  const own = command.options.map(([spelling, description]) => repeatable(new Option(spelling, description)))
  const backend = backendFlags()
  for (const option of [...own, ...backend]) added.addOption(option)
  added
    .usage(`${command.usage} [options]`.trim())
    .argument('[NAME...]')
    .allowUnknownOption()
    .addHelpText('after', commandHelp(command))
    .action(async (_names: unknown, given: Readonly<Record<string, unknown>>) => {
      const typed: Typed = {
        own: rawFromFlags(own, given, []),
        backend: rawFromFlags(backend, given, []),
        rest: added.args,
      }
      done(await runCommand(command, typed, context))
    })
}

interface Typed {
  readonly own: RawOptions
  readonly backend: RawOptions
  /** Names and pairs. */
  readonly rest: readonly string[]
}

async function runCommand(
  command: SecretCommand,
  { own, backend, rest }: Typed,
  { io, open }: { readonly io: Io; readonly open: OpenSession },
): Promise<number> {
  return guardValues(io, backend.has('verbose'), async () => {
    const scope = backend.get('scope') ?? []
    const isVisibility = command === secretCommands.list && scope.some(text => text === 'public' || text === 'private')
    const filters = isVisibility ? new Map([...own, ['visibility', scope]]) : own
    const invocation = { ...readSecretArguments(rest, takesPairs(command)), own: filters }
    const settings = [...backend].filter(([name]) => name !== 'verbose' && !(isVisibility && name === 'scope'))
    return command.run(invocation, await open(new Map(settings), io))
  })
}

function takesPairs({ usage }: SecretCommand): boolean {
  return usage.includes('--key=value')
}

/** Where secrets live, as `check` has it, but for credentials: on a command line they stay in its history. */
function backendFlags(): readonly Option[] {
  const shared = flagsOf('check', []).filter(flag => {
    const row = options[flag.name() as OptionName]
    return row.group === 'backend' && row.type !== 'token'
  })
  return [...shared, new Option('--verbose', 'Say where an unexpected error comes from').helpGroup('Output:')]
}

function repeatable(option: Option): Option {
  if (!option.required) return option
  return option.argParser((text, before: unknown) => [...(Array.isArray(before) ? before : []), text])
}
