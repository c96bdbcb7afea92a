/** What GitHub has secrets of one repository encrypted with. */
export interface PublicKey {
  readonly id: string
  /** Of X25519, 32 bytes. */
  readonly key: Uint8Array
}

const length = 32

/** `undefined` for anything but `{"key_id": …, "key": base64 of 32 bytes}`. */
export function publicKeyOf(json: unknown): PublicKey | undefined {
  const { key_id: id, key: text } = (json ?? {}) as { readonly key_id?: unknown; readonly key?: unknown }
  if (typeof id !== 'string' || typeof text !== 'string') return undefined
  const key = Buffer.from(text, 'base64')
  return key.length === length ? { id, key } : undefined
}
