import { type EmbeddedPiece, type EmbeddedText, embeddedPieces } from '../../text/embedded.ts'
import { comparePositions } from '../../text/position.ts'
import { readEmbeddedExport } from '../export/embedded.ts'
import { type FileParts, noParts } from '../file-parts.ts'
import type { Attribute, Component, Stack } from '../stack.ts'
import { branchesOf } from './branches.ts'
import type { Template, TemplatePart } from './expression.ts'
import type { Scope, Text } from './scope.ts'

/**
 * The stack that a here-document renders, read by the reader of exports. What Terraform fills in stands as one sign
 * that no YAML minds, and is put back afterwards. Where `%{ if }` has two sides, each is read.
 */
export function readRenderedExport(text: EmbeddedText, template: Template, scope: Scope): FileParts {
  if (!isExport(text.content.slice(template.start, template.end))) return noParts
  const stacks = branchesOf(template.parts).flatMap(parts => readBranch(text, parts, scope))
  const [first, ...others] = stacks
  if (!first) return noParts
  return { ...noParts, stacks: [others.reduce(joined, first)] }
}

function isExport(content: string): boolean {
  return content.includes('components') && (content.includes('flavor') || content.includes('zenml_version'))
}

function readBranch(text: EmbeddedText, parts: readonly TemplatePart[], scope: Scope): readonly Stack[] {
  const filled: Text[] = []
  const pieces: EmbeddedPiece[] = parts.flatMap(part => {
    const { start, end } = part
    if (part.kind === 'text') return { text: withoutStrayBrace(part.text, text.content[start - 1]), start, end }
    if (part.kind === 'directive') return []
    const value = scope.textOf(part.expression)
    filled.push(value && !value.templated ? value : { text: text.content.slice(start, end), templated: true })
    return { text: signOf(filled.length - 1), start, end }
  })
  const inner = embeddedPieces(text.file, pieces)
  const rendered = { ...inner, offsetAt: (offset: number) => text.offsetAt(inner.offsetAt(offset)) }
  return readEmbeddedExport(rendered).stacks.map(stack => restored(stack, filled))
}

/** `%{if x}}` at a line's end: recipes that many have copied have that second brace, which would end YAML's reading. */
function withoutStrayBrace(text: string, before: string | undefined): string {
  return before === '}' && /^}[ \t\r]{0,99}(?:\n|$)/.test(text) ? ` ${text.slice(1)}` : text
}

/** Characters of private use, which are as good as letters to YAML and stand in no file. */
const opening = '\uE000'
const closing = '\uE001'
const sign = /\uE000(\d{1,7})\uE001/g

function signOf(index: number): string {
  return `${opening}${index}${closing}`
}

/** A stack with the signs in its texts replaced by what they stand for. */
function restored(stack: Stack, filled: readonly Text[]): Stack {
  const version = stack.zenmlVersion && restore(stack.zenmlVersion, filled)
  return {
    ...stack,
    name: stack.name && restore(stack.name, filled).text,
    zenmlVersion: version && !version.templated ? version.text : undefined,
    components: stack.components.map(component => restoredComponent(component, filled)),
  }
}

function restoredComponent(component: Component, filled: readonly Text[]): Component {
  const { name, flavor, id, nameAttribute } = component
  return {
    ...component,
    name: name && restore(name, filled).text,
    flavor: flavor && knownOnly(restore(flavor, filled)),
    id: id && knownOnly(restore(id, filled)),
    attributes: component.attributes.map(attribute => restoredAttribute(attribute, filled)),
    nameAttribute: nameAttribute && restoredAttribute(nameAttribute, filled),
  }
}

function knownOnly({ text, templated }: Text): string | undefined {
  return templated ? undefined : text
}

function restoredAttribute(attribute: Attribute, filled: readonly Text[]): Attribute {
  const path = attribute.path.map(step => restore(step, filled).text)
  if (typeof attribute.value !== 'string') return { ...attribute, path }
  const { text, templated } = restore(attribute.value, filled)
  return { ...attribute, path, value: text, ...(templated && { templated: true }) }
}

function restore(value: string, filled: readonly Text[]): Text {
  if (!value.includes(opening)) return { text: value, templated: false }
  let templated = false
  const text = value.replaceAll(sign, (written, index: string) => {
    const part = filled[Number(index)]
    templated ||= part?.templated ?? false
    return part?.text ?? written
  })
  return { text, templated }
}

/** The components of both; of one that stands in both, only once what stands at one place. */
function joined(stack: Stack, other: Stack): Stack {
  const seen = new Set(
    stack.components.flatMap(component => [placeKey(component), ...component.attributes.map(attributeKey)]),
  )
  const added = other.components.flatMap(component => {
    const attributes = component.attributes.filter(attribute => !seen.has(attributeKey(attribute)))
    return attributes.length === 0 && seen.has(placeKey(component)) ? [] : { ...component, attributes }
  })
  return { ...stack, components: [...stack.components, ...added].toSorted(byPlace) }
}

function byPlace({ place: a }: Component, { place: b }: Component): number {
  return 'span' in a && 'span' in b ? comparePositions(a.span.start, b.span.start) : 0
}

function placeKey({ place }: Component): string {
  return 'span' in place ? `at ${place.span.start.line}:${place.span.start.column}` : ''
}

function attributeKey({ range, asKey }: Attribute): string {
  return `${range?.start}-${range?.end}${asKey ? ' key' : ''}`
}
