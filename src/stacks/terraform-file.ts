import { embeddedSlice } from '../text/embedded.ts'
import type { SourceText } from '../text/source.ts'
import { nameInside } from './file-name.ts'
import type { StackFile, StackFormat } from './stack.ts'
import { parseTerraform } from './terraform/parse-file.ts'
import { parseTerraformJson } from './terraform/parse-json.ts'
import { readParsed } from './terraform/read-terraform.ts'
import { maxDepth } from './terraform/scanner.ts'

/** Files of Terraform and OpenTofu, in their own language or as JSON. */
export const terraformFile: StackFormat = {
  name: 'terraform',
  matchesPath: path => /\.(?:tf|tofu)(?:\.json)?$/.test(nameInside(path).toLowerCase()),
  matchesText: content => content.includes('zenml'),
  read: readFile,
}

function readFile(source: SourceText): StackFile | undefined {
  const { blocks, heredocs, tooDeepAt } = parseFile(source)
  const parts = readParsed(embeddedSlice(source), { blocks, heredocs })
  if (Object.values(parts).every(part => part.length === 0)) return undefined
  const message = `Nested deeper than ${maxDepth} levels.`
  const problems = tooDeepAt === undefined ? [] : [{ message, span: source.spanOf(tooDeepAt, tooDeepAt + 1) }]
  return { source, ...parts, problems }
}

function parseFile({ path, content }: SourceText): ReturnType<typeof parseTerraform> {
  if (!nameInside(path).toLowerCase().endsWith('.json')) return parseTerraform(content)
  return { blocks: parseTerraformJson(content), heredocs: [], tooDeepAt: undefined }
}
