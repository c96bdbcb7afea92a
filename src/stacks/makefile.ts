import { embeddedSlice } from '../text/embedded.ts'
import type { SourceText } from '../text/source.ts'
import { readCommands } from './commands/read-commands.ts'
import { nameInside } from './file-name.ts'
import { joinParts } from './file-parts.ts'
import { markFilledIn } from './filled-in.ts'
import { recipesOf } from './makefile/recipes.ts'
import { mentionsZenml } from './mentions-zenml.ts'
import type { StackFile, StackFormat } from './stack.ts'
import { stackFileOf } from './stack-file.ts'
import { usedVariables } from './used-variables.ts'

/** Makefiles and what they include: the commands in their recipes. */
export const makefile: StackFormat = {
  name: 'makefile',
  matchesPath: path => {
    const name = nameInside(path)
    return /^(?:GNUm|M|m)akefile(?:\.|$)/.test(name) || /\.(?:mk|make)$/.test(name)
  },
  matchesText: mentionsZenml,
  read: readMakefile,
}

function readMakefile(source: SourceText): StackFile | undefined {
  const { texts, environment } = recipesOf(embeddedSlice(source))
  const parts = texts.map(text => readCommands(text, usedVariables(text.content, environment)))
  return stackFileOf(source, markFilledIn(joinParts(parts), source.content))
}
