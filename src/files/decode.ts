import { isUtf8 } from 'node:buffer'

/** The text of a file, or why it is none, with what could be made of it. */
export type Decoded =
  | { readonly kind: 'text'; readonly content: string }
  | { readonly kind: 'other'; readonly reason: string; readonly head: string }

/** Reads bytes as strict UTF-8. A byte-order mark stays. Text never holds NUL, which YAML refuses too. */
export function decode(bytes: Buffer): Decoded {
  const encoding = markedEncoding(bytes)
  if (encoding)
    return { kind: 'other', reason: `It is written in ${encoding}: save it as UTF-8.`, head: decodeLossy(bytes) }
  if (bytes.includes(0)) {
    const reason = 'It holds NUL bytes, so it is binary or in another encoding: save it as UTF-8 text.'
    return { kind: 'other', reason, head: decodeLossy(bytes) }
  }
  if (!isUtf8(bytes)) {
    return { kind: 'other', reason: 'It is not valid UTF-8: save it as UTF-8 text.', head: decodeLossy(bytes) }
  }
  return { kind: 'text', content: bytes.toString('utf8') }
}

/** What can be made out of bytes in any encoding: for looking for words, not for reading. */
export function decodeLossy(bytes: Buffer): string {
  const encoding = markedEncoding(bytes)
  if (encoding === 'UTF-16') return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
  const text = bytes.toString('utf8')
  return text.includes('\0') ? text.replaceAll('\0', '') : text
}

function markedEncoding(bytes: Buffer): 'UTF-16' | 'UTF-32' | undefined {
  const mark = bytes.toString('hex', 0, 4)
  if (mark === 'fffe0000' || mark === '0000feff') return 'UTF-32'
  return mark.startsWith('fffe') || mark.startsWith('feff') ? 'UTF-16' : undefined
}
