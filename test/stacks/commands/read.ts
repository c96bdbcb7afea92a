import { readCommands } from '../../../src/stacks/commands/read-commands.ts'
import type { FileParts } from '../../../src/stacks/file-parts.ts'
import type { Attribute, Component, FilePlace, Place } from '../../../src/stacks/stack.ts'
import { embeddedSlice } from '../../../src/text/embedded.ts'
import { sourceText } from '../../../src/text/source.ts'

export function readShell(content: string, variables?: ReadonlyMap<string, string>): FileParts {
  return readCommands(embeddedSlice(sourceText('setup.sh', content)), variables)
}

export function onlyComponent(content: string): Component {
  const [component, second] = readShell(content).components
  if (!component || second) throw new Error('not one component')
  return component
}

/** `path=value` of each attribute with what is written at its place, where that differs, and what is special. */
export function attributeRows(content: string): readonly string[] {
  return readShell(content).components.flatMap(({ attributes }) => attributes.map(one => row(one, content)))
}

function row(attribute: Attribute, content: string): string {
  const { path, value, asKey, templated, secretOption } = attribute
  const written = writtenAt(content, attribute)
  const flags = `${asKey ? ' key' : ''}${templated ? ' templated' : ''}${secretOption ? ' secret-option' : ''}`
  return `${path.join('/')}=${value}${written === String(value) ? '' : ` from ${written}`}${flags}`
}

/** What the place of an attribute covers, by offsets; throws where its lines and columns say something else. */
export function writtenAt(content: string, { range, place }: Attribute): string {
  if (!range) throw new Error('no range')
  const written = content.slice(range.start, range.end)
  if (textAt(content, place) !== written) throw new Error('the span covers other text than the range')
  return written
}

/** What a place covers, counted by lines and columns. */
export function textAt(content: string, place: Place): string {
  const { start, end } = (place as FilePlace).span
  return content.slice(offsetOf(content, start), offsetOf(content, end))
}

function offsetOf(content: string, { line, column }: FilePlace['span']['start']): number {
  const starts = [0, ...[...content.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length)]
  return (starts[line - 1] ?? 0) + column - 1
}

/** `name: key, key` of each definition, and what is written at its place. */
export function definitionRows(content: string): readonly string[] {
  return readShell(content).definitions.map(({ name, keys, place }) => {
    const written = textAt(content, place)
    return `${name}${written === name ? '' : ` from ${written}`}: ${keys === 'unknown' ? keys : [...keys].join(', ')}`
  })
}
