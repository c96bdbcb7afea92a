import { didYouMean } from './did-you-mean.ts'
import type { ChoiceOption, Option, PlainOption } from './option.ts'

export type Value = string | boolean | number

/** A value, or why the text is none: a sentence that tells what to give instead and quotes nothing. */
export type Parsed = { readonly value: Value } | { readonly advice: string }

/** Reads one text as a value of an option. Exact: no blank, no other case and no other word is forgiven. */
export function parseValue(option: Option, text: string): Parsed {
  if (option.type === 'choice') return parseChoice(option, text)
  return parsers[option.type](text)
}

const minSeconds = 1
const maxSeconds = 3600
/** Longer than any real one, well below what would slow anything down. */
const maxText = 1000

const parsers = {
  text: parseLine,
  file: parseLine,
  output: parseLine,
  path: parsePath,
  boolean: parseBoolean,
  flag: parseBoolean,
  seconds: parseSeconds,
  uuid: parseUuid,
  version: parseVersion,
  token: parseToken,
} satisfies Record<PlainOption['type'], (text: string) => Parsed>

function parseChoice(option: ChoiceOption, text: string): Parsed {
  if (option.choices.includes(text)) return { value: text }
  const near = didYouMean(text, option.choices)
  return { advice: `Use ${anyOf(option.choices)}.${near === undefined ? '' : ` Did you mean ${near}?`}` }
}

function parseBoolean(text: string): Parsed {
  if (text === 'true' || text === 'false') return { value: text === 'true' }
  return { advice: 'Use true or false.' }
}

function parseSeconds(text: string): Parsed {
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (seconds >= minSeconds && seconds <= maxSeconds) return { value: seconds }
  return { advice: `Give whole seconds, from ${minSeconds} to ${maxSeconds}.` }
}

function parseUuid(text: string): Parsed {
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return { value: text.toLowerCase() }
  return { advice: 'Give a UUID, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6.' }
}

function parseVersion(text: string): Parsed {
  if (/^\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?:(?:a|b|rc|\.dev|\.post)\d{1,4})?$/.test(text)) return { value: text }
  return { advice: 'Give a version of ZenML, such as 0.22.0.' }
}

function parsePath(text: string): Parsed {
  return text.includes('\0') ? { advice: 'Remove the NUL character.' } : { value: text }
}

function parseLine(text: string): Parsed {
  if (text.length > maxText) return { advice: `Give at most ${maxText} characters.` }
  return /[\0\r\n]/.test(text) ? { advice: 'Give a single line without NUL characters.' } : { value: text }
}

/** Blanks and line ends around a credential come from copying it; one inside would break the header it goes into. */
function parseToken(text: string): Parsed {
  const token = text.trim()
  if (token.length <= maxText && /^[\x21-\x7e]*$/.test(token)) return { value: token }
  return { advice: 'Copy it again: it holds a blank, a line break or a character no token has, or is too long.' }
}

function anyOf(words: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction', style: 'long' }).format(words).replace(/, or /, ' or ')
}
