import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type SecretStore, SecretStoreError } from '../../src/backends/secret-store.ts'

/** What tests of the stores of secrets managers share. */
export const componentId = '11111111-2222-4333-8444-555555555555'

/** Options of each scope, by its name. */
export const managerScopes = {
  none: { scope: 'none' },
  global: { scope: 'global' },
  namespace: { scope: 'namespace', namespace: 'team' },
  component: { scope: 'component' },
} as const

export const never = () => AbortSignal.timeout(120_000)

export const canaryValue = 'canary-value-31c7'

export function newSecret(name: string, values: Readonly<Record<string, string>>, schema = 'arbitrary') {
  return { name, values: new Map(Object.entries(values)), schema, isPrivate: false }
}

export function goldenFile(name: string) {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/secrets-managers', name), 'utf8'))
}

/** Every method that meets a service, each with a secret of its own. */
export const everyMethod: Readonly<Record<Method, (store: SecretStore) => Promise<unknown>>> = {
  list: store => store.list(never()),
  read: store => store.read('held', never()),
  create: store => store.create(newSecret('made', { a: canaryValue }), never()),
  update: store => store.update('other', { set: new Map([['a', canaryValue]]), remove: new Set() }, never()),
  delete: store => store.delete('gone', never()),
}

type Method = 'list' | 'read' | 'create' | 'update' | 'delete'

/** Registers what `everyMethod` takes to be there. */
export async function prepare(store: SecretStore): Promise<void> {
  for (const name of ['held', 'other', 'gone']) await store.create(newSecret(name, { a: '1' }), never())
}

/** The errors of every method, all of them called at once. */
export async function everyTrouble(store: SecretStore): Promise<ReadonlyMap<string, SecretStoreError>> {
  const errors = Object.entries(everyMethod).map(
    async ([method, act]) => [method, await troubleOf(act(store))] as const,
  )
  return new Map(await Promise.all(errors))
}

/** The error of a store, after a look at its form. */
export async function troubleOf(act: Promise<unknown>): Promise<SecretStoreError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SecretStoreError)
  if (!(error instanceof SecretStoreError)) throw new Error('There is no error.')
  expect(error.message).toMatch(/[.!]$/)
  expect(error.message).not.toContain('canary')
  return error
}
