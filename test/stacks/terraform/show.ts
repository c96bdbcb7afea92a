import type { Attribute, Component, StackFile } from '../../../src/stacks/stack.ts'
import { readTerraformText } from './generate.ts'

export function componentsOf(text: string): readonly Component[] {
  return readTerraformText(text)?.components ?? []
}

/** `path=value line:column-line:column`, and what else is special. */
export function row({ path, value, place, templated, asKey }: Attribute): string {
  if (!('span' in place)) return 'no place in a file'
  const { start, end } = place.span
  const flags = `${templated ? ' templated' : ''}${asKey ? ' key' : ''}`
  return `${path.join('/')}=${JSON.stringify(value)} ${start.line}:${start.column}-${end.line}:${end.column}${flags}`
}

/** The rows of a component whose configuration starts in the first column of the third line. */
export function rowsOf(configuration: string, after = ''): readonly string[] {
  const text = `resource "zenml_stack_component" "x" {\n  configuration = (\n${configuration}\n) }\n${after}`
  return componentsOf(text).flatMap(({ attributes }) => attributes.map(row))
}

export function secretsOf(text: string): readonly (readonly [string, readonly string[] | 'unknown'])[] {
  const file: StackFile | undefined = readTerraformText(text)
  return (file?.definitions ?? []).map(({ name, keys }) => [name, keys === 'unknown' ? keys : [...keys]] as const)
}
