/**
 * Types a plain scalar as PyYAML's resolver does, which ZenML reads its files with: YAML 1.1 without its `y` and `n`.
 * A date stays text. An integer too large for a number loses digits.
 */
export function plainValue(text: string): string | number | boolean | null {
  if (text === '' || nulls.has(text)) return null
  const word = booleans.get(text)
  if (word !== undefined) return word
  // Numbers start with one of these; most texts do not and are done here. Longer ones are texts to every reader.
  if (text.length > longestNumber || !'+-.0123456789'.includes(text.charAt(0))) return text
  return integerValue(text) ?? floatValue(text) ?? text
}

/** The value of a scalar with an explicit tag: known types convert, any other tag is ignored and the text kept. */
export function taggedValue(text: string, tag: string): string | number | boolean | null {
  return converting.has(tag) ? plainValue(text) : text
}

const prefix = 'tag:yaml.org,2002:'
const converting: ReadonlySet<string> = new Set(['null', 'bool', 'int', 'float'].map(type => prefix + type))
const nulls: ReadonlySet<string> = new Set(['~', 'null', 'Null', 'NULL'])
const booleans: ReadonlyMap<string, boolean> = new Map(
  [
    ['yes', 'no'],
    ['true', 'false'],
    ['on', 'off'],
  ].flatMap(pair =>
    pair.flatMap((word, index) =>
      [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()].map(
        form => [form, index === 0] as const,
      ),
    ),
  ),
)
const longestNumber = 100

function integerValue(text: string): number | undefined {
  const [, sign, digits = ''] = /^([-+]?)(.*)$/s.exec(text.replaceAll('_', '')) ?? []
  const factor = sign === '-' ? -1 : 1
  if (/^[-+]?0b[01_]+$/.test(text)) return factor * Number.parseInt(digits.slice(2), 2)
  if (/^[-+]?0x[\da-fA-F_]+$/.test(text)) return factor * Number.parseInt(digits.slice(2), 16)
  if (/^[-+]?0[0-7_]+$/.test(text)) return factor * Number.parseInt(digits, 8)
  if (/^[-+]?(?:0|[1-9][\d_]*)$/.test(text)) return factor * Number(digits)
  if (/^[-+]?[1-9][\d_]*(?::[0-5]?\d)+$/.test(text)) return factor * sexagesimal(digits)
  return undefined
}

function floatValue(text: string): number | undefined {
  const plain = text.replaceAll('_', '')
  if (/^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?)$/.test(text)) return Number(plain)
  if (/^[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/.test(text)) {
    return (plain.startsWith('-') ? -1 : 1) * sexagesimal(plain.replace(/^[-+]/, ''))
  }
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : undefined
}

/** Base 60: `1:30` is 90. */
function sexagesimal(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}
