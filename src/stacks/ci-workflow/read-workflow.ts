import type { EmbeddedText } from '../../text/embedded.ts'
import { readCommands } from '../commands/read-commands.ts'
import { type FileParts, joinParts, noParts } from '../file-parts.ts'
import { mentionsZenml } from '../mentions-zenml.ts'
import { readPython } from '../python/read-python.ts'
import { usedVariables } from '../used-variables.ts'
import { scriptsOf } from './scripts.ts'

/** What the scripts in a YAML text register, name and create. */
export function readWorkflow(text: EmbeddedText): FileParts {
  if (!mentionsZenml(text.content)) return noParts
  return joinParts(
    scriptsOf(text).map(({ text: script, isPython, environment }) => {
      if (isPython) return readPython(script)
      return readCommands(
        script,
        usedVariables(script.content, name => environment.get(name)),
      )
    }),
  )
}
