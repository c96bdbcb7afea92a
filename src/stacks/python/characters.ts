import { isWhiteSpace } from '../../references/grammar.ts'

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Letters, digits, `_` and everything beyond ASCII that is no blank: wider than Python, which refuses the rest. */
export function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code)
}

export function isNameStart(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f
  return !isWhiteSpace(code) && code !== 0xfeff
}

export function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d
}
