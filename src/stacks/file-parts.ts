import type { Component, NamedSecret, SecretDefinition, Stack } from './stack.ts'

/** What a stretch of a file holds of ZenML: what readers of embedded text give, and files are put together from. */
export interface FileParts {
  readonly stacks: readonly Stack[]
  readonly components: readonly Component[]
  readonly secrets: readonly NamedSecret[]
  readonly definitions: readonly SecretDefinition[]
}

export const noParts: FileParts = { stacks: [], components: [], secrets: [], definitions: [] }

export function joinParts(parts: readonly FileParts[]): FileParts {
  return {
    stacks: parts.flatMap(({ stacks }) => stacks),
    components: parts.flatMap(({ components }) => components),
    secrets: parts.flatMap(({ secrets }) => secrets),
    definitions: parts.flatMap(({ definitions }) => definitions),
  }
}
