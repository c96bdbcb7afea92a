import { secretSchemas } from './secret-schemas.ts'

/** The entry of every stored secret that names its schema. It is no key of the secret. */
export const schemaMarker = 'zenml_schema_name'

/**
 * Names of the keys ZenML finds in a stored secret, the schema's defaults included, or a clause that says why it cannot
 * read it, such as `it lacks a key that its schema requires`. The clause names no key.
 * @param schema Text of the marker; `undefined` where there is none.
 * @param stored Names of the stored keys, marker excluded.
 */
export function keysOfStored(schema: string | undefined, stored: ReadonlySet<string>): ReadonlySet<string> | string {
  if (schema === undefined) return `it lacks the entry "${schemaMarker}" that ZenML puts into every secret`
  const allowed = secretSchemas.get(schema)
  if (!allowed) return `its entry "${schemaMarker}" names no schema that ZenML knows`
  if (allowed === 'any') return stored
  const keys = new Set(stored)
  for (const key of stored) if (!allowed.has(key)) return 'it holds a key that its schema does not allow'
  for (const [key, presence] of allowed) {
    if (presence === 'required' && !stored.has(key)) return 'it lacks a key that its schema requires'
    if (presence === 'default') keys.add(key)
  }
  return keys
}
