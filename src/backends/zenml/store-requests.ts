import { quoted } from '../../text/displayable.ts'
import { isStorable } from '../../zenml/name-chunks.ts'
import type { ListedSecret } from '../../zenml/secrets.ts'
import type { SecretChange, SecretValues } from '../secret-store.ts'

/** Bytes of UTF-8 that keys and values of one secret may have in all, the server's own limit. */
const maxBytes = 65_536

/** Why no server can hold a secret of this name; `undefined` where it can. */
export function nameProblem(name: string): string | undefined {
  if (isStorable(name)) return undefined
  return `A ZenML server cannot hold a secret of the name ${quoted(name)}: a name has at most 255 characters, and every one of them can be written in UTF-8. Use another name.`
}

/** Why no server can hold these keys and values; `undefined` where it can. */
export function textProblem(name: string, values: SecretValues): string | undefined {
  let bytes = 0
  for (const [key, value] of values) {
    if (!isStorableText(key) || !isStorableText(value)) {
      return `The secret ${quoted(name)} cannot have the key ${quoted(key)}: the key or its value holds half of a character, which cannot be written in UTF-8. Correct it.`
    }
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value)
  }
  if (bytes <= maxBytes) return undefined
  return `The secret ${quoted(name)} would take ${bytes} bytes, and a ZenML server holds at most ${maxBytes} of keys and values in one secret. Shorten its values or spread them over several secrets.`
}

function isStorableText(text: string): boolean {
  return !/\p{Cs}/u.test(text)
}

/** What of a secret is to change, for a request that merges; `null` takes a key away. */
export interface Patch extends Readonly<Record<string, unknown>> {
  readonly values?: Readonly<Record<string, string | null>>
  readonly private?: boolean
}

export function patchOf({ set: added, remove, isPrivate }: SecretChange, stored: ListedSecret): Patch {
  const values = new Map<string, string | null>()
  for (const key of remove) values.set(key, null)
  for (const [key, value] of added) values.set(key, value)
  // Only its owner may say whether a secret is private, even if it stays what it is.
  const turns = isPrivate !== undefined && isPrivate !== stored.isPrivate
  return { ...(values.size > 0 && { values: Object.fromEntries(values) }), ...(turns && { private: isPrivate }) }
}

export function asksChange(patch: Patch): boolean {
  return Object.keys(patch).length > 0
}
