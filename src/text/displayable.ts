const defaultLimit = 200

/** What replaces a character that must not reach a terminal, a log or a page as it stands. */
const names: ReadonlyMap<number, string> = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x1b, '\\e'],
])

/**
 * Makes any text safe to print on one line: the one function for text that came from a repository, a server or the
 * command line. Controls (C0, DEL, C1), line and paragraph separators, bidirectional and zero-width controls, other
 * format characters, unpaired surrogates and private-use tags become visible escapes; `::` and `##[`, which the
 * Actions runner reads as commands, are broken by writing their second character as an escape (`:\x3a`, `#\x23[`);
 * text above `limit` UTF-16 units is cut and ends in `…`. The result holds no line break and no runner command.
 */
export function displayable(text: string, limit: number = defaultLimit): string {
  const long = text.length > limit
  let shown = ''
  let previous = ''
  for (const character of long ? text.slice(0, limit) : text) {
    const safe = escapeCharacter(character, previous)
    shown += safe
    previous = character
  }
  return long ? `${shown}…` : shown
}

/** The same, between double quotes: how messages quote a name. */
export function quoted(text: string, limit?: number): string {
  return `"${displayable(text, limit)}"`
}

function escapeCharacter(character: string, previous: string): string {
  if ((character === ':' && previous === ':') || (character === '#' && previous === '#')) {
    return character === ':' ? '\\x3a' : '\\x23'
  }
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x20 && code < 0x7f) return character
  if (!invisible.test(character)) return character
  return names.get(code) ?? hexadecimal(code)
}

function hexadecimal(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\u{${code.toString(16)}}`
}

/**
 * Nothing a reader could see for what it is: controls, formats, surrogates, private use and unassigned (C), separators
 * and blanks other than the plain one (Z), fillers and variation selectors (ignorable), and the blank Braille cell. The
 * selector that makes a sign an emoji stays.
 */
const invisible = /(?!\u{fe0f})[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u{2800}]/u
