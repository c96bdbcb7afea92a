import { isContinued, linesOf, type TextLine } from '../text-lines.ts'
import { MakeVariables } from './variables.ts'

/** One command of a recipe, with the lines it goes on with: offsets in the Makefile, prefixes such as `@` left out. */
export interface RecipeCommand {
  readonly lines: readonly { readonly start: number; readonly end: number }[]
  /** The number of its rule, or of the `define` it stands in. */
  readonly rule: number
}

export interface Makefile {
  readonly variables: MakeVariables
  readonly commands: readonly RecipeCommand[]
  /** `.ONESHELL`: one shell runs a whole recipe. */
  readonly oneShell: boolean
}

/** Reads what matters here of a text as a Makefile. Never throws; linear time. */
export function parseMakefile(content: string): Makefile {
  const parser = new MakefileParser(content)
  parser.read()
  return parser
}

class MakefileParser implements Makefile {
  readonly variables = new MakeVariables()
  readonly commands: RecipeCommand[] = []
  oneShell = false
  readonly #content: string
  readonly #lines: readonly TextLine[]
  #index = 0
  #rule = 0
  #conditions = 0
  #isDefinition = false

  constructor(content: string) {
    this.#content = content
    this.#lines = linesOf(content)
  }

  read(): void {
    while (this.#index < this.#lines.length) {
      const lines = this.#takeLogicalLine()
      const [first] = lines
      const text = this.#joined(lines)
      if (!first) return
      if (this.#isDefinition) {
        if (/^\s*endef\b/.test(text)) this.#isDefinition = false
        else this.#addCommand(lines, first.start)
      } else if (this.#content[first.start] === '\t' && this.#rule > 0) this.#addCommand(lines, first.start)
      else this.#readLine(text.replace(/^ +/, ''), lines)
    }
  }

  #takeLogicalLine(): readonly TextLine[] {
    const first = this.#index
    while (this.#index < this.#lines.length) {
      const line = this.#lines[this.#index++]
      if (!line || !isContinued(this.#content, this.#withoutTrailingBlanks(line))) break
    }
    return this.#lines.slice(first, this.#index)
  }

  /** A blank behind the backslash, which ends the command for `make`, is seen by nobody who writes one. */
  #withoutTrailingBlanks(line: TextLine): TextLine {
    let { end } = line
    while (end > line.start && ' \t'.includes(this.#content.charAt(end - 1))) end--
    return this.#content[end - 1] === '\\' ? { ...line, end } : line
  }

  /** As `make` reads anything but recipes: a continuation is one blank. */
  #joined(lines: readonly TextLine[]): string {
    return lines
      .map((line, index) => {
        const { start, end } = this.#withoutTrailingBlanks(line)
        return this.#content.slice(start, index < lines.length - 1 ? end - 1 : end)
      })
      .join(' ')
  }

  #readLine(text: string, lines: readonly TextLine[]): void {
    if (text === '' || text.startsWith('#')) return
    const word = /^[a-z-]{1,10}/.exec(text)?.[0]
    if (word === 'ifeq' || word === 'ifneq' || word === 'ifdef' || word === 'ifndef') this.#conditions++
    else if (word === 'endif') this.#conditions = Math.max(0, this.#conditions - 1)
    else if (word === 'define') this.#startDefinition()
    else if (!this.#readAssignment(text)) this.#readRule(text, lines)
  }

  #startDefinition(): void {
    this.#isDefinition = true
    this.#rule++
  }

  #readAssignment(text: string): boolean {
    const isExport = /^(?:override +)?export\b/.test(text)
    const rest = text.replace(/^(?:(?:export|override|private) +)+/, '')
    const match = /^([A-Za-z0-9_.-]{1,200})[ \t]*(:{0,3}=|[?+!]=)/.exec(rest)
    const name = match?.[1]
    if (!match || name === undefined) {
      if (isExport)
        this.variables.export(
          text
            .split(/\s+/)
            .slice(1)
            .filter(word => word !== ''),
        )
      return isExport || /^(?:unexport|undefine|include|-include|sinclude|vpath|else)\b/.test(text)
    }
    const operator = match[2] ?? '='
    const value = operator === '!=' ? null : withoutComment(rest.slice(match[0].length)).trim()
    this.variables.assign(name, { operator, value, perhaps: this.#conditions > 0 })
    if (isExport) this.variables.export([name])
    return true
  }

  /** `targets: prerequisites ; command`, or `targets: NAME = value`, which holds for these targets alone. */
  #readRule(text: string, lines: readonly TextLine[]): void {
    const colon = text.indexOf(':')
    if (colon < 0) return
    const own = /^:?[ \t]*(?:export +)?([A-Za-z0-9_.-]{1,200})[ \t]*(?::{0,3}=|[?+!]=)/.exec(text.slice(colon + 1))?.[1]
    if (own !== undefined) {
      this.variables.assign(own, { operator: '=', value: null, perhaps: true })
      return
    }
    this.#rule++
    if (text.startsWith('.ONESHELL')) this.oneShell = true
    const [first] = lines
    const semicolon = first ? this.#content.slice(first.start, first.end).indexOf(';') : -1
    if (first && semicolon >= 0) this.#addCommand(lines, first.start + semicolon + 1)
  }

  /** The line ends inside a command stay; one tab at the start of each of its lines goes. */
  #addCommand(lines: readonly TextLine[], start: number): void {
    let from = start
    while (from < this.#content.length && '\t @+-'.includes(this.#content.charAt(from))) from++
    const stretches = lines.flatMap((line, index) => {
      const { start, end, next } = line
      const own = index > 0 && this.#content[start] === '\t' ? start + 1 : start
      const first = index === 0 ? Math.min(from, next) : own
      const last = index < lines.length - 1 ? this.#withoutTrailingBlanks(line).end : end
      return first <= last && last < end
        ? [
            { start: first, end: last },
            { start: end, end: next },
          ]
        : [{ start: first, end: next }]
    })
    this.commands.push({ lines: stretches, rule: this.#rule })
  }
}

function withoutComment(text: string): string {
  const comment = text.indexOf('#')
  return comment < 0 || text[comment - 1] === '\\' ? text : text.slice(0, comment)
}
