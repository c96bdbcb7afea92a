import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { readConfiguredFile } from '../../files/read.ts'
import { displayable, quoted } from '../../text/displayable.ts'
import {
  type NewSecret,
  type SecretChange,
  type SecretStore,
  SecretStoreError,
  type SecretSummary,
  type StoredValues,
} from '../secret-store.ts'
import { schemaMarker } from '../stored-keys.ts'
import { type ChosenFile, chooseSecretsFile } from './chosen-file.ts'
import { applyEdits, type Edit } from './edits.ts'
import { encodeText } from './encoded-text.ts'
import { withFileLock } from './file-lock.ts'
import type { LocalOptions } from './options.ts'
import { replaceFile } from './replace-file.ts'
import { parseSecretsFile, type SecretsFile } from './secrets-file.ts'
import { decodeSecret, readRawSecrets } from './stored-values.ts'
import { writeFailure } from './write-failure.ts'

/**
 * ZenML's own local secrets file, for reading and writing. A change replaces the file as a whole, under a lock, and only
 * after the new text was read back and found to hold just that change; comments and entries of others stay. A file that
 * is not there yet holds no secrets; the first secret creates it.
 * @throws SecretStoreError where no file is chosen.
 */
export function openLocalStore(options: LocalOptions): SecretStore {
  const chosen = chooseSecretsFile(options)
  if ('reason' in chosen) throw new SecretStoreError('failed', chosen.reason)
  return {
    name: 'local',
    description: chosen.description,
    readsValues: true,
    updates: true,
    refuses: () => undefined,
    list: async signal => {
      signal.throwIfAborted()
      return summaries(readContent(chosen))
    },
    read: async (name, signal) => {
      signal.throwIfAborted()
      return readStored(readContent(chosen), name)
    },
    create: (secret, signal) => change(chosen, signal, stored => withSecret(stored, secret)),
    update: (name, wanted, signal) => change(chosen, signal, stored => withChange(stored, name, wanted)),
    delete: (name, signal) => change(chosen, signal, stored => withoutSecret(stored, name)),
    rename: (name, newName, signal) => change(chosen, signal, stored => renamed(stored, name, newName)),
  }
}

type File = Extract<ChosenFile, { readonly path: string }>

interface Content {
  readonly text: string
  readonly secrets: Exclude<SecretsFile, string>
}

function readContent({ path, advice }: File): Content {
  if (isAbsent(path)) return { text: '', secrets: new Map() }
  const file = readConfiguredFile(path)
  const text = file.kind === 'text' ? file.content : ''
  const secrets = file.kind === 'text' ? parseSecretsFile(text) : file.reason
  if (typeof secrets !== 'string') return { text, secrets }
  throw new SecretStoreError(
    'failed',
    `The local secrets file "${displayable(path, 500)}" could not be read. ${secrets} ${advice}`,
  )
}

function isAbsent(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined
  } catch {
    return false
  }
}

function summaries({ secrets }: Content): readonly SecretSummary[] {
  return [...secrets.keys()].sort().map(name => {
    const secret = secrets.get(name)
    const keys = secret?.kind === 'readable' ? secret.keys.size : undefined
    return { name, keys, scope: 'none', created: undefined, updated: undefined }
  })
}

function readStored(content: Content, name: string): StoredValues | undefined {
  const secret = content.secrets.get(name)
  if (!secret) return undefined
  const raw = readRawSecrets(content.text).get(name)
  const read = raw && decodeSecret(raw)
  if (secret.kind === 'readable' && read) return { name, isPrivate: false, ...read }
  const reason = secret.kind === 'unreadable' ? secret.reason : 'it is not written as ZenML writes it'
  throw new SecretStoreError(
    'failed',
    `The secret ${quoted(name)} cannot be read: ${reason}. Delete it and register it again.`,
  )
}

function withSecret(stored: Content, { name, values, schema }: NewSecret): readonly Edit[] {
  if (stored.secrets.has(name)) {
    throw new SecretStoreError('exists', `A secret with the name ${quoted(name)} exists already.`)
  }
  return [{ name, value: encoded(values, schema) }]
}

function withChange(stored: Content, name: string, { set: added, remove }: SecretChange): readonly Edit[] {
  existing(stored, name)
  return [
    ...[...remove].map(key => ({ name, key, value: undefined })),
    ...[...added].map(([key, value]) => ({ name, key, value: encodeText(value) })),
  ]
}

function withoutSecret(stored: Content, name: string): readonly Edit[] {
  if (!stored.secrets.has(name)) throw absent(name)
  return [{ name, value: undefined }]
}

function renamed(stored: Content, name: string, newName: string): readonly Edit[] {
  const { values, schema } = existing(stored, name)
  if (stored.secrets.has(newName)) {
    throw new SecretStoreError('exists', `A secret with the name ${quoted(newName)} exists already.`)
  }
  return [
    { name, value: undefined },
    { name: newName, value: encoded(values, schema ?? 'arbitrary') },
  ]
}

function existing(stored: Content, name: string): StoredValues {
  const secret = readStored(stored, name)
  if (!secret) throw absent(name)
  return secret
}

function absent(name: string): SecretStoreError {
  return new SecretStoreError('absent', `There is no secret with the name ${quoted(name)}.`)
}

function encoded(values: ReadonlyMap<string, string>, schema: string): ReadonlyMap<string, string> {
  return new Map([...[...values].map(([key, value]) => [key, encodeText(value)] as const), [schemaMarker, schema]])
}

async function change(file: File, signal: AbortSignal, editsOf: (stored: Content) => readonly Edit[]): Promise<void> {
  signal.throwIfAborted()
  try {
    mkdirSync(dirname(file.path), { recursive: true, mode: 0o700 })
    await withFileLock(file.path, signal, () => {
      const stored = readContent(file)
      const text = applyEdits(stored.text, editsOf(stored))
      if (text === undefined) throw uneditable(file)
      if (text !== stored.text) replaceFile(file.path, text)
    })
  } catch (error) {
    throw writeFailure(error, file.path)
  }
}

function uneditable({ path }: File): SecretStoreError {
  return new SecretStoreError(
    'unsupported',
    `The local secrets file "${displayable(path, 500)}" is written in a form of YAML that cannot be changed without loss, with anchors for one. Write its entries out, and try again.`,
  )
}
