import { keysOfStored, schemaMarker } from '../stored-keys.ts'

/**
 * Names of the keys of a secret as ZenML stores it, one JSON object, or a clause that says why ZenML cannot read it.
 * The clause quotes nothing of the text.
 * @param text As the service holds it; `undefined` where it holds bytes that are no text.
 */
export function keysOfPayload(text: string | undefined): ReadonlySet<string> | string {
  const read = entriesOfPayload(text)
  if (typeof read === 'string') return read
  const entries = new Map(read)
  const marker = entries.get(schemaMarker)
  const schema = marker === undefined || typeof marker === 'string' ? marker : JSON.stringify(marker)
  entries.delete(schemaMarker)
  // A typed schema leaves out what is null; an arbitrary one reads it as the text "None".
  const stored = [...entries].filter(([, value]) => value !== null || schema === 'arbitrary')
  return keysOfStored(schema, new Set(stored.map(([key]) => key)))
}

/** All entries of a stored secret, the marker among them, or a clause as `keysOfPayload` gives it. */
export function entriesOfPayload(text: string | undefined): ReadonlyMap<string, unknown> | string {
  if (text === undefined) return 'it is binary, where ZenML stores text'
  const payload = parse(text)
  if (payload === undefined) return 'it is not JSON'
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return 'it is not a JSON object'
  return new Map<string, unknown>(Object.entries(payload))
}

/** What V8 says of broken JSON quotes it, so it is dropped. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
