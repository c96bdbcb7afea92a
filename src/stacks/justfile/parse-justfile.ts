import { isContinued, linesOf, type TextLine } from '../text-lines.ts'

/** The body of one recipe of a justfile. */
export interface JustRecipe {
  /** Lines of the body without their common indentation. */
  readonly lines: readonly TextLine[]
  /** What runs the body as a whole: its `#!` line or `[script]`; `undefined` where each line is a command of its own. */
  readonly interpreter: string | undefined
  readonly parameters: ReadonlySet<string>
}

export interface Justfile {
  /** Variables assigned a plain text, or a default for one of the environment; `undefined` for any other. */
  readonly variables: ReadonlyMap<string, string | undefined>
  readonly exported: ReadonlySet<string>
  readonly recipes: readonly JustRecipe[]
}

/** Reads what matters here of a text as a justfile. Never throws; linear time. */
export function parseJustfile(content: string): Justfile {
  const lines = linesOf(content)
  const variables = new Map<string, string | undefined>()
  const exported = new Set<string>()
  const recipes: JustRecipe[] = []
  let script: string | undefined
  for (let index = 0; index < lines.length; ) {
    const line = lines[index++]
    if (!line) break
    const text = content.slice(line.start, line.end)
    const assignment = /^(export[ \t]+)?([A-Za-z_][A-Za-z0-9_-]{0,200})[ \t]*:=/.exec(text)
    if (assignment?.[2] !== undefined) {
      variables.set(assignment[2], literal(text.slice(assignment[0].length).trim()))
      if (assignment[1] !== undefined) exported.add(assignment[2])
    } else if (text.startsWith('[')) {
      script = /[[,][ \t]*script\b/.test(text) ? text : script
    } else if (/^@?[A-Za-z_]/.test(text) && text.includes(':')) {
      const body = takeBody(content, lines, index)
      index += body.count
      recipes.push({ lines: body.lines, interpreter: shebang(content, body.lines) ?? script, parameters: names(text) })
      script = undefined
    }
  }
  return { variables, exported, recipes }
}

/** A text in quotes, or the default that `env('NAME', 'default')` gives. */
function literal(expression: string): string | undefined {
  const value =
    /^(?:(?:env|env_var_or_default)\([^,()]{1,200},[ \t]*)?(?:"([^"\\]*)"|'([^']*)')\)?[ \t]*(?:#.*)?$/.exec(expression)
  const text = value?.[1] ?? value?.[2]
  return text !== undefined && text.length <= 1000 ? text : undefined
}

interface Body {
  readonly lines: readonly TextLine[]
  /** How many lines of the file it takes, blank ones included. */
  readonly count: number
}

function takeBody(content: string, lines: readonly TextLine[], from: number): Body {
  const body: TextLine[] = []
  let indent: string | undefined
  let count = 0
  for (let index = from; index < lines.length; index++) {
    const line = lines[index]
    if (!line) break
    const blanks = /^[ \t]*/.exec(content.slice(line.start, line.end))?.[0] ?? ''
    const isBlank = line.start + blanks.length === line.end
    if (!isBlank && blanks === '') break
    indent ??= isBlank ? undefined : blanks
    const own = indent !== undefined && content.startsWith(indent, line.start) ? indent.length : blanks.length
    body.push({ ...line, start: Math.min(line.start + own, line.end) })
    count++
  }
  return { lines: body, count }
}

function shebang(content: string, [first]: readonly TextLine[]): string | undefined {
  return first && content.startsWith('#!', first.start) ? content.slice(first.start, first.end) : undefined
}

function names(header: string): ReadonlySet<string> {
  return new Set(header.match(/[A-Za-z_][A-Za-z0-9_-]*/g) ?? [])
}

/** The commands of a recipe without interpreter, with the lines each goes on with. */
export function commandsOf(content: string, lines: readonly TextLine[]): readonly (readonly TextLine[])[] {
  const commands: TextLine[][] = []
  let open: TextLine[] | undefined
  for (const line of lines) {
    if (open) open.push(line)
    else commands.push([line])
    open = isContinued(content, line) ? commands.at(-1) : undefined
  }
  return commands
}
