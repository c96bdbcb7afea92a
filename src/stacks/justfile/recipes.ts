import { type EmbeddedPiece, type EmbeddedText, embeddedWithin } from '../../text/embedded.ts'
import { filledIn } from '../filled-in.ts'
import type { TextLine } from '../text-lines.ts'
import { commandsOf, parseJustfile } from './parse-justfile.ts'

export interface Recipes {
  readonly shell: readonly EmbeddedText[]
  readonly python: readonly EmbeddedText[]
  /** The value of a variable in the environment of the recipes. */
  environment(name: string): string | undefined
}

/** What `just` hands to shells and to Python, its own `{{…}}` expanded; what it cannot know here is `filledIn`. */
export function recipesOf(text: EmbeddedText): Recipes {
  const { content } = text
  const { variables, exported, recipes } = parseJustfile(content)
  const shell: EmbeddedText[] = []
  const python: EmbeddedText[] = []
  const budget: Budget = { left: maxExpanded }
  for (const { lines, interpreter, parameters } of recipes) {
    const known = (name: string) => (parameters.has(name) ? undefined : variables.get(name))
    const expand = (part: readonly TextLine[]): EmbeddedText =>
      embeddedWithin(
        text,
        part.flatMap(line => expandLine(content, line, { known, budget })),
      )
    if (interpreter === undefined)
      shell.push(...commandsOf(content, lines).map(line => expand(withoutPrefix(content, line))))
    else if (interpreter.includes('python')) python.push(expand(lines))
    else if (/sh\b|\bscript\b/.test(interpreter)) shell.push(expand(lines))
  }
  const mayMatter = ({ content: expanded }: EmbeddedText) => expanded.includes('zen')
  return {
    shell: shell.filter(mayMatter),
    python: python.filter(mayMatter),
    environment: name => (exported.has(name) ? variables.get(name) : undefined),
  }
}

interface Budget {
  /** How many characters the values of variables may still give. */
  left: number
}

const maxExpanded = 4 * 1024 * 1024

interface Expanding {
  readonly budget: Budget
  known(name: string): string | undefined
}

/**
 * `{{{{` is how just writes two braces, and `}}` outside of an interpolation stands for itself: `{{{{a.b}}` is handed
 * on as `{{a.b}}`. The inner two of the four are taken for it, so that the place found reads like the reference.
 */
function expandLine(
  content: string,
  { start, next }: TextLine,
  { known, budget }: Expanding,
): readonly EmbeddedPiece[] {
  const pieces: EmbeddedPiece[] = []
  const line = content.slice(start, next)
  let from = 0
  const copy = (to: number): void => {
    if (to > from) pieces.push({ text: line.slice(from, to), start: start + from, end: start + to })
  }
  for (let open = line.indexOf('{{'); open >= 0; open = line.indexOf('{{', from)) {
    copy(open)
    if (line.startsWith('{{{{', open)) {
      pieces.push({ text: '{{', start: start + open + 2, end: start + open + 4 })
      from = open + 4
      continue
    }
    from = open
    const close = line.indexOf('}}', open + 2)
    if (close < 0) break
    const value = budget.left > 0 ? known(line.slice(open + 2, close).trim()) : undefined
    budget.left -= value?.length ?? 0
    pieces.push({ text: value ?? filledIn, start: start + open, end: start + close + 2 })
    from = close + 2
  }
  copy(line.length)
  return pieces
}

/** `@` and `-` before a command are just's own; the blanks at the start of a line it goes on with are dropped. */
function withoutPrefix(content: string, lines: readonly TextLine[]): readonly TextLine[] {
  return lines.map((line, index) => {
    const dropped = index === 0 ? '@- \t' : ' \t'
    let { start } = line
    while (start < line.end && dropped.includes(content.charAt(start))) start++
    return { ...line, start }
  })
}
