/**
 * Writes a text as one line of YAML that every reader takes for that very text: plain where nothing can be mistaken,
 * else in single quotes, else in double quotes with ASCII escapes, as PyYAML writes it.
 */
export function writeScalar(text: string): string {
  if (isPlain(text)) return text
  return /^[\x20-\x7e]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${[...text].map(escaped).join('')}"`
}

/** Words that YAML 1.1 reads as booleans or null. */
const words: ReadonlySet<string> = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null'])

/** Base64 and names: a letter first, and nothing that YAML gives a meaning. Some readers take `E0` for a number. */
function isPlain(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_+/=-]*$/.test(text) && !words.has(text.toLowerCase()) && !/^[eE][-+]?[0-9_]+$/.test(text)
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x20 && code <= 0x7e) return character
  if (code <= 0xff) return `\\x${hex(code, 2)}`
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0')
}
