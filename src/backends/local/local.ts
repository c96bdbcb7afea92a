import { readConfiguredFile } from '../../files/read.ts'
import { displayable, quoted } from '../../text/displayable.ts'
import type { Answer, Backend, Depth } from '../backend.ts'
import { type ChosenFile, chooseSecretsFile } from './chosen-file.ts'
import type { LocalOptions } from './options.ts'
import { parseSecretsFile, type SecretsFile, type StoredSecret } from './secrets-file.ts'

/**
 * ZenML's own local secrets manager: a YAML file, `secretsFile` or the one ZenML keeps for the component. The file is
 * read once, never written or created, and no value outlives the reading. A file that cannot be read makes every answer
 * `unverified`; a file without secrets makes every name missing.
 */
export function createLocalBackend(options: LocalOptions): Backend {
  const file = chooseSecretsFile(options)
  let read: SecretsFile | undefined
  const secrets = (): SecretsFile => {
    read ??= readSecretsFile(file)
    return read
  }
  return {
    name: 'local',
    description: file.description,
    lookUp: async (names, depth, signal) => {
      const stored = signal.aborted ? 'The run was stopped before the secrets file was read.' : secrets()
      return new Map(names.map(name => [name, answer(stored, name, depth)]))
    },
    names: async signal => {
      const stored = signal.aborted ? '' : secrets()
      return typeof stored === 'string' ? [] : [...stored.keys()]
    },
  }
}

function answer(stored: SecretsFile, name: string, depth: Depth): Answer {
  if (typeof stored === 'string') return { kind: 'unverified', reason: stored }
  const secret = stored.get(name)
  if (!secret) return { kind: 'missing' }
  if (depth === 'names' && existsAtLeast(secret)) return { kind: 'found', keys: 'not-read' }
  if (secret.kind === 'readable') return { kind: 'found', keys: secret.keys }
  const reason = `ZenML cannot read the secret ${quoted(name)}: ${secret.reason}. Update or register it again with ZenML.`
  return { kind: 'unusable', reason }
}

function existsAtLeast(secret: StoredSecret): boolean {
  return secret.kind === 'readable' || secret.isMapping
}

function readSecretsFile(file: ChosenFile): SecretsFile {
  if ('reason' in file) return file.reason
  const text = readConfiguredFile(file.path)
  const read = text.kind === 'text' ? parseSecretsFile(text.content) : text.reason
  if (typeof read !== 'string') return read
  return `The local secrets file "${displayable(file.path, 500)}" could not be read. ${read} ${file.advice}`
}
