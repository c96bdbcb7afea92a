import { Command } from 'commander'
import {
  type NewSecret,
  type SecretStore,
  SecretStoreError,
  type SecretStoreTrouble,
  type StoredValues,
} from '../../../src/backends/secret-store.ts'
import { addSecretCommands } from '../../../src/cli/commands/secret/command.ts'
import { sessionOver } from '../../../src/cli/commands/secret/session.ts'
import { failureCode, failureLines } from '../../../src/cli/failure.ts'
import { captured, type Run } from '../run.ts'

/** A store in memory; `change` makes it lack something or fail. */
export function memoryStore(change: Partial<SecretStore> = {}, held: readonly NewSecret[] = []): SecretStore {
  const secrets = new Map<string, StoredValues>(held.map(secret => [secret.name, secret]))
  const get = (name: string) => {
    const secret = secrets.get(name)
    if (!secret) throw new SecretStoreError('absent', 'There is no such secret.')
    return secret
  }
  return {
    name: 'vault',
    description: 'the store in memory',
    readsValues: true,
    updates: true,
    refuses: name => (name.includes('/') ? 'No slash can be in a name there.' : undefined),
    list: async () =>
      [...secrets.keys()]
        .sort()
        .map(name => ({ name, keys: undefined, scope: undefined, created: undefined, updated: undefined })),
    read: async name => secrets.get(name),
    create: async secret => {
      if (secrets.has(secret.name)) throw new SecretStoreError('exists', 'It exists already.')
      secrets.set(secret.name, secret)
    },
    update: async (name, { set, remove }) => {
      const { values, ...rest } = get(name)
      const left = [...values, ...set].filter(([key]) => !remove.has(key))
      secrets.set(name, { ...rest, values: new Map(left) })
    },
    delete: async name => {
      get(name)
      secrets.delete(name)
    },
    ...change,
  }
}

/** A store in which every call that reaches its service fails. */
export function failingStore(trouble: SecretStoreTrouble | Error): SecretStore {
  const fail = async () => {
    throw trouble instanceof Error ? trouble : new SecretStoreError(trouble, `This is ${trouble}.`)
  }
  return memoryStore({ list: fail, read: fail, create: fail, update: fail, delete: fail, rename: fail })
}

/** Runs `zenml-secrets secret …` over a store. */
export async function runOver(
  store: SecretStore,
  argv: readonly string[],
  { timeout = 5000, ...change }: Parameters<typeof captured>[0] & { readonly timeout?: number } = {},
): Promise<Run> {
  const { io, written } = captured(change)
  const command = new Command('secret').exitOverride().configureOutput({ writeErr: () => undefined })
  let code = 0
  addSecretCommands(command, {
    io,
    argv,
    done: ended => (code = ended),
    open: async () => sessionOver(store, io, timeout),
  })
  try {
    await command.parseAsync(argv, { from: 'user' })
  } catch (error) {
    for (const line of failureLines(error, false)) io.stderr.write(`${line}\n`)
    code = failureCode(error)
  }
  return { code, ...written() }
}
