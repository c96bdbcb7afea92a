import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type BackendName, backendNames } from '../../../backends/backend.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { displayable, quoted } from '../../../text/displayable.ts'
import { clean, refused } from '../../exit-code.ts'
import type { FamilyContext } from '../../family.ts'
import type { Io } from '../../io.ts'
import { promptText } from '../../prompts.ts'
import { writeWholeFile } from '../../write-file.ts'
import { withHook } from './pre-commit.ts'
import { backendSetups, type Setup } from './setup.ts'
import { workflowText } from './workflow.ts'

const backends = ['auto', ...backendNames] as const

/** `zenml-secrets init`. */
export function initCommand(command: Command, { io, done }: FamilyContext): void {
  command
    .description(
      'Writes a workflow that checks every pull request, and adds a hook to the configuration of pre-commit. What no flag says is asked for.',
    )
    .addOption(new Option('--action <OWNER/NAME@REF>', 'Where the action is, pinned to a tag or a commit'))
    .addOption(new Option('--backend <NAME>', 'Where secrets live').choices(backends))
    .addOption(new Option('--where <TEXT>', 'Address, region, project, repository or file of that backend'))
    .addOption(
      new Option('--workflow <FILE>', 'File to write the workflow to').default('.github/workflows/zenml-secrets.yml'),
    )
    .addOption(new Option('--no-workflow', 'Write no workflow'))
    .addOption(new Option('--no-pre-commit', 'Leave .pre-commit-config.yaml alone'))
    .addOption(new Option('-y, --yes', 'Ask nothing: take auto for the backend, and leave out where it is'))
    .addOption(new Option('--force', 'Replace a workflow that is there'))
    .addHelpText('after', help)
    .action(async (given: Given) => done(await init(given, io)))
}

const help = `
Examples:
  $ zenml-secrets init
  $ zenml-secrets init --action OWNER/zenml-secrets@v1 --yes
  $ zenml-secrets init --action OWNER/zenml-secrets@v1 --backend zenml --where https://zenml.example.com

Exit codes:
  0     written, or there already
  1     a file is there that would have to be replaced: nothing was written
  2     bad usage, no terminal to ask on, or a file that could not be written`

interface Given {
  readonly action?: string
  readonly backend?: 'auto' | BackendName
  readonly where?: string
  readonly workflow: string | false
  readonly preCommit: boolean
  readonly yes?: boolean
  readonly force?: boolean
}

interface NewFile {
  /** As shown. */
  readonly path: string
  readonly content: string
}

/** All is known and read before the first file is written. */
async function init(given: Given, io: Io): Promise<number> {
  if (given.where !== undefined && (given.backend ?? 'auto') === 'auto') {
    throw new SettingsError(['--where says where a backend is. Name the backend with --backend too.'])
  }
  if (given.workflow !== false && !given.force && contentOf(given.workflow, io) !== undefined) {
    io.stderr.write(
      `error: The workflow ${quoted(given.workflow, 1000)} exists already. Nothing was written. Replace it with --force, choose another file with --workflow, or leave it out with --no-workflow.\n`,
    )
    return refused
  }
  const setup = await setUp(given, io)
  const hooked = given.preCommit ? hookFile(setup, io) : undefined
  const files = [
    ...(given.workflow === false ? [] : [{ path: given.workflow, content: workflowText(setup) }]),
    ...(typeof hooked === 'object' ? [hooked] : []),
  ]
  for (const { path, content } of files) {
    await write(path, content, io)
    io.stdout.write(`Wrote ${displayable(path, 1000)}\n`)
  }
  if (hooked === 'present') io.stdout.write(`${preCommitFile} has the hook already.\n`)
  for (const line of nextSteps(given, setup)) io.stdout.write(`${line}\n`)
  return clean
}

const preCommitFile = '.pre-commit-config.yaml'

async function setUp(given: Given, io: Io): Promise<Setup> {
  const ask = given.yes ? undefined : promptText
  const name =
    given.action ?? (await ask?.('Where is the action? OWNER/NAME@REF:', io, { instead, refuse: actionProblem }))
  if (name === undefined) throw new SettingsError([`Nothing says where the action is. ${instead}`])
  const problem = actionProblem(name)
  if (problem !== undefined) throw new SettingsError([`--action does not take ${quoted(name)}. ${problem}`])
  const [repository = '', ref = ''] = name.split('@')
  if (given.workflow === false) return { action: { repository, ref }, backend: 'auto', where: undefined }
  const answer =
    given.backend ??
    (await ask?.(`Where do secrets live? ${backends.join(', ')}:`, io, {
      instead,
      refuse: backendProblem,
      initial: 'auto',
    }))
  const backend = backends.find(candidate => candidate === answer) ?? 'auto'
  const { option, question } = backendSetups[backend]
  const where = given.where ?? (option === undefined ? undefined : await ask?.(question, io, { instead }))
  return { action: { repository, ref }, backend, where: where === '' ? undefined : where }
}

const instead = 'Give --action, and --backend and --where or --yes.'

function actionProblem(text: string): string | undefined {
  if (/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}@[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(text)) return undefined
  return 'Give the repository and a tag or commit, such as OWNER/zenml-secrets@v1.'
}

function backendProblem(text: string): string | undefined {
  return backends.some(name => name === text) ? undefined : `Use one of ${backends.join(', ')}.`
}

/** @throws SettingsError where nothing can be added. */
function hookFile(setup: Setup, io: Io): NewFile | 'present' {
  const hooked = withHook(contentOf(preCommitFile, io) ?? '', setup)
  if (hooked.kind === 'added') return { path: preCommitFile, content: hooked.text }
  if (hooked.kind === 'present') return 'present'
  throw new SettingsError([
    `No hook can be added to ${preCommitFile}, as ${hooked.reason}. Nothing was written. Add the hook zenml-secrets of https://github.com/${setup.action.repository} by hand, and give --no-pre-commit.`,
  ])
}

function contentOf(path: string, { cwd }: Io): string | undefined {
  try {
    return readFileSync(resolve(cwd, path), 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new SettingsError([
      `${quoted(path, 1000)} cannot be read (${codeOf(error)}). Move it away, or correct its permissions.`,
    ])
  }
}

async function write(path: string, content: string, { cwd }: Io): Promise<void> {
  try {
    await writeWholeFile(resolve(cwd, path), content)
  } catch (error) {
    throw new SettingsError([
      `${quoted(path, 1000)} could not be written (${codeOf(error)}). Correct that, and run again.`,
    ])
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}

function nextSteps(given: Given, { backend }: Setup): readonly string[] {
  const { secrets, variables } = backendSetups[backend]
  const needed = [...secrets.map(name => `the secret ${name}`), ...variables.map(name => `the variable ${name}`)]
  return [
    '',
    'Next:',
    ...(given.workflow !== false && needed.length > 0
      ? [`  - Create in the settings of the repository, under Actions: ${needed.join(', ')}.`]
      : []),
    '  - See what is found here: zenml-secrets check --static',
    ...(given.preCommit ? ['  - Install the hook: pre-commit install'] : []),
    '  - Commit what was written.',
  ]
}
