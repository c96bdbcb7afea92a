import { isUtf8 } from 'node:buffer'

/**
 * Whether ZenML can decode a stored value: base64 of UTF-8 text, read as Python's `b64decode` does. That takes ASCII
 * only, passes over characters outside the alphabet, stops at a complete padding and insists on whole groups of four.
 */
export function isEncodedText(value: string): boolean {
  return decodeText(value) !== undefined
}

/** The text that a stored value stands for; `undefined` where ZenML cannot decode it. */
export function decodeText(value: string): string | undefined {
  const payload = payloadOf(value)
  if (payload === undefined) return undefined
  const bytes = Buffer.from(payload, 'base64')
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined
}

export function encodeText(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

/** The characters that count, or `undefined` where Python refuses the text. */
function payloadOf(value: string): string | undefined {
  if (/[^\0-\x7f]/.test(value)) return undefined
  let payload = ''
  let padding = 0
  for (const character of value) {
    if (character === '=') {
      padding++
      const filled = payload.length % 4
      if (filled >= 2 && filled + padding >= 4) return payload
    } else if (/[A-Za-z0-9+/]/.test(character)) {
      payload += character
      padding = 0
    }
  }
  return payload.length % 4 === 0 ? payload : undefined
}
