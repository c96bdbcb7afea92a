import type { EmbeddedText } from '../../text/embedded.ts'
import type { FileParts } from '../file-parts.ts'
import type { Block, Template } from './expression.ts'
import { parseTerraform } from './parse-file.ts'
import { readRenderedExport } from './rendered-export.ts'
import { type ResourceReading, readComponent, readSecret } from './resources.ts'
import { Scope } from './scope.ts'
import { ValueWalk } from './values.ts'

/**
 * What Terraform's own language holds of ZenML: the provider's components and secrets, and stack exports in
 * here-documents. What one text cannot resolve is `templated`. A text that is broken is read as far as it goes; never throws.
 */
export function readTerraform(text: EmbeddedText): FileParts {
  return readParsed(text, parseTerraform(text.content))
}

/** What was parsed, whichever way it was written. */
export interface ParsedTerraform {
  readonly blocks: readonly Block[]
  readonly heredocs: readonly Template[]
}

export function readParsed(text: EmbeddedText, { blocks, heredocs }: ParsedTerraform): FileParts {
  const scope = new Scope(text.content, blocks)
  const reading: ResourceReading = { text, scope, values: new ValueWalk(scope) }
  const resources = (type: string) => blocks.filter(block => block.type === 'resource' && block.labels[0] === type)
  return {
    stacks: heredocs.flatMap(heredoc => readRenderedExport(text, heredoc, scope).stacks),
    components: resources('zenml_stack_component').map(block => readComponent(block, reading)),
    secrets: [],
    definitions: resources('zenml_secret').flatMap(block => readSecret(block, reading) ?? []),
  }
}
