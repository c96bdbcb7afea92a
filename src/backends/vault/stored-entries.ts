import type { Reviver } from '../../http/body.ts'
import { keysOfStored, schemaMarker } from '../stored-keys.ts'
import { entriesOf } from './json.ts'

/** Drops every value of a secret but the name of its schema, while an answer is parsed. */
export const dropValues: Reviver = (key, value) => {
  if (typeof value === 'string') return key === schemaMarker ? value : ''
  if (typeof value === 'number') return 0
  return typeof value === 'boolean' ? true : value
}

/** The entries of a secret as a read gives them, values dropped; `undefined` where there is no map of them. */
export function entriesRead(json: unknown, version: 1 | 2): ReadonlyMap<string, unknown> | undefined {
  const data = entriesOf(json).get('data')
  return mapOf(version === 2 ? entriesOf(data).get('data') : data)
}

/** The same of an answer of `subkeys`, where every value is null. */
export function subkeysRead(json: unknown): ReadonlyMap<string, unknown> | undefined {
  return mapOf(entriesOf(entriesOf(json).get('data')).get('subkeys'))
}

function mapOf(json: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? entriesOf(json) : undefined
}

/** Names of the keys, or a clause that says why ZenML cannot read the secret, as `keysOfStored`. */
export function keysOfEntries(entries: ReadonlyMap<string, unknown>): ReadonlySet<string> | string {
  const marker = entries.get(schemaMarker)
  const schema = marker === undefined || typeof marker === 'string' ? marker : JSON.stringify(marker)
  // A typed schema leaves out what is null; an arbitrary one reads it as the text "None".
  const stored = [...entries].filter(
    ([key, value]) => key !== schemaMarker && (value !== null || schema === 'arbitrary'),
  )
  return keysOfStored(schema, new Set(stored.map(([key]) => key)))
}

/**
 * The same where no value is known, and so no schema: the keys that are stored. ZenML stores a schema's defaults and
 * required keys along, so that nothing is amiss but in secrets that something else wrote.
 */
export function keysOfSubkeys(entries: ReadonlyMap<string, unknown>): ReadonlySet<string> | string {
  const stored = [...entries.keys()].filter(key => key !== schemaMarker)
  return keysOfStored(entries.has(schemaMarker) ? 'arbitrary' : undefined, new Set(stored))
}
