import { secretSchemas } from '../../../backends/secret-schemas.ts'
import { optionsOf } from '../../../settings/options.ts'
import type { SecretCommand } from './commands.ts'

const exitCodes = `Exit codes:
  0     done
  1     refused: the secret exists, is absent, or the backend cannot hold it
  2     bad usage, or a file that cannot be read or written
  3     the backend could not be reached, or denied it
  130   interrupted`

export const familyHelp = `
Which backend: the one whose options are given, or --backend. Credentials come
from the environment and from the services' own logins, never from flags.

Run "zenml-secrets secret help register" for the options of a command.

${exitCodes}`

export function commandHelp(command: SecretCommand): string {
  const examples = command.examples.map(example => `  $ zenml-secrets secret ${example}`).join('\n')
  const takesValues = command.usage.includes('--key')
  const takesSchema = command.options.some(([spelling]) => spelling.includes('--schema'))
  return [
    `\nExamples:\n${examples}`,
    ...(takesValues ? [valuesHelp] : []),
    ...(takesSchema ? [`Schemas:\n${wrapped([...secretSchemas.keys()])}`] : []),
    `Environment variables:\n${variables()}`,
    exitCodes,
  ].join('\n\n')
}

const valuesHelp = `Values:
  --key=value    anywhere on the line; a key is a Python identifier, not "name"
  --key=@file    the text of a file of 10,240 bytes at most, last newline kept
  --key=@@value  a value that begins with @
  A key that is spelt like an option of this command is given with --values.
  What is typed on a command line stays in the history of the shell: prefer
  @file, --values - or -i.`

function wrapped(words: readonly string[]): string {
  const lines: string[] = []
  let line = ' '
  for (const word of words) {
    if (line.length + word.length > 74) {
      lines.push(line)
      line = ' '
    }
    line += ` ${word}`
  }
  return [...lines, line].join('\n')
}

function variables(): string {
  const rows = [...optionsOf('check')].filter(([, { group }]) => group === 'backend')
  const named = rows.flatMap(([name, { environment, type }]) =>
    environment.map(
      variable => `  ${variable.padEnd(31)} ${type === 'token' ? 'a credential' : `in place of --${name}`}`,
    ),
  )
  return [...named, '  CI                              set: values are not printed without --yes'].join('\n')
}
