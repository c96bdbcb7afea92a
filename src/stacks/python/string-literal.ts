/** What stands before the opening quote of a string, and that quote. */
export interface StringStart {
  readonly isRaw: boolean
  readonly isBytes: boolean
  readonly isTemplate: boolean
  /** One quote, or three. */
  readonly quote: string
  /** Offset after the opening quote. */
  readonly contentStart: number
}

/** The start of a string at an offset, prefix (`r`, `b`, `u`, `f`, `t` and their combinations) included. */
export function stringStartAt(text: string, offset: number): StringStart | undefined {
  let at = offset
  while (at < offset + 2 && prefixes.includes(text.charAt(at)) && at < text.length) at++
  const quote = text.charAt(at)
  if (quote !== '"' && quote !== "'") return undefined
  const prefix = text.slice(offset, at).toLowerCase()
  const isTriple = text.startsWith(quote.repeat(3), at)
  return {
    isRaw: prefix.includes('r'),
    isBytes: prefix.includes('b'),
    isTemplate: prefix.includes('f') || prefix.includes('t'),
    quote: isTriple ? quote.repeat(3) : quote,
    contentStart: at + (isTriple ? 3 : 1),
  }
}

const prefixes = 'rRbBuUfFtT'

/** The decoded text of a string's content. Named characters (`\N{…}`) and what Python does not know stay as written. */
export function decodeEscapes(written: string, isRaw: boolean): string {
  if (isRaw || !written.includes('\\')) return written
  const parts: string[] = []
  let from = 0
  for (let at = written.indexOf('\\'); at >= 0; at = written.indexOf('\\', from)) {
    const { text, length } = decodeEscape(written, at)
    parts.push(written.slice(from, at), text)
    from = at + length
  }
  parts.push(written.slice(from))
  return parts.join('')
}

const single: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
  ['\r', ''],
])

const hexadecimalLengths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

function decodeEscape(written: string, at: number): { readonly text: string; readonly length: number } {
  const letter = written.charAt(at + 1)
  if (letter === '\r' && written.charAt(at + 2) === '\n') return { text: '', length: 3 }
  const decoded = single.get(letter)
  if (decoded !== undefined) return { text: decoded, length: 2 }
  const octal = /^[0-7]{1,3}/.exec(written.slice(at + 1, at + 4))?.[0]
  if (octal) return { text: String.fromCharCode(Number.parseInt(octal, 8)), length: 1 + octal.length }
  const length = hexadecimalLengths.get(letter) ?? 0
  const digits = written.slice(at + 2, at + 2 + length)
  const code = length > 0 && /^[0-9a-fA-F]{2,8}$/.test(digits) ? Number.parseInt(digits, 16) : -1
  if (code < 0 || digits.length < length || code > 0x10ffff) return { text: `\\${letter}`, length: 1 + letter.length }
  return { text: String.fromCodePoint(code), length: 2 + length }
}
