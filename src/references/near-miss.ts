import { formatReference, type Grammar, isWhiteSpace, parseReference, type Reference } from './grammar.ts'

/** Why a value that looks like a reference is none. Offsets are UTF-16 units into the value, `end` exclusive. */
export interface NearMiss {
  readonly kind: 'malformed-reference' | 'embedded-reference' | 'padded-reference'
  readonly start: number
  readonly end: number
  /** A sentence that quotes nothing of the value. */
  readonly problem: string
  /** How it was probably meant to be written; `undefined` where that cannot be told. */
  readonly meant: string | undefined
}

/**
 * What keeps a value from being the reference it resembles: a blank beside the dot, a brace short, no dot, nothing on
 * one side of it, blanks inside the braces before ZenML 0.40, or text around it. `undefined` for a reference, for text
 * without braces and for other programs' templates (`${{ … }}`, filters, quotes). Linear in the length of the value.
 */
export function nearMiss(value: string, grammar: Grammar): NearMiss | undefined {
  if (!value.includes('{{') && !value.includes('}}')) return undefined
  if (parseReference(value, grammar)) return undefined
  return padded(value) ?? malformed(value) ?? braceShort(value) ?? embedded(value)
}

/** Only an unpadded grammar gets here with a value that the padded one takes. */
function padded(value: string): NearMiss | undefined {
  const reference = parseReference(value, 'padded')
  if (!reference) return undefined
  const problem = 'ZenML before 0.40 takes blanks inside the braces for plain text.'
  return { kind: 'padded-reference', start: 0, end: value.length, problem, meant: formatReference(reference) }
}

function malformed(value: string): NearMiss | undefined {
  if (!value.startsWith('{{') || !value.endsWith('}}') || value.length < 4) return undefined
  const inside = value.slice(2, -2)
  if (inside.includes('{{') || inside.includes('}}')) return undefined
  const fault = faultInside(trim(inside))
  return fault && { kind: 'malformed-reference', start: 0, end: value.length, ...fault }
}

type Fault = Pick<NearMiss, 'problem' | 'meant'>

function faultInside(inside: string): Fault | undefined {
  if (inside === '' || inside === '.') return { problem: 'It names neither a secret nor a key.', meant: undefined }
  if (isOtherTemplate(inside)) return undefined
  const dot = inside.indexOf('.')
  if (dot < 0) return { problem: 'It has no dot between the name of the secret and the key.', meant: undefined }
  const secret = trim(inside.slice(0, dot))
  const key = trim(inside.slice(dot + 1))
  if (secret === '') return { problem: 'It names no secret before the dot.', meant: undefined }
  if (key === '') return { problem: 'It names no key after the dot.', meant: undefined }
  const meant = whole({ secret, key })
  if (meant) return { problem: 'It has a blank beside the dot.', meant }
  return { problem: 'It has a blank inside a name, which a reference cannot hold.', meant: undefined }
}

/** `{{a.b}`, `{a.b}}` and `{{a.b`: what is inside must otherwise be a plain reference, for JSON ends in `}}` too. */
function braceShort(value: string): NearMiss | undefined {
  const opening = value.startsWith('{{') ? 2 : value.startsWith('{') ? 1 : 0
  const closing = value.endsWith('}}') ? 2 : value.endsWith('}') ? 1 : 0
  if (opening === 0 || (opening === 1 && closing < 2)) return undefined
  const inside = trim(value.slice(opening, value.length - closing))
  if (/[\s{}"':,]/.test(inside)) return undefined
  const dot = inside.indexOf('.')
  const meant = whole({ secret: inside.slice(0, dot), key: inside.slice(dot + 1) })
  if (dot <= 0 || !meant) return undefined
  const missing = 4 - opening - closing === 1 ? 'One brace is' : 'Two braces are'
  const problem = `${missing} missing.`
  return { kind: 'malformed-reference', start: 0, end: value.length, problem, meant }
}

function embedded(value: string): NearMiss | undefined {
  const found = findInside(value)
  const first = found[0]
  if (!first) return undefined
  const around = value.slice(0, first.start) + value.slice(first.end)
  const meant = trim(around) === '' ? formatReference(first.reference) : undefined
  return {
    kind: 'embedded-reference',
    start: first.start,
    end: first.end,
    problem: embeddedProblem(value, found),
    meant,
  }
}

function embeddedProblem(value: string, found: readonly Embedded[]): string {
  if (found.length > 1) return 'One value holds more than one reference.'
  const { start, end } = found[0] ?? { start: 0, end: value.length }
  if (start === 0 && /^[\r\n]+$/.test(value.slice(end))) {
    return 'The block keeps its final line break, which makes the value longer than the reference.'
  }
  if (trim(value.slice(0, start) + value.slice(end)) === '') return 'There are blanks outside the braces.'
  return 'There is other text around the reference.'
}

interface Embedded {
  readonly start: number
  readonly end: number
  readonly reference: Reference
}

/** The first two references inside a longer text, innermost braces first; a `$` before the braces is another program's. */
function findInside(value: string): readonly Embedded[] {
  const found: Embedded[] = []
  let from = value.indexOf('{{')
  while (from >= 0 && found.length < 2) {
    const close = value.indexOf('}}', from + 2)
    if (close < 0) break
    const open = value.lastIndexOf('{{', close - 2)
    const reference = value[open - 1] === '$' ? undefined : plainReference(value.slice(open, close + 2))
    if (reference) found.push({ start: open, end: close + 2, reference })
    from = value.indexOf('{{', close + 2)
  }
  return found
}

function plainReference(text: string): Reference | undefined {
  const reference = parseReference(text, 'padded')
  return reference && reference.secret !== '' && !isOtherTemplate(text.slice(2, -2)) ? reference : undefined
}

/** Filters, calls, quotes and blocks belong to template languages; a secret's name could hold them, but never does. */
function isOtherTemplate(inside: string): boolean {
  return /[|()"'`%#\\]/.test(inside) || /^[$/-]/.test(inside)
}

function whole(reference: Reference): string | undefined {
  const text = formatReference(reference)
  return parseReference(text, 'unpadded') ? text : undefined
}

function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start++
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}
