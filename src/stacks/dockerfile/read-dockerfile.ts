import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { readCommands } from '../commands/read-commands.ts'
import { type FileParts, joinParts } from '../file-parts.ts'
import { mentionsZenml } from '../mentions-zenml.ts'
import { parseJson, piecesOfString } from '../notebook/json.ts'
import { readPython } from '../python/read-python.ts'
import { usedVariables } from '../used-variables.ts'
import { asCommand } from './argument-list.ts'
import { type Instruction, parseDockerfile } from './parse-dockerfile.ts'
import { Stages } from './stages.ts'

/** What the commands of a Dockerfile register, name and create. */
export function readDockerfile(text: EmbeddedText): FileParts {
  const stages = new Stages()
  const parts: FileParts[] = []
  for (const instruction of parseDockerfile(text.content)) {
    const written = instruction.lines.map(({ start, end }) => text.content.slice(start, end)).join('')
    if (instruction.name === 'FROM') stages.start(written)
    else if (instruction.name === 'ENV' || instruction.name === 'ARG') stages.assign(written)
    else if (running.has(instruction.name)) {
      for (const script of scriptsOf(instruction, text)) {
        if (!mentionsZenml(script.text.content) && !stages.mayRunZenml) continue
        const known = usedVariables(script.text.content, name => stages.get(name))
        parts.push(script.isPython ? readPython(script.text) : readCommands(script.text, known))
      }
    }
  }
  return joinParts(parts)
}

const running: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT'])

interface Script {
  readonly text: EmbeddedText
  readonly isPython: boolean
}

/** The texts that one instruction runs: a command, a list of arguments, or here-documents. */
function scriptsOf({ lines, documents }: Instruction, text: EmbeddedText): readonly Script[] {
  const { content } = text
  const [first, ...rest] = lines
  if (!first) return []
  const flags = /^(?:--[\w-]{1,40}=\S{0,500}[ \t]+){0,10}/.exec(content.slice(first.start, first.end))?.[0] ?? ''
  const own = [{ start: first.start + flags.length, end: first.end }, ...rest]
  const written = own.map(({ start, end }) => content.slice(start, end)).join('')
  const list = documents.length === 0 && own.length === 1 ? argumentList(content, own[0] ?? first) : undefined
  if (list) return [{ text: embeddedWithin(text, list), isPython: false }]
  const interpreter = /^[ \t]*([^<\n]{0,100}?)[ \t]*(?:-[ \t]*)?<<-?["']?\w+["']?[ \t\r\n]*$/.exec(written)?.[1]
  if (documents.length > 0 && interpreter !== undefined && (interpreter === '' || /^python[\d.]*$/.test(interpreter))) {
    return documents.map(body => {
      const script = embeddedWithin(text, [{ text: content.slice(body.start, body.end), ...body }])
      const isPython = interpreter !== '' || /^#![^\n]{0,100}python/.test(script.content)
      return { text: script, isPython }
    })
  }
  // With the here-documents where a shell would find them, which reads what stands behind them as its own.
  const ends = documents.map(({ start, end }) => ({ start, end: nextLine(content, end) }))
  const pieces = [...own, ...ends].map(({ start, end }) => ({ text: content.slice(start, end), start, end }))
  return [{ text: embeddedWithin(text, pieces), isPython: false }]
}

function nextLine(content: string, offset: number): number {
  const feed = content.indexOf('\n', offset)
  return feed < 0 ? content.length : feed + 1
}

/** `["zenml", "stack", "list"]` as a command; of a shell's arguments, the text behind `-c` alone. */
function argumentList(
  content: string,
  { start, end }: { start: number; end: number },
): readonly EmbeddedPiece[] | undefined {
  const written = content.slice(start, end).trim()
  if (!written.startsWith('[')) return undefined
  const list = parseJson(written)
  if (list?.kind !== 'list') return undefined
  const from = start + content.slice(start, end).indexOf('[')
  const words = list.items.map(item =>
    item.kind === 'string'
      ? piecesOfString(written, item).map(({ text, ...at }) => ({ text, start: at.start + from, end: at.end + from }))
      : [],
  )
  return asCommand(words)
}
