import type { Attribute, Component, StackFile, StackFormat } from '../../src/stacks/stack.ts'
import type { EmbeddedText } from '../../src/text/embedded.ts'
import { sourceText } from '../../src/text/source.ts'

export function readAs(format: StackFormat, path: string, content: string): StackFile | undefined {
  return format.read(sourceText(path, content))
}

/** `name.path=value` with `line:column-line:column` of its place, and `templated`. */
export function attributeRows(file: StackFile | undefined): readonly string[] {
  return (file?.components ?? []).flatMap(component => component.attributes.map(each => attributeRow(component, each)))
}

function attributeRow({ name }: Component, { path, value, place, templated }: Attribute): string {
  const span = 'span' in place ? spanText(place.span) : 'nowhere'
  return `${name}.${path.join('/')}=${value} ${span}${templated ? ' templated' : ''}`
}

/** `name(keys) line:column-line:column` of every definition, and `name.key` of every named secret. */
export function nameRows(file: StackFile | undefined): readonly string[] {
  return [
    ...(file?.definitions ?? []).map(({ name, keys, place }) => {
      return `${name}(${keys === 'unknown' ? '?' : [...keys].join()}) ${spanText(place.span)}`
    }),
    ...(file?.secrets ?? []).map(({ secret, key, place }) => `${secret}.${key} ${spanText(place.span)}`),
  ]
}

function spanText({
  start,
  end,
}: {
  readonly start: { line: number; column: number }
  readonly end: { line: number; column: number }
}): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`
}

/** What stands in the file where a part of an embedded text comes from. */
export function writtenAs(text: EmbeddedText, part: string): string {
  const start = text.content.indexOf(part)
  return text.file.content.slice(text.offsetAt(start), text.offsetAt(start + part.length))
}

/** Every range of a file's attributes lies in its text, and every place says the same as its range. */
export function unsoundPlaces(file: StackFile | undefined): readonly string[] {
  if (!file) return []
  const { source } = file
  const attributes = (file.components ?? []).flatMap(component => component.attributes)
  return attributes.flatMap(({ range, place, path }) => {
    const isInside = range && range.start >= 0 && range.start <= range.end && range.end <= source.content.length
    const isSame = range && 'span' in place && spanText(place.span) === spanText(source.spanOf(range.start, range.end))
    return isInside && isSame ? [] : [path.join('/')]
  })
}
