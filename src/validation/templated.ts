/** The names in a reference of which a program fills a part in, as written. */
interface TemplatedReference {
  readonly secret: string
  /** `null` where no dot shows which part is the key. */
  readonly key: string | null
}

/**
 * Reads `{{${NAME}.key}}` or `{{$REFERENCE}}`: the dot between name and key is the first one outside of brackets.
 * `undefined` for a text that is not in two pairs of braces as a whole.
 */
export function templatedReference(value: string): TemplatedReference | undefined {
  if (!value.startsWith('{{') || !value.endsWith('}}') || value.length < 4) return undefined
  const inside = withoutDoubledBraces(value.slice(2, -2).trim())
  if (inside === '') return undefined
  const dot = separatorIn(inside)
  return dot < 0 ? { secret: inside, key: null } : { secret: inside.slice(0, dot), key: inside.slice(dot + 1) }
}

/** A format string of Python writes each brace twice. */
function withoutDoubledBraces(text: string): string {
  return text.startsWith('{{') && text.endsWith('}}') && text.length > 4 ? text.slice(2, -2) : text
}

/** Offset of the first dot that is in no bracket and has text on both sides; -1 where there is none. */
function separatorIn(text: string): number {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if ('({['.includes(character)) depth++
    else if (')}]'.includes(character)) depth--
    else if (character === '.' && depth <= 0 && index > 0 && index < text.length - 1) return index
  }
  return -1
}
