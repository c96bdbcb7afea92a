import { keysOfStored, schemaMarker } from '../stored-keys.ts'

/** What a secret holds, in the order it is stored, its marker apart. Only what ZenML did not write holds other than texts. */
export interface Payload {
  readonly schema: string
  readonly entries: ReadonlyMap<string, unknown>
}

/**
 * The payload of a stored secret, of which the marker is one entry, or a clause that says why ZenML cannot read it. The
 * clause quotes nothing of the secret.
 */
export function payloadOf(stored: ReadonlyMap<string, unknown>): Payload | string {
  const schema = stored.get(schemaMarker)
  const entries = new Map([...stored].filter(([key]) => key !== schemaMarker))
  if (schema !== undefined && typeof schema !== 'string') return unknownSchema
  const problem = payloadProblem({ schema, entries })
  return problem ?? { schema: schema ?? '', entries }
}

/** The clause of `payloadOf` about a payload that ZenML could not read; `undefined` for a good one. */
export function payloadProblem({
  schema,
  entries,
}: Omit<Payload, 'schema'> & { readonly schema: string | undefined }): string | undefined {
  // A typed schema leaves out what is null; an arbitrary one reads it as the text "None".
  const present = [...entries].filter(([, value]) => value !== null || schema === 'arbitrary')
  const keys = keysOfStored(schema, new Set(present.map(([key]) => key)))
  return typeof keys === 'string' ? keys : undefined
}

const unknownSchema = `its entry "${schemaMarker}" names no schema that ZenML knows`

/** The values as ZenML gives them to a stack, or a clause about one that has no such text. */
export function valuesOf({ schema, entries }: Payload): ReadonlyMap<string, string> | string {
  const values = new Map<string, string>()
  for (const [key, value] of entries) {
    if (typeof value === 'object' && value !== null) return 'it holds a value that is no text'
    if (value !== null || schema === 'arbitrary') values.set(key, textOf(value))
  }
  return values
}

/** As Python writes it. */
function textOf(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

/** What is stored: the entries and then the marker. */
export function storedEntries({ schema, entries }: Payload): ReadonlyMap<string, unknown> {
  return new Map([...entries, [schemaMarker, schema]])
}

/** The JSON object of a secret byte for byte as Python writes it, which is ASCII alone. */
export function payloadText(payload: Payload): string {
  const pairs = [...storedEntries(payload)].map(([key, value]) => `${asciiJson(key)}: ${asciiJson(value)}`)
  return `{${pairs.join(', ')}}`
}

/** JSON as Python writes it, in ASCII alone. Not for objects and lists. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
