import type { SecretValues } from '../../../backends/secret-store.ts'
import { SettingsError } from '../../../settings/settings.ts'
import { expandArgument, readTextFile } from '../../file-argument.ts'
import type { Io } from '../../io.ts'
import { readStdin } from '../../read-stdin.ts'
import { keyProblem } from '../../secret-names.ts'
import { readSecretsText } from '../../secrets-text.ts'
import { type Invocation, textOf } from './invocation.ts'

/** Bytes of a file or of standard input with values of secrets: 1 MiB. */
export const maxTextBytes = 1_048_576

/**
 * The values on the command line: those of `--values`, then the pairs, which win. Files are read.
 * @throws SettingsError where they cannot be read, or a key is refused.
 */
export async function givenValues(invocation: Invocation, io: Io): Promise<SecretValues> {
  const text = textOf(invocation, 'values')
  const values = new Map(text === undefined ? [] : await readValues(text, io))
  for (const [key, value] of invocation.pairs) values.set(key, expandArgument(key, value, io))
  return values
}

async function readValues(text: string, io: Io): Promise<SecretValues> {
  const read = readSecretsText(await contentOf(text, io))
  if (read.kind === 'unreadable') throw new SettingsError([`--values cannot be used. ${read.reason}`])
  if (read.kind === 'several') {
    throw new SettingsError([
      '--values takes the keys of one secret, and no value may be a mapping. Give several secrets to "zenml-secrets secret import".',
    ])
  }
  for (const key of read.values.keys()) {
    const problem = keyProblem(key)
    if (problem !== undefined) throw new SettingsError([`--values cannot be used. ${problem}`])
  }
  return read.values
}

function contentOf(text: string, io: Io): string | Promise<string> {
  if (text === '-') return readStdin(io, maxTextBytes)
  if (!text.startsWith('@')) return text
  return readTextFile(text.slice(1), io, { what: 'Could not load --values', maxBytes: maxTextBytes })
}
