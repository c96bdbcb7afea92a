import { isDeepStrictEqual } from 'node:util'
import { editEntry } from '../../yaml/edit.ts'
import { parseSecretsFile } from './secrets-file.ts'
import { type RawSecrets, readRawSecrets } from './stored-values.ts'

/** A secret put in or taken away, or one key of it. Values are as they are stored. */
export type Edit =
  | { readonly name: string; readonly key?: undefined; readonly value: ReadonlyMap<string, string> | undefined }
  | { readonly name: string; readonly key: string; readonly value: string | undefined }

/**
 * The text after all edits, once it was read back and found to say what it said before, but for them. `undefined` where
 * it cannot be edited so.
 */
export function applyEdits(content: string, edits: readonly Edit[]): string | undefined {
  let text = content
  let expected = readRawSecrets(content)
  for (const edit of edits) {
    const edited = editText(text, edit)
    if (edited === undefined) return undefined
    text = edited
    expected = editSecrets(expected, edit)
  }
  return typeof parseSecretsFile(text) !== 'string' && isDeepStrictEqual(readRawSecrets(text), expected)
    ? text
    : undefined
}

function editText(text: string, { name, key, value }: Edit): string | undefined {
  return key === undefined ? editEntry(text, [], { key: name, value }) : editEntry(text, [name], { key, value })
}

function editSecrets(secrets: RawSecrets, { name, key, value }: Edit): RawSecrets {
  const edited = new Map(secrets)
  const secret = key === undefined ? value : edit(secrets.get(name) ?? new Map(), key, value)
  if (secret === undefined) edited.delete(name)
  else edited.set(name, secret)
  return edited
}

function edit(secret: ReadonlyMap<string, string>, key: string, value: string | undefined) {
  const edited = new Map(secret)
  if (value === undefined) edited.delete(key)
  else edited.set(key, value)
  return edited
}
