import { limits } from './limits.ts'
import type { YamlProblem } from './node.ts'

/** Collects what is wrong with a text. One mistake causes many complaints: of each document only the first is told. */
export interface ProblemLog {
  /** A document starts here; offsets ascend. */
  openDocument(offset: number): void
  /** A mistake at `[start, end)`, in the last document that starts before it of those known. */
  add(message: string, start: number, end: number): void
  /** Why nothing more is read; told whatever else is. */
  stop(message: string, offset: number): void
  /** In file order, at most 10. */
  all(): readonly YamlProblem[]
}

export function problemLog(): ProblemLog {
  const documents: number[] = []
  const firsts = new Map<number, YamlProblem>()
  const stops: YamlProblem[] = []
  return {
    openDocument: offset => documents.push(offset),
    add(message, start, end) {
      const document = documents.findLast(offset => offset <= start) ?? 0
      const first = firsts.get(document)
      if (!first || start < first.start) firsts.set(document, { message, start, end: Math.max(start, end) })
    },
    stop: (message, offset) => stops.push({ message, start: offset, end: offset }),
    all: () => [...firsts.values(), ...stops].toSorted((a, b) => a.start - b.start).slice(0, limits.problems),
  }
}

/** Our sentence for an error of the YAML library, by its code and how its own message, which may quote the file, starts. */
export function sentenceFor(code: string, message = ''): string {
  const found = sentences.find(([of, pattern]) => of === code && pattern.test(message))
  return found?.[2] ?? 'This is not valid YAML.'
}

const any = /^/
const unclosed = /^Flow .* end with a /

const sentences: readonly (readonly [code: string, message: RegExp, sentence: string])[] = [
  ['ALIAS_PROPS', any, 'An alias cannot have an anchor or a tag of its own.'],
  ['BAD_ALIAS', any, 'An anchor or alias has no name.'],
  ['BAD_DQ_ESCAPE', any, 'Unknown escape in double quotes: write two backslashes for one, or use single quotes.'],
  ['BAD_INDENT', unclosed, 'A bracket or brace is not closed before this place.'],
  ['BAD_INDENT', any, 'The indentation does not fit the lines above.'],
  ['BAD_PROP_ORDER', any, 'An anchor or tag stands in the wrong place.'],
  ['BAD_SCALAR_START', any, 'A text cannot start with this character: put it in quotes.'],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    any,
    'A map or list cannot start on the line of its key: put a text with a colon in quotes.',
  ],
  ['BLOCK_IN_FLOW', any, 'Maps and lists inside brackets or braces need brackets or braces too.'],
  ['MISSING_CHAR', /^Missing closing/, 'A quote is not closed before this place.'],
  ['MISSING_CHAR', unclosed, 'A bracket or brace is not closed before this place.'],
  ['MISSING_CHAR', /^Implicit map keys/, 'A key needs a colon and a blank after it.'],
  ['MISSING_CHAR', /^Missing ,/, 'A comma is missing here.'],
  ['MULTILINE_IMPLICIT_KEY', any, 'A key must stand on one line, followed by a colon.'],
  ['MULTIPLE_ANCHORS', any, 'A value can have one anchor only.'],
  ['MULTIPLE_TAGS', any, 'A value can have one tag only.'],
  ['TAB_AS_INDENT', any, 'Tabs cannot indent: use blanks.'],
  ['UNEXPECTED_TOKEN', any, 'This does not belong here: check the indentation, quotes and brackets before it.'],
]
