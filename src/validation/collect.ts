import { eraOf } from '../catalog/era.ts'
import { grammarOf } from '../references/grammar.ts'
import type { Component, Place, Stack, StackFile } from '../stacks/stack.ts'
import { type Excerpt, type ExcerptOptions, excerptOf } from '../text/excerpt.ts'
import { readAttribute, readName } from './attribute.ts'
import type { AttributeContext, Collected } from './attribute-context.ts'
import type { Finding } from './finding.ts'
import { localSecretsFindings } from './local-secrets.ts'
import type { SecretUse } from './use.ts'

/** One stack with the secret uses in it and what the file alone shows to be wrong. */
export interface CollectedStack {
  readonly stack: Stack
  /** Of the file that holds it. */
  readonly file: string
  /** Of the stack's name; a stack without one stands for lines that may hold anything. */
  readonly excerpt: Excerpt | undefined
  readonly uses: readonly SecretUse[]
  readonly findings: readonly Finding[]
}

/** All secret uses of a file, stack by stack, and the findings that need no backend. `zenmlVersion` overrides the file's. */
export function collectUses(file: StackFile, zenmlVersion: string | undefined): readonly CollectedStack[] {
  return file.stacks.map(stack => collectStack(file, stack, zenmlVersion ?? stack.zenmlVersion))
}

function collectStack(file: StackFile, stack: Stack, version: string | undefined): CollectedStack {
  const { source } = file
  const shared = {
    era: eraOf(version),
    grammar: grammarOf(version),
    stack: stack.name,
    excerptAt: (place: Place, options?: ExcerptOptions) =>
      'span' in place ? excerptOf(source, place.span, options) : undefined,
    content: source.content,
    placeOf: (start: number, end: number): Place => ({ file: source.path, span: source.spanOf(start, end) }),
  }
  const collected = stack.components.map(component => {
    const { type, name, flavor } = component
    return collectComponent(component, { ...shared, component: { type, name, flavor } })
  })
  return {
    stack,
    file: source.path,
    excerpt: stack.name === undefined ? undefined : shared.excerptAt(stack.place, { attribute: 'stack_name' }),
    uses: collected.flatMap(({ uses }) => uses),
    findings: [...collected.flatMap(({ findings }) => findings), ...localSecretsFindings(stack, shared.excerptAt)],
  }
}

function collectComponent(component: Component, context: AttributeContext): Collected {
  const read = component.attributes.map(attribute => readAttribute(attribute, context))
  return {
    uses: read.flatMap(({ uses }) => uses),
    findings: [...readName(component.nameAttribute, context), ...read.flatMap(({ findings }) => findings)],
  }
}
