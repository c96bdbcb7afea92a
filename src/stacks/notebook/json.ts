import type { EmbeddedPiece } from '../../text/embedded.ts'

/** A value of JSON. Offsets are UTF-16 units into the text; those of a string are of its content, quotes excluded. */
export type JsonNode =
  | { readonly kind: 'string'; readonly start: number; readonly end: number }
  | { readonly kind: 'list'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'other' }

/** Far more than notebooks and commands have. */
const maxDepth = 100

/** Reads a text as JSON with places; `undefined` for any other, and where it is nested deeper than 100 levels. Linear time. */
export function parseJson(text: string): JsonNode | undefined {
  const at: Cursor = { text, offset: 0 }
  const node = readValue(at, 0)
  skipBlanks(at)
  return at.offset === text.length ? node : undefined
}

/** What a string of JSON says, in pieces: an escape is a piece of its own. */
export function piecesOfString(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): readonly EmbeddedPiece[] {
  const pieces: EmbeddedPiece[] = []
  const content = text.slice(start, end)
  let from = 0
  for (let slash = content.indexOf('\\'); slash >= 0; slash = content.indexOf('\\', from)) {
    if (slash > from) pieces.push({ text: content.slice(from, slash), start: start + from, end: start + slash })
    const kind = content.charAt(slash + 1)
    from = slash + (kind === 'u' ? 6 : 2)
    const said =
      kind === 'u' ? String.fromCharCode(Number.parseInt(content.slice(slash + 2, from), 16)) : escapes.get(kind)
    pieces.push({ text: said ?? kind, start: start + slash, end: start + Math.min(from, content.length) })
  }
  if (from < content.length) pieces.push({ text: content.slice(from), start: start + from, end })
  return pieces
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
])

interface Cursor {
  readonly text: string
  offset: number
}

function readValue(at: Cursor, depth: number): JsonNode | undefined {
  skipBlanks(at)
  const character = at.text[at.offset]
  if (depth > maxDepth) return undefined
  if (character === '"') return readString(at)
  if (character === '[') return readList(at, depth)
  if (character === '{') return readMap(at, depth)
  const pattern = /(?:-?\d[\d.eE+-]*|true|false|null|NaN|-?Infinity)/y
  pattern.lastIndex = at.offset
  const word = pattern.exec(at.text)?.[0]
  if (word === undefined) return undefined
  at.offset += word.length
  return { kind: 'other' }
}

function readString(at: Cursor): Extract<JsonNode, { kind: 'string' }> | undefined {
  const start = at.offset + 1
  for (let offset = start; offset < at.text.length; offset++) {
    const character = at.text[offset]
    if (character === '\\') offset++
    if (character === '"') {
      at.offset = offset + 1
      return { kind: 'string', start, end: offset }
    }
  }
  return undefined
}

function readList(at: Cursor, depth: number): JsonNode | undefined {
  const items: JsonNode[] = []
  at.offset++
  if (take(at, ']')) return { kind: 'list', items }
  do {
    const item = readValue(at, depth + 1)
    if (!item) return undefined
    items.push(item)
  } while (take(at, ','))
  return take(at, ']') ? { kind: 'list', items } : undefined
}

function readMap(at: Cursor, depth: number): JsonNode | undefined {
  const entries = new Map<string, JsonNode>()
  at.offset++
  if (take(at, '}')) return { kind: 'map', entries }
  do {
    skipBlanks(at)
    const key = at.text[at.offset] === '"' ? readString(at) : undefined
    const value = key && take(at, ':') ? readValue(at, depth + 1) : undefined
    if (!key || !value) return undefined
    entries.set(at.text.slice(key.start, key.end), value)
  } while (take(at, ','))
  return take(at, '}') ? { kind: 'map', entries } : undefined
}

function take(at: Cursor, character: string): boolean {
  skipBlanks(at)
  if (at.text[at.offset] !== character) return false
  at.offset++
  return true
}

function skipBlanks(at: Cursor): void {
  while (' \t\r\n'.includes(at.text[at.offset] ?? 'x')) at.offset++
}
