import { embeddedSlice } from '../text/embedded.ts'
import { nameInside } from './file-name.ts'
import { mayHoldSecrets, readPython } from './python/read-python.ts'
import type { StackFormat } from './stack.ts'
import { stackFileOf } from './stack-file.ts'

/** Programs and scripts in Python that use ZenML. */
export const pythonFile: StackFormat = {
  name: 'python',
  matchesPath: path => nameInside(path).endsWith('.py'),
  matchesText: content => content.includes('zenml') && mayHoldSecrets(content),
  read: source => stackFileOf(source, readPython(embeddedSlice(source))),
}
