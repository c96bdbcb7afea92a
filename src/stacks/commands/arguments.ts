import type { Stretch, Word } from './word.ts'

/** A word, or what stands behind the `=` of one. */
export interface Value extends Stretch {
  readonly text: string
  readonly templated: boolean
  /** The stretch that `text.slice(from, to)` is written as. */
  stretchOf(from: number, to: number): Stretch
}

export interface Option {
  /** Without dashes; the long one where the short one is known. */
  readonly key: string
  /** `undefined` for a flag. */
  readonly value: Value | undefined
}

export interface Arguments {
  /** The first argument that is no option. */
  readonly name: Value | undefined
  readonly options: readonly Option[]
  /** Some arguments are not known, or are left out: `$OPTIONS`, `...`. */
  readonly isPartial: boolean
}

/** Options that may take the next word for their value, each by its long name, and their short ones. */
export interface Grammar {
  readonly spaced: ReadonlySet<string>
  readonly short: ReadonlyMap<string, string>
}

/** Reads the arguments of one of ZenML's commands. */
export function readArguments(words: readonly Word[], grammar: Grammar): Arguments {
  const options: Option[] = []
  const others: Value[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (!word) continue
    if (!word.text.startsWith('-') || word.text === '-') {
      others.push(valueFrom(word, 0))
      continue
    }
    const option = readOption(word, grammar)
    const next = words[index + 1]
    if (!option.value && grammar.spaced.has(option.key) && next) {
      options.push({ key: option.key, value: valueFrom(next, 0) })
      index++
    } else if (option.key !== '') options.push(option)
  }
  return { name: others[0], options, isPartial: others.slice(1).some(isLeftOut) }
}

function isLeftOut({ text, templated }: Value): boolean {
  return templated || text === '...' || text === '…'
}

function readOption(word: Word, { short }: Grammar): Option {
  const { text } = word
  if (text.startsWith('--')) {
    const equals = text.indexOf('=')
    if (equals < 0) return { key: text.slice(2), value: undefined }
    return { key: text.slice(2, equals), value: valueFrom(word, equals + 1) }
  }
  const key = short.get(text[1] ?? '') ?? ''
  // `-fs3`, and `-f=s3`, which people write though ZenML then looks for `=s3`.
  if (text.length > 2) return { key, value: valueFrom(word, text[2] === '=' ? 3 : 2) }
  return { key, value: undefined }
}

function valueFrom(word: Word, from: number): Value {
  const text = word.text.slice(from)
  return {
    text,
    templated: word.templated,
    ...word.stretchOf(from, word.text.length),
    stretchOf: (start, end) => word.stretchOf(from + start, from + end),
  }
}
