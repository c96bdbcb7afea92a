import type { FileParts } from './file-parts.ts'
import type { Attribute, Component, NamedSecret } from './stack.ts'

/**
 * What stands in a command for text that another program fills in before a shell sees it. Written as workflows write
 * theirs, which readers of commands take for unknown; inside single quotes it is plain text to them.
 */
// biome-ignore lint/suspicious/noTemplateCurlyInString: no template string is meant.
export const filledIn = '${{_}}'

/** Marks what holds text that is filled in, quoted or not, as `templated`; `content` is that of the whole file. */
export function markFilledIn({ stacks, components, secrets, definitions }: FileParts, content: string): FileParts {
  return {
    stacks,
    components: components.map(component => markComponent(component, content)),
    secrets: secrets.map(markSecret),
    definitions: definitions.flatMap(({ name, keys, place }) => {
      if (isFilledIn(name)) return []
      const isUnknown = keys === 'unknown' || [...keys].some(isFilledIn)
      return [{ name, keys: isUnknown ? 'unknown' : keys, place }]
    }),
  }
}

function isFilledIn(text: unknown): boolean {
  return typeof text === 'string' && text.includes('${{')
}

function markComponent(component: Component, content: string): Component {
  const { name, flavor, attributes, nameAttribute } = component
  return {
    ...component,
    name: isFilledIn(name) && nameAttribute ? writtenText(nameAttribute, content) : name,
    flavor: isFilledIn(flavor) ? undefined : flavor,
    attributes: attributes.map(attribute => markAttribute(attribute, content)),
    nameAttribute:
      nameAttribute && isFilledIn(nameAttribute.value) && !hasOwnBraces(nameAttribute.value)
        ? undefined
        : nameAttribute && markAttribute(nameAttribute, content),
  }
}

/** A reference that is filled in in part is shown as written; braces that are all the other program's are none. */
function markAttribute(attribute: Attribute, content: string): Attribute {
  const { value } = attribute
  if (!isFilledIn(value)) return attribute
  return { ...attribute, value: hasOwnBraces(value) ? writtenText(attribute, content) : value, templated: true }
}

function hasOwnBraces(value: Attribute['value']): boolean {
  return typeof value === 'string' && value.replaceAll('${{', '').includes('{{')
}

function writtenText({ value, range }: Attribute, content: string): string {
  return range ? content.slice(range.start, range.end) : String(value)
}

function markSecret(secret: NamedSecret): NamedSecret {
  return isFilledIn(secret.secret) || isFilledIn(secret.key) ? { ...secret, via: 'templated' } : secret
}
