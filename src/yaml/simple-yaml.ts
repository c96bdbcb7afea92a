import { limits } from './limits.ts'
import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './node.ts'
import { isBlank, type LinePosition, readLeaf } from './simple-scalar.ts'

/**
 * Reads the YAML that programs write and most people too: one document of block maps and lists, whose keys and values
 * each stand on one line, with comments. Gives exactly the tree that the library gives, in a fraction of its time.
 * `undefined` at the first thing that is anything else or is wrong, and wherever a bound may be near: the library then
 * reads the whole text and says what there is to say. Linear time.
 */
export function readSimpleYaml(text: string): YamlNode | undefined {
  if (text.length > maxLength || unusual.test(text)) return undefined
  const at: Cursor = { text, start: 0, offset: 0, end: -1, indent: 0 }
  nextLine(at)
  const root = at.indent === atEnd ? undefined : readNode(at, 1)
  // Whatever does not fit the collections that are open closes all of them.
  return at.indent === atEnd ? root : undefined
}

/** The library takes two tokens a character at the very most, and a few for the document. */
const maxLength = limits.tokens / 2 - 10
/** Far from the bound, which `{}` counts for too, and from any trouble with recursion. */
const maxNesting = limits.nesting / 2
/** Controls but LF, tabs and CR among them, other line ends, byte-order marks; marks between documents. */
const unusual = /[^\n -~\xa0-\u2027\u202a-\ufefe\uff00-\uffff]|^(?:---|\.\.\.)/m

interface Cursor extends LinePosition {
  /** Where the line starts. */
  start: number
  /** How far the line is indented; `atEnd` behind the last line. */
  indent: number
}

const atEnd = -1

/** Moves to the first character of the next line that holds more than blanks and a comment. */
function nextLine(at: Cursor): void {
  const { text } = at
  for (let start = at.end + 1; start < text.length; start = at.end + 1) {
    const end = text.indexOf('\n', start)
    at.end = end < 0 ? text.length : end
    at.start = start
    at.offset = start
    skipBlanks(at)
    at.indent = at.offset - start
    if (!isLineOver(at)) return
  }
  at.indent = atEnd
}

function readNode(at: Cursor, depth: number): YamlNode | undefined {
  if (depth > maxNesting) return undefined
  if (isDash(at)) return readList(at, depth)
  const column = at.offset - at.start
  const leaf = readLeaf(at)
  if (leaf?.kind === 'scalar' && isColon(at)) return readMap(at, { column, depth }, leaf)
  return leaf && endLine(at) ? leaf : undefined
}

function readList(at: Cursor, depth: number): YamlList | undefined {
  const start = at.offset
  const column = start - at.start
  const items: YamlNode[] = []
  do {
    at.offset++
    skipBlanks(at)
    const item = isLineOver(at) ? undefined : readNode(at, depth + 1)
    if (!item) return undefined
    items.push(item)
  } while (at.indent === column && isDash(at))
  return { kind: 'list', flow: false, start, end: items.at(-1)?.end ?? start, items }
}

interface Place {
  readonly column: number
  readonly depth: number
}

/** @param first The first key, already read. */
function readMap(at: Cursor, place: Place, first: YamlScalar): YamlMap | undefined {
  const { start } = first
  const entries: YamlEntry[] = []
  let end = start
  let key: YamlNode | undefined = first
  while (key?.kind === 'scalar' && isColon(at)) {
    at.offset++
    const value = readValue(at, place)
    if (!value) return undefined
    end = value.end
    entries.push({ key, value })
    if (at.indent !== place.column) return { kind: 'map', flow: false, start, end, entries }
    key = readLeaf(at)
  }
  return undefined
}

/** On the line of its key, or below; a list may stand in the very column of the key. */
function readValue(at: Cursor, { column, depth }: Place): YamlNode | undefined {
  skipBlanks(at)
  if (!isLineOver(at)) {
    const leaf = readLeaf(at)
    return leaf && endLine(at) ? leaf : undefined
  }
  nextLine(at)
  const isBelow = at.indent > column || (at.indent === column && isDash(at))
  return isBelow ? readNode(at, depth + 1) : undefined
}

/** Moves to the next line where nothing is left on this one but a comment set off by a blank. */
function endLine(at: Cursor): boolean {
  if (!isBlank(at.text[at.offset])) return false
  skipBlanks(at)
  if (!isLineOver(at)) return false
  nextLine(at)
  return true
}

/** Also where a comment starts; to be asked behind a blank or at the start of a line only. */
function isLineOver({ text, offset, end }: Cursor): boolean {
  return offset === end || text[offset] === '#'
}

function isDash({ text, offset }: Cursor): boolean {
  return text[offset] === '-' && isBlank(text[offset + 1])
}

function isColon({ text, offset }: Cursor): boolean {
  return text[offset] === ':' && isBlank(text[offset + 1])
}

function skipBlanks(at: Cursor): void {
  while (at.text[at.offset] === ' ') at.offset++
}
