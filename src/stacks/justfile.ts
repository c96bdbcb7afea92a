import { embeddedSlice } from '../text/embedded.ts'
import type { SourceText } from '../text/source.ts'
import { readCommands } from './commands/read-commands.ts'
import { nameInside } from './file-name.ts'
import { joinParts } from './file-parts.ts'
import { markFilledIn } from './filled-in.ts'
import { recipesOf } from './justfile/recipes.ts'
import { mentionsZenml } from './mentions-zenml.ts'
import { readPython } from './python/read-python.ts'
import type { StackFile, StackFormat } from './stack.ts'
import { stackFileOf } from './stack-file.ts'
import { usedVariables } from './used-variables.ts'

/** Files of the command runner just: the commands, scripts and programs in their recipes. */
export const justfile: StackFormat = {
  name: 'justfile',
  matchesPath: path => {
    const name = nameInside(path).toLowerCase()
    return name === 'justfile' || name === '.justfile' || name.endsWith('.just')
  },
  matchesText: mentionsZenml,
  read: readJustfile,
}

function readJustfile(source: SourceText): StackFile | undefined {
  const { shell, python, environment } = recipesOf(embeddedSlice(source))
  const parts = [
    ...shell.map(text => readCommands(text, usedVariables(text.content, environment))),
    ...python.map(text => readPython(text)),
  ]
  return stackFileOf(source, markFilledIn(joinParts(parts), source.content))
}
