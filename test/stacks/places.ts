import { parseReference } from '../../src/references/grammar.ts'
import type { Attribute, NamedSecret, Place, StackFile } from '../../src/stacks/stack.ts'
import type { SourceText } from '../../src/text/source.ts'

/** Throws unless every place of what was read lies in the text, and shows there what was read. */
export function assertPlaces(file: StackFile | undefined): void {
  if (!file) return
  const { source, stacks, components = [], secrets = [], definitions = [], problems } = file
  for (const component of [...components, ...stacks.flatMap(stack => stack.components)]) {
    textAt(source, component.place)
    for (const attribute of component.attributes) assertAttribute(source, attribute)
  }
  for (const secret of secrets) assertSecret(source, secret)
  for (const { place } of [...stacks, ...definitions]) textAt(source, place)
  for (const { span } of problems) textAt(source, { file: source.path, span })
}

/** Written otherwise than read: escaped, filled in, folded. */
const rewritten = /["'\\$%`\r\n]/

function assertAttribute(source: SourceText, { value, range, place, templated, unquoted }: Attribute): void {
  if (!range || range.start < 0 || range.start > range.end || range.end > source.content.length)
    throw new Error('an attribute lies outside of the text')
  const written = source.content.slice(range.start, range.end)
  if (textAt(source, place) !== written) throw new Error('a span and its range differ')
  if (typeof value !== 'string' || templated || unquoted || rewritten.test(written)) return
  if (parseReference(value, 'padded') && written !== value) throw new Error(`${value} is written ${written}`)
}

function assertSecret(source: SourceText, { secret, via, place }: NamedSecret): void {
  const written = textAt(source, place)
  if (via === 'templated' || rewritten.test(written)) return
  const named =
    via === 'reference' ? parseReference(written.replace(/^\{{4}(.*)\}{4}$/, '{{$1}}'), 'padded')?.secret : written
  if (named !== secret) throw new Error(`${secret} is written ${written}`)
}

function textAt(source: SourceText, place: Place): string {
  if (!('span' in place)) throw new Error('no place in a file')
  const [start, end] = [place.span.start, place.span.end].map(({ line, column }) => {
    const offset = lineStarts(source)[line - 1]
    if (offset === undefined || offset + column - 1 > source.content.length)
      throw new Error('a place outside of the text')
    return offset + column - 1
  })
  if (start === undefined || end === undefined || start > end) throw new Error('a place that ends before it starts')
  return source.content.slice(start, end)
}

const known = new WeakMap<SourceText, readonly number[]>()

function lineStarts(source: SourceText): readonly number[] {
  const starts = known.get(source) ?? [
    0,
    ...[...source.content.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length),
  ]
  known.set(source, starts)
  return starts
}
