import type { EmbeddedText } from '../../text/embedded.ts'
import { type FileParts, noParts } from '../file-parts.ts'
import type { Call } from './call.ts'
import { CommandBuilder } from './command-builder.ts'
import { readComponentCommand } from './component.ts'
import { Interpreter } from './interpreter.ts'
import { readSecretDefinition } from './secret-definition.ts'
import { ShellReader } from './shell-reader.ts'
import { readStackSecrets } from './stack-secrets.ts'
import { Variables } from './variables.ts'
import type { Stretch, Word } from './word.ts'

/**
 * What ZenML's commands in a shell text register, attach and create. A text counts only as an argument of one of them.
 * `variables` are those the host of the text knows, by name. Never throws; linear in the length of the text.
 */
export function readCommands(text: EmbeddedText, variables: ReadonlyMap<string, string> = new Map()): FileParts {
  const calls = findCalls({ text, variables, depth: 0 }).toSorted((a, b) => startOf(a) - startOf(b))
  if (calls.length === 0) return noParts
  return {
    stacks: [],
    components: calls.flatMap(call => readComponentCommand(call) ?? []),
    secrets: calls.flatMap(readStackSecrets),
    definitions: calls.flatMap(call => readSecretDefinition(call) ?? []),
  }
}

interface Script {
  readonly text: EmbeddedText
  readonly variables: ReadonlyMap<string, string>
  /** Of shell texts inside shell texts. */
  readonly depth: number
}

const maxDepth = 3

function findCalls({ text, variables, depth }: Script): readonly Call[] {
  const { content } = text
  if (!content.includes('zen') && ![...variables.values()].some(value => value.includes('zen'))) return []
  const known = new Variables(variables)
  const interpreter = new Interpreter(known)
  const builder = new CommandBuilder(content, known, interpreter)
  new ShellReader(content, builder).read()
  const calls = interpreter.calls.map(words => ({ words, text }))
  if (depth >= maxDepth) return calls
  const inside = [
    ...interpreter.scripts.map(word => textOfWord(word, text)),
    ...interpreter.documents.map(body => textOfBody(body, text)),
  ]
  const now = known.known()
  return [...calls, ...inside.flatMap(script => findCalls({ text: script, variables: now, depth: depth + 1 }))]
}

function textOfWord(word: Word, around: EmbeddedText): EmbeddedText {
  const { text } = word
  const offsetIn = (offset: number) =>
    offset < text.length ? word.stretchOf(offset, offset + 1).start : word.stretchOf(0, text.length).end
  return { file: around.file, content: text, offsetAt: offset => around.offsetAt(offsetIn(offset)) }
}

function textOfBody({ start, end }: Stretch, around: EmbeddedText): EmbeddedText {
  return {
    file: around.file,
    content: around.content.slice(start, end),
    offsetAt: offset => around.offsetAt(Math.min(start + offset, end)),
  }
}

function startOf({ words, text }: Call): number {
  return text.offsetAt(words[0]?.start ?? 0)
}
