import { deleteSecret } from './delete.ts'
import { exportSecret } from './export.ts'
import { get } from './get.ts'
import { importSecrets } from './import.ts'
import type { Invocation } from './invocation.ts'
import { list, listFormats } from './list.ts'
import { register } from './register.ts'
import { rename } from './rename.ts'
import type { Session } from './session.ts'
import { update } from './update.ts'

export interface SecretCommand {
  readonly summary: string
  readonly alias?: string
  /** What comes after the command, as help shows it. */
  readonly usage: string
  /** Commander's spelling, and what it does. */
  readonly options: readonly (readonly [spelling: string, description: string])[]
  readonly examples: readonly string[]
  run(invocation: Invocation, session: Session): Promise<number>
}

const interactive = ['-i, --interactive', 'Ask for keys and hidden values on the terminal'] as const
const schema = ['-s, --schema <TYPE>', 'Schema whose keys the secret must have (default: arbitrary)'] as const
const values = ['-v, --values <TEXT>', 'Keys and values as YAML or JSON, @FILE, or - for standard input'] as const
const isPrivate = ['-p, --private', 'Keep it as a private secret of a ZenML server'] as const
const yes = ['-y, --yes', 'Do it without a question'] as const
const reveal = ['--reveal', 'Print the values themselves; in CI with --yes only'] as const
const revealYes = ['-y, --yes', 'Print values into the log of a CI job too'] as const

export const secretCommands: Readonly<Record<string, SecretCommand>> = {
  register: {
    summary: 'Register a new secret',
    alias: 'create',
    usage: 'NAME [--key=value | --key=@file]...',
    options: [interactive, schema, values, isPrivate],
    examples: [
      'register db --user=bob --password=@password.txt',
      'register aws -s aws -i',
      'register db --values @db.yaml',
    ],
    run: register,
  },
  get: {
    summary: 'Show the keys of a secret, or its values',
    usage: 'NAME',
    options: [reveal, ['-k, --key <KEY>', 'Print the value of this key, and nothing else'], revealYes],
    examples: ['get db', 'get db --key password | psql'],
    run: get,
  },
  list: {
    summary: 'List the secrets there are',
    usage: '',
    options: [
      ['--name <PATTERN>', 'Only names like this; * is any text, ? one character'],
      ['--format <FORMAT>', `How to print them (${listFormats.join(', ')}; default: table)`],
    ],
    examples: ['list', "list --name 'db-*' --format names", 'list --scope private'],
    run: list,
  },
  update: {
    summary: 'Change values of a secret, add and remove keys',
    usage: 'NAME [--key=value | --key=@file]...',
    options: [
      interactive,
      values,
      ['-r, --remove-keys <KEY>', 'Key to remove (may be repeated)'],
      ['-p, --private', 'Make it a private secret of a ZenML server'],
    ],
    examples: ['update db --password=@new.txt', 'update db -r old_key'],
    run: update,
  },
  delete: { summary: 'Delete a secret', usage: 'NAME', options: [yes], examples: ['delete db -y'], run: deleteSecret },
  rename: {
    summary: 'Give a secret another name',
    usage: 'NAME [NEW]',
    options: [['-n, --name <NEW>', 'The new name']],
    examples: ['rename db -n database'],
    run: rename,
  },
  export: {
    summary: 'Write a secret to a YAML file, in clear text',
    usage: 'NAME',
    options: [
      ['-f, --file <FILE>', 'File to write, readable by its owner alone (default: NAME.yaml)'],
      ['--force', 'Replace the file'],
      ['--reveal', 'Print it instead; in CI with --yes only'],
      revealYes,
    ],
    examples: ['export db -f db.yaml'],
    run: exportSecret,
  },
  import: {
    summary: 'Register secrets from a YAML, JSON or dotenv file',
    usage: 'FILE|-',
    options: [
      ['--name <NAME>', 'Name of a secret whose file does not say it (default: name of the file)'],
      ['--skip-existing', 'Leave secrets alone that are there already'],
      schema,
      isPrivate,
    ],
    examples: ['import db.yaml', 'import secrets.env --skip-existing'],
    run: importSecrets,
  },
}
