import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { sourceText } from '../../text/source.ts'
import { keyText } from '../../yaml/entries.ts'
import type { YamlMap, YamlNode, YamlScalar, YamlValue } from '../../yaml/node.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { resolve } from '../../yaml/resolve.ts'
import { asCommand } from '../dockerfile/argument-list.ts'
import { mentionsZenml } from '../mentions-zenml.ts'
import { scalarPieces } from './block-text.ts'
import { Environment } from './environment.ts'
import { withoutExpressions } from './expressions.ts'

/** A text that a workflow, a pipeline or a container runs. */
export interface Script {
  readonly text: EmbeddedText
  readonly isPython: boolean
  readonly environment: Environment
}

/** The scripts in a YAML text that may hold commands of ZenML, known by the keys they stand under. */
export function scriptsOf(text: EmbeddedText): readonly Script[] {
  const finder = new ScriptFinder(text)
  for (const document of parseYaml(sourceText('', text.content)).documents) finder.visit(document, new Environment())
  return finder.scripts
}

export const scriptKeys: ReadonlySet<string> = new Set([
  'after_script',
  'args',
  'bash',
  'before_install',
  'before_script',
  'cmd',
  'cmds',
  'command',
  'commands',
  'entry',
  'entrypoint',
  'inlineScript',
  'inline_script',
  'install',
  'onCreateCommand',
  'post_create',
  'pre_build',
  'build',
  'post_build',
  'run',
  'script',
  'scripts',
  'sh',
  'shell',
  'source',
])

/** Aliases can lead to a node many times; it is read where the first one does. */
const maxVisits = 100_000

interface Items {
  readonly texts: readonly YamlScalar[]
  readonly maps: readonly YamlMap[]
}

class ScriptFinder {
  readonly scripts: Script[] = []
  readonly #text: EmbeddedText
  readonly #visited = new Set<YamlValue>()
  readonly #read = new Set<YamlValue>()

  constructor(text: EmbeddedText) {
    this.#text = text
  }

  /** Recurses as deep as the YAML is nested, which is bounded; a node is visited once, so aliases end. */
  visit(node: YamlNode | undefined, environment: Environment): void {
    const value = resolve(node)
    if (!value || value.kind === 'scalar' || isSeen(value, this.#visited)) return
    if (value.kind === 'list') {
      for (const item of value.items) this.visit(item, environment)
      return
    }
    const inner = environment.within(value)
    const isPython = runsPython(value)
    for (const entry of value.entries) {
      const target = resolve(entry.value)
      if (!target) continue
      if (!scriptKeys.has(keyText(entry) ?? '') || target.kind === 'map') this.visit(target, inner)
      else {
        const { texts, maps } = this.#itemsOf(target)
        this.#add(this.#piecesOf(texts), { isPython, environment: inner })
        for (const map of maps) this.visit(map, inner)
      }
    }
  }

  /** A text, or those of a list and of the lists that stand or are named in it; and the maps among them. */
  #itemsOf(value: YamlValue): Items {
    const texts: YamlScalar[] = []
    const maps: YamlMap[] = []
    const waiting: YamlValue[] = [value]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (next.kind === 'scalar') texts.push(next)
      else if (next.kind === 'map') maps.push(next)
      else if (!isSeen(next, this.#read)) waiting.push(...next.items.flatMap(item => resolve(item) ?? []).reverse())
    }
    return { texts, maps }
  }

  /** One text, lines that one shell runs, or the arguments of one command. */
  #piecesOf(texts: readonly YamlScalar[]): readonly EmbeddedPiece[] {
    const lines = texts.flatMap(text => {
      const pieces = scalarPieces(this.#text.content, text) ?? []
      return pieces.length > 0 ? [pieces] : []
    })
    if (texts.some(({ value }) => value === 'zenml' || value === 'zen')) return asCommand(lines)
    return lines.flatMap(line => {
      const end = line.at(-1)?.end ?? 0
      return [...line, { text: '\n', start: end, end }]
    })
  }

  #add(pieces: readonly EmbeddedPiece[], rest: Omit<Script, 'text'>): void {
    // Texts that aliases repeat stand behind what comes later; a text is mapped in the order of its pieces all the same.
    const text = withoutExpressions(embeddedWithin(this.#text, pieces), rest.environment)
    if (mentionsZenml(text.content) || text.content.includes('$')) this.scripts.push({ text, ...rest })
  }
}

function isSeen(value: YamlValue, seen: Set<YamlValue>): boolean {
  if (seen.has(value) || seen.size >= maxVisits) return true
  seen.add(value)
  return false
}

function runsPython({ entries }: YamlMap): boolean {
  return entries.some(entry => {
    const shell = keyText(entry) === 'shell' ? resolve(entry.value) : undefined
    return shell?.kind === 'scalar' && typeof shell.value === 'string' && shell.value.startsWith('python')
  })
}
