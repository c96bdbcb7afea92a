import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type OptionName, options } from '../../../settings/options.ts'
import { type RawOptions, resolveSettings } from '../../../settings/resolve.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { checkSurface } from '../../../settings/surface.ts'
import { quoted } from '../../../text/displayable.ts'
import type { FamilyContext } from '../../family.ts'
import { flagsOf, rawFromFlags } from '../../flags.ts'
import type { Io } from '../../io.ts'
import { guardValues } from '../../unforeseen.ts'
import { registerSecretsHelp } from './help.ts'
import { type RegisterOptions, registerSecrets } from './register-secrets.ts'

/** `zenml-secrets register-secrets [STACK]`. `done` is told the exit code. */
export function registerSecretsCommand(command: Command, { io, done }: FamilyContext): void {
  const shared = sharedFlags()
  command
    .description(
      'Finds the secrets and keys that stacks need, asks for their values, and writes what is missing to the backend.',
    )
    .argument('[STACK]', 'A stack file, or the name of a stack on the server; by default every stack below here')
    .addOption(new Option('--skip-existing', 'Leave values alone that are there already'))
    .addOption(
      new Option('--values <FILE>', 'Take the values from a YAML, JSON or dotenv file, or - for standard input'),
    )
    .addOption(new Option('--from-env [PREFIX]', 'Take the values from variables such as PREFIX_SECRET_KEY'))
    .addOption(new Option('--dry-run', 'Say what would be asked for, and ask and write nothing'))
    .addOption(new Option('-y, --yes', 'Replace values by those of --values and --from-env without a question'))
    .addHelpText('after', registerSecretsHelp)
    .action(async (stack: string | undefined, given: Given) => {
      const raw = new Map(rawFromFlags(shared, given, []))
      const verbose = raw.has('verbose')
      done(await guardValues(io, verbose, () => run(stack, { given, raw }, io)))
    })
  for (const flag of shared) command.addOption(flag)
}

interface Given extends Readonly<Record<string, unknown>> {
  readonly skipExisting?: boolean
  readonly values?: string
  /** `true` without a prefix. */
  readonly fromEnv?: string | true
  readonly dryRun?: boolean
  readonly yes?: boolean
  readonly quiet?: boolean
}

interface Typed {
  readonly given: Given
  readonly raw: RawOptions
}

function run(stack: string | undefined, { given, raw }: Typed, io: Io): Promise<number> {
  // Whatever the level of checks is, it is values that are registered.
  const env = { ...io.env, ZENML_SECRET_VALIDATION_LEVEL: undefined }
  const named = new Map([...raw, ...stackArgument(stack, raw, io)])
  const { settings } = resolveSettings(checkSurface, named, { ...io, env })
  const register: RegisterOptions = {
    values: given.values,
    fromEnv: given.fromEnv === true ? '' : given.fromEnv,
    skipExisting: given.skipExisting === true,
    dryRun: given.dryRun === true,
    yes: given.yes === true,
    quiet: given.quiet === true,
  }
  return registerSecrets(register, settings, io)
}

/**
 * A path where there is such a file or directory, or where it looks like one, else the name of a registered stack.
 * @throws SettingsError where it is neither.
 */
function stackArgument(stack: string | undefined, raw: RawOptions, { cwd, env }: Io): RawOptions {
  if (stack === undefined) return new Map()
  const exists = isThere(resolve(cwd, stack))
  if (exists || /[/\\*?]|\.(?:ya?ml|json|py|tf|sh)$/.test(stack)) return new Map([['paths', [stack]]])
  if (raw.has('zenml-url') || env.ZENML_STORE_URL) return new Map([['stack', [stack]]])
  throw new SettingsError([
    `There is no file ${quoted(stack)}, and no server on which a stack could have that name. Give the path of a stack file, or the address of the ZenML server with --zenml-url.`,
  ])
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}

const outputFlags: ReadonlySet<string> = new Set<OptionName>(['quiet', 'verbose'])
const otherFlags: ReadonlySet<string> = new Set<OptionName>(['exclude', 'zenml-version', 'docs'])

/** What `check` takes, but for credentials: on a command line they stay in its history. */
function sharedFlags(): readonly Option[] {
  return flagsOf('check', []).filter(flag => {
    const name = flag.name()
    const row = options[name as OptionName]
    return (row.group === 'backend' && row.type !== 'token') || outputFlags.has(name) || otherFlags.has(name)
  })
}
