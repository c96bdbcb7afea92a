import type { Stretch } from './word.ts'

/** What `$…` at one place of a text stands for. */
export interface Expansion extends Stretch {
  readonly written: string
  /** `undefined` where it is not known. */
  readonly value: string | undefined
  /** The array that is spread here: `${options[@]}`. */
  readonly array?: string | undefined
  /** The variable that `${x:=y}` assigns. */
  readonly assigns?: string | undefined
}

/** `undefined` for a variable that the text never assigns, `null` for one whose value is not known. */
export type Lookup = (name: string) => string | null | undefined

/**
 * Reads the `$name`, `${name}`, `${name:-default}` or `$1` at an offset, and the `${{ … }}` of workflows, which is
 * filled in before any shell sees it. `undefined` where the `$` is only a character, and for `$(`.
 */
export function readExpansion(text: string, start: number, lookup: Lookup): Expansion | undefined {
  return readAt({ text, lookup, depth: 0 }, start)
}

interface Reading {
  readonly text: string
  readonly lookup: Lookup
  /** Defaults inside defaults. */
  readonly depth: number
}

const maxDepth = 4
/** Longer than any expression people write; bounds the search for a brace that never closes. */
const maxLength = 256

function readAt(reading: Reading, start: number): Expansion | undefined {
  const { text, lookup } = reading
  const make = (end: number, value: string | undefined): Expansion => {
    return { start, end, written: text.slice(start, end), value }
  }
  const next = text[start + 1] ?? ''
  if (next === '{') {
    const inBraces = text.slice(start + 2, start + maxLength)
    if (!inBraces.startsWith('{')) return readBraces(reading, { start, inBraces })
    const close = inBraces.indexOf('}}')
    return close < 0 || inBraces.slice(0, close).includes('\n') ? undefined : make(start + close + 4, undefined)
  }
  if ('0123456789@*#?!$-'.includes(next) && next !== '') return make(start + 2, undefined)
  const name = nameAt(text, start + 1)
  return name === '' ? undefined : make(start + 1 + name.length, lookup(name) ?? undefined)
}

interface Braces {
  readonly start: number
  /** What follows `${`, cut off. */
  readonly inBraces: string
}

function readBraces(reading: Reading, { start, inBraces }: Braces): Expansion | undefined {
  const close = closingBrace(inBraces)
  if (close < 0) return undefined
  const inside = inBraces.slice(0, close)
  const end = start + 2 + close + 1
  const name = nameAt(inside, 0)
  const rest = inside.slice(name.length)
  const found = { start, end, written: reading.text.slice(start, end) }
  if (name === '') return { ...found, value: undefined }
  if (rest === '[@]' || rest === '[*]') return { ...found, value: undefined, array: name }
  const value = reading.lookup(name)
  if (rest === '') return { ...found, value: value ?? undefined }
  const operator = /^:?[-=]/.exec(rest)?.[0]
  if (operator === undefined || value === null) return { ...found, value: undefined }
  if (value !== undefined && (value !== '' || !operator.startsWith(':'))) return { ...found, value }
  const byDefault = resolveText({ ...reading, text: unquote(rest.slice(operator.length)), depth: reading.depth + 1 })
  return { ...found, value: byDefault, assigns: operator.endsWith('=') && byDefault !== undefined ? name : undefined }
}

/** The text of a default; `undefined` where any of it is not known. */
function resolveText({ text, lookup, depth }: Reading): string | undefined {
  if (depth > maxDepth || /[`\\'"]/.test(text)) return undefined
  let resolved = ''
  let from = 0
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', from)) {
    const expansion = readAt({ text, lookup, depth }, dollar)
    if (expansion?.value === undefined) return undefined
    resolved += text.slice(from, dollar) + expansion.value
    from = expansion.end
  }
  return resolved + text.slice(from)
}

function unquote(text: string): string {
  const first = text[0]
  const isQuoted = text.length > 1 && (first === '"' || (first === "'" && !text.includes('$'))) && text.endsWith(first)
  return isQuoted ? text.slice(1, -1) : text
}

/** Offset of the brace that closes what is open already; -1 where none does. */
function closingBrace(text: string): number {
  let depth = 1
  for (let offset = 0; offset < text.length; offset++) {
    if (text[offset] === '{') depth++
    if (text[offset] === '}' && --depth === 0) return offset
  }
  return -1
}

/** The shell's name of a variable; empty where none stands. */
function nameAt(text: string, start: number): string {
  const pattern = /[A-Za-z_][A-Za-z0-9_]*/y
  pattern.lastIndex = start
  return pattern.exec(text)?.[0] ?? ''
}
