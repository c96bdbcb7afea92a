import { readWorkflow } from '../ci-workflow/read-workflow.ts'
import { readCommands } from '../commands/read-commands.ts'
import { readDockerfile } from '../dockerfile/read-dockerfile.ts'
import { readEmbeddedExport } from '../export/embedded.ts'
import { type FileParts, joinParts } from '../file-parts.ts'
import { splitCell } from '../notebook/split-cell.ts'
import { readPython } from '../python/read-python.ts'
import { readTerraform } from '../terraform/read-terraform.ts'
import type { CodeBlock } from './code-block.ts'
import { shellText, showsCommands } from './shell-text.ts'
import { showsPython } from './shows-python.ts'

/** What a block of code in documentation registers, names and creates, by its language and by what it shows. */
export function readBlock({ language, text }: CodeBlock): FileParts {
  if (isPython.has(language)) {
    const { python, shell } = splitCell(text)
    const commands = showsCommands(text) ? [readCommands(shellText(text))] : shell.map(part => readCommands(part))
    return joinParts([...(python ? [readPython(python)] : []), ...commands])
  }
  if (isTerraform.has(language)) return readTerraform(text)
  if (isYaml.has(language)) return joinParts([readEmbeddedExport(text), readWorkflow(text)])
  if (language === 'dockerfile' || language === 'docker') return readDockerfile(text)
  return joinParts([readCommands(shellText(text)), ...(showsPython(text) ? [readPython(text)] : [])])
}

const isPython: ReadonlySet<string> = new Set(['python', 'py', 'python3', 'ipython', 'ipython3', 'pycon'])
const isTerraform: ReadonlySet<string> = new Set(['hcl', 'terraform', 'tf', 'tofu', 'opentofu'])
const isYaml: ReadonlySet<string> = new Set(['yaml', 'yml', 'json'])
