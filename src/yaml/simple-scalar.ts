import type { YamlList, YamlMap, YamlScalar } from './node.ts'
import { plainValue } from './scalar-value.ts'

/** Where a line is being read. Offsets are into `text`. */
export interface LinePosition {
  readonly text: string
  /** The next character to read. */
  offset: number
  /** Where the line ends, its LF excluded. */
  end: number
}

/**
 * Reads what stands at the offset and does not go on in the next line: a plain or quoted scalar, `{}` or `[]`, and
 * moves behind it. `undefined` for everything else, and for what has escapes; the offset is then of no use any more.
 */
export function readLeaf(line: LinePosition): YamlScalar | YamlMap | YamlList | undefined {
  const { text, offset } = line
  const first = text[offset] ?? ''
  if (first === "'") return readQuoted(line, singleLength(line), 'single')
  if (first === '"') return readQuoted(line, doubleLength(line), 'double')
  if (first === '{' || first === '[') return readEmpty(line)
  const isIndicator = indicators.includes(first) || ('-?:'.includes(first) && isBlank(text[offset + 1]))
  return isIndicator ? undefined : readPlain(line)
}

/** Whether a character separates: a blank, the end of a line or of the text. Other kinds of blanks are kept from here. */
export function isBlank(character: string | undefined): boolean {
  return character === undefined || character === ' ' || character === '\n'
}

/** What no plain scalar starts with. */
const indicators = '#&*!|>%@`,]}'

/** Up to a colon or a comment that a blank sets off; blanks before it belong to nothing. */
function readPlain(line: LinePosition): YamlScalar {
  const { text, offset: start } = line
  const rest = text.slice(start, line.end)
  let length = rest.endsWith(':') ? rest.length - 1 : rest.length
  for (const stop of [rest.indexOf(': '), rest.indexOf(' #')]) if (stop >= 0 && stop < length) length = stop
  while (rest[length - 1] === ' ') length--
  const end = start + length
  line.offset = end
  return {
    kind: 'scalar',
    value: plainValue(rest.slice(0, length)),
    style: 'plain',
    start,
    end,
    content: { start, end },
  }
}

function readQuoted(line: LinePosition, length: number, style: 'single' | 'double'): YamlScalar | undefined {
  if (length < 0) return undefined
  const start = line.offset
  const content = { start: start + 1, end: start + 1 + length }
  const written = line.text.slice(content.start, content.end)
  const end = content.end + 1
  line.offset = end
  return {
    kind: 'scalar',
    value: style === 'single' ? written.replaceAll("''", "'") : written,
    style,
    start,
    end,
    content,
  }
}

/** The length of what stands in single quotes; negative where they are not closed on the line. */
function singleLength({ text, offset, end }: LinePosition): number {
  const rest = text.slice(offset + 1, end)
  let close = rest.indexOf("'")
  while (close >= 0 && rest[close + 1] === "'") close = rest.indexOf("'", close + 2)
  return close
}

/** Negative too where there are escapes. */
function doubleLength({ text, offset, end }: LinePosition): number {
  const rest = text.slice(offset + 1, end)
  const close = rest.indexOf('"')
  return rest.lastIndexOf('\\', close) < 0 ? close : -1
}

function readEmpty(line: LinePosition): YamlMap | YamlList | undefined {
  const { text, offset: start } = line
  const end = start + 2
  line.offset = end
  if (text.startsWith('{}', start)) return { kind: 'map', flow: true, start, end, entries: [] }
  return text.startsWith('[]', start) ? { kind: 'list', flow: true, start, end, items: [] } : undefined
}
