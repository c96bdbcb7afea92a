import { stackExport } from '../../src/stacks/export.ts'
import type { Attribute, Component, Stack, StackFile } from '../../src/stacks/stack.ts'
import { sourceText } from '../../src/text/source.ts'

export function read(content: string, path = 'stack.yaml'): StackFile | undefined {
  return stackExport.read(sourceText(path, content))
}

/** The only stack of a text that holds no mistakes. */
export function onlyStack(content: string): Stack {
  const file = read(content)
  const [stack] = file?.stacks ?? []
  if (!file || !stack || file.stacks.length > 1 || file.problems.length > 0) throw new Error('not one faultless stack')
  return stack
}

export function onlyComponent(content: string): Component {
  const [component, second] = onlyStack(content).components
  if (!component || second) throw new Error('not one component')
  return component
}

/** `path=value` with `line:column-line:column` of its place, and what else is special. */
export function row(attribute: Attribute): string {
  const { path, value, place, asKey, unquoted } = attribute
  const flags = `${asKey ? ' key' : ''}${unquoted ? ' unquoted' : ''}`
  if (!('span' in place)) return 'no place in a file'
  const { start, end } = place.span
  return `${path.join('/')}=${JSON.stringify(value)} ${start.line}:${start.column}-${end.line}:${end.column}${flags}`
}
