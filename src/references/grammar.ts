/**
 * ZenML's own full match for a secret reference, in linear time. The patterns are
 * `\{\{\S+?\.\S+\}\}` (ZenML 0.13 – 0.39) and `\{\{\s*\S+?\.\S+\s*\}\}` (0.40 and later), after which ZenML cuts two
 * characters at both ends and splits at the first dot. The patterns themselves are quadratic in JavaScript.
 */

/** `{{secret.key}}`. The name may be empty and never holds a dot; the key is never empty and may hold dots and braces. */
export interface Reference {
  readonly secret: string
  readonly key: string
}

/** `unpadded`: ZenML before 0.40, no blanks inside the braces. `padded`: 0.40 and later, blanks at both ends. */
export type Grammar = 'unpadded' | 'padded'

const shortest = '{{a.b}}'.length

/** The reference that a whole value is, or `undefined` when ZenML would pass the value on as plain text. */
export function parseReference(value: string, grammar: Grammar): Reference | undefined {
  if (value.length < shortest || !value.startsWith('{{') || !value.endsWith('}}')) return undefined
  let start = 2
  let end = value.length - 2
  if (grammar === 'padded') {
    while (start < end && isWhiteSpace(value.charCodeAt(start))) start++
    while (end > start && isWhiteSpace(value.charCodeAt(end - 1))) end--
  }
  const inside = value.slice(start, end)
  if (!hasInnerDot(inside) || hasWhiteSpace(inside)) return undefined
  const dot = inside.indexOf('.')
  return { secret: inside.slice(0, dot), key: inside.slice(dot + 1) }
}

/** The inverse of `parseReference`, as `{{secret.key}}`. */
export function formatReference({ secret, key }: Reference): string {
  return `{{${secret}.${key}}}`
}

/** The grammar of a ZenML version such as `0.39.1`; unknown or unreadable means today's. */
export function grammarOf(zenmlVersion: string | undefined): Grammar {
  const match = /^(\d{1,4})\.(\d{1,4})(?:\D|$)/.exec(zenmlVersion ?? '')
  return match && Number(match[1]) === 0 && Number(match[2]) < 40 ? 'unpadded' : 'padded'
}

/**
 * Python's white space, which `\s` and `str.strip()` share. JavaScript's own class lacks U+001C – U+001F and U+0085
 * and has U+FEFF, so it is spelt out here, once.
 */
export function isWhiteSpace(code: number): boolean {
  return (
    code === 0x20 ||
    (code >= 0x09 && code <= 0x0d) ||
    (code >= 0x1c && code <= 0x1f) ||
    (code >= 0x85 &&
      (code === 0x85 ||
        code === 0xa0 ||
        code === 0x1680 ||
        (code >= 0x2000 && code <= 0x200a) ||
        code === 0x2028 ||
        code === 0x2029 ||
        code === 0x202f ||
        code === 0x205f ||
        code === 0x3000))
  )
}

function hasWhiteSpace(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (isWhiteSpace(text.charCodeAt(index))) return true
  return false
}

/** A dot that is neither the first nor the last character. */
function hasInnerDot(inside: string): boolean {
  const dot = inside.indexOf('.', 1)
  return dot > 0 && dot < inside.length - 1
}
