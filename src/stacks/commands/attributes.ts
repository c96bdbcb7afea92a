import type { EmbeddedText } from '../../text/embedded.ts'
import { sourceText } from '../../text/source.ts'
import type { YamlScalar } from '../../yaml/node.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { AttributeCollector } from '../export/attributes.ts'
import { createReading } from '../export/reading.ts'
import type { Attribute } from '../stack.ts'
import type { Value } from './arguments.ts'
import { placeIn, rangeIn } from './call.ts'

/**
 * The attributes that one `--key=value` gives: the text, or, where the value is a map or a list in JSON, each text in
 * it, as ZenML stores them. What a file or a program fills in is `templated`.
 */
export function attributesOf(key: string, value: Value, text: EmbeddedText): readonly Attribute[] {
  const { text: written, templated } = value
  if (isGoTemplate(written)) return []
  // `@@x` is the text `@x`, `@x` what the file x holds.
  if (written.startsWith('@@')) return [attributeAt([key], value, { text, from: 1 })]
  const nested = written.startsWith('@') ? undefined : nestedAttributes(key, value, text)
  if (nested) return nested
  const isFilledIn = templated || written.startsWith('@')
  return [{ ...attributeAt([key], value, { text, from: 0 }), ...(isFilledIn && { templated: true }) }]
}

interface From {
  readonly text: EmbeddedText
  readonly from: number
}

function attributeAt(path: readonly string[], value: Value, { text, from }: From): Attribute {
  const stretch = value.stretchOf(from, value.text.length)
  return { path, value: value.text.slice(from), place: placeIn(text, stretch), range: rangeIn(text, stretch) }
}

/** Go's templates, and Helm's: nothing before the dot. */
function isGoTemplate(written: string): boolean {
  return /^\{\{-?\s{0,20}\./.test(written)
}

/** `undefined` where the value is no map or list, which ZenML then stores as the text it is. */
function nestedAttributes(key: string, value: Value, text: EmbeddedText): readonly Attribute[] | undefined {
  if (!isJsonCollection(value.text)) return undefined
  const source = sourceText(text.file.path, value.text)
  const [root] = parseYaml(source).documents
  if (!root) return undefined
  const collector = new AttributeCollector(createReading(source))
  collector.addEntry({ key: keyNode(key), value: root })
  return collector.attributes.map(attribute => {
    const stretch = value.stretchOf(attribute.range.start, attribute.range.end)
    const isFilledIn = value.templated && /[$`]/.test(String(attribute.value))
    return {
      ...attribute,
      place: placeIn(text, stretch),
      range: rangeIn(text, stretch),
      ...(isFilledIn && { templated: true }),
    }
  })
}

function keyNode(key: string): YamlScalar {
  const nowhere = { start: 0, end: 0 }
  return { kind: 'scalar', value: key, style: 'plain', content: nowhere, ...nowhere }
}

function isJsonCollection(text: string): boolean {
  if (!/^\s{0,20}[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
