import { encodeText, isEncodedText } from '../local/encoded-text.ts'
import { asciiJson } from '../secrets-manager/stored-payload.ts'
import { keysOfStored } from '../stored-keys.ts'

/**
 * Names of the keys of a secret as ZenML writes it for GitHub, base64 of `{"schema": …, "content": {…}}`, or a clause
 * that says why ZenML cannot read it. The clause quotes nothing of the text.
 */
export function keysOfVariable(text: string): ReadonlySet<string> | string {
  if (!isEncodedText(text)) return 'it is not base64 of text'
  const payload = parse(Buffer.from(text, 'base64').toString('utf8'))
  if (payload === undefined) return 'it is not base64 of JSON'
  const entries = entriesOf(payload)
  const schema = entries?.get('schema')
  const content = entriesOf(entries?.get('content'))
  if (typeof schema !== 'string' || !content) return 'it lacks the entries "schema" and "content" that ZenML stores'
  // A typed schema leaves out what is null; an arbitrary one reads it as the text "None".
  const stored = [...content].filter(([, value]) => value !== null || schema === 'arbitrary')
  return keysOfStored(schema, new Set(stored.map(([key]) => key)))
}

/** The secret as ZenML writes it for GitHub, byte for byte, so that `keysOfVariable` reads it. */
export function variableText(schema: string, values: ReadonlyMap<string, string>): string {
  const content = [...values].map(([key, value]) => `${asciiJson(key)}: ${asciiJson(value)}`).join(', ')
  return encodeText(`{"schema": ${asciiJson(schema)}, "content": {${content}}}`)
}

function entriesOf(json: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? new Map(Object.entries(json)) : undefined
}

/** What V8 says of broken JSON quotes it, so it is dropped. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
