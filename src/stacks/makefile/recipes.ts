import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { mentionsZenml } from '../mentions-zenml.ts'
import { parseMakefile, type RecipeCommand } from './parse-makefile.ts'
import type { MakeVariables } from './variables.ts'

export interface Recipes {
  /** The shell texts that may hold commands of ZenML, one for each shell that `make` would start. */
  readonly texts: readonly EmbeddedText[]
  /** The value of a variable in the environment of those shells. */
  environment(name: string): string | undefined
}

/** What `make` hands to its shells, variables of the file expanded; what it cannot know here is `filledIn`. */
export function recipesOf(text: EmbeddedText): Recipes {
  const { variables, commands, oneShell } = parseMakefile(text.content)
  const groups = oneShell ? byRule(commands) : commands.map(command => [command])
  const texts = groups.flatMap(group => {
    const pieces = group.flatMap(({ lines }) => lines.flatMap(line => expanded(variables, text.content, line)))
    return pieces.some(({ text: part }) => part.includes('zen')) ? [embeddedWithin(text, pieces)] : []
  })
  return {
    texts: texts.filter(({ content }) => mentionsZenml(content)),
    environment: name => variables.exportedValue(name),
  }
}

function expanded(
  variables: MakeVariables,
  content: string,
  { start, end }: { readonly start: number; readonly end: number },
): readonly EmbeddedPiece[] {
  return variables.expand(content, start, end)
}

function byRule(commands: readonly RecipeCommand[]): readonly (readonly RecipeCommand[])[] {
  const rules = new Map<number, RecipeCommand[]>()
  for (const command of commands) {
    const known = rules.get(command.rule)
    if (known) known.push(command)
    else rules.set(command.rule, [command])
  }
  return [...rules.values()]
}
