import type { Block, Expression, Template, TemplatePart } from './expression.ts'

/** What an expression comes to as a text. */
export interface Text {
  readonly text: string
  /** Part of it is not known from the file alone; that part is `${…}` as written. */
  readonly templated: boolean
}

/** Names that lead to names; deeper, or in a circle, nothing is resolved. */
const maxSteps = 32

/** Texts put together are as long as this at most, whatever names multiply; of unresolved ones, this much is shown. */
const longest = 4096
const longestShown = 200

/**
 * What the names of one file stand for: its locals and the attributes of its resources. A variable stands for itself:
 * its default is not what it is called with. Each expression is resolved once.
 */
export class Scope {
  readonly #content: string
  readonly #locals = new Map<string, Expression>()
  readonly #defaults = new Map<string, Expression>()
  readonly #resources = new Map<string, Block>()
  readonly #texts = new Map<Expression, Text | undefined>()
  #steps = 0

  constructor(content: string, blocks: readonly Block[]) {
    this.#content = content
    for (const block of blocks) {
      const [first = '', second = ''] = block.labels
      const fallback = block.attributes.get('default')
      if (block.type === 'locals') for (const [name, value] of block.attributes) this.#locals.set(name, value)
      else if (block.type === 'variable' && fallback) this.#defaults.set(first, fallback)
      else if (block.type === 'resource') this.#resources.set(`${first}.${second}`, block)
    }
  }

  /** The expression a name leads to; the expression itself where it is no name, or leads out of the file. */
  follow(expression: Expression): Expression {
    let found = expression
    for (let step = 0; step < maxSteps; step++) {
      const next = found.kind === 'traversal' ? this.#target(found.path) : onlyPart(found)
      if (!next) break
      found = next
    }
    return found
  }

  /** `undefined` for what is no text: objects, lists, null. */
  textOf(expression: Expression): Text | undefined {
    if (this.#texts.has(expression)) return this.#texts.get(expression)
    this.#texts.set(expression, this.#unknown(expression))
    const text = this.#steps < maxSteps ? this.#read(expression) : this.#unknown(expression)
    this.#texts.set(expression, text)
    return text
  }

  /** For what only describes: a variable's default is as good a guess as any. */
  guess(expression: Expression | undefined): Text | undefined {
    if (!expression) return undefined
    const found = this.follow(expression)
    const fallback =
      found.kind === 'traversal' && found.path[0] === 'var' ? this.#defaults.get(found.path[1] ?? '') : undefined
    return this.textOf(fallback ?? found)
  }

  #read(expression: Expression): Text | undefined {
    this.#steps++
    const text = this.#readKind(expression)
    this.#steps--
    return text
  }

  #readKind(expression: Expression): Text | undefined {
    switch (expression.kind) {
      case 'template':
        return this.#template(expression)
      case 'literal':
        return expression.value === null ? undefined : { text: String(expression.value), templated: false }
      case 'traversal': {
        const target = this.follow(expression)
        return target === expression ? this.#unknown(expression) : this.textOf(target)
      }
      case 'call':
        return this.#call(expression)
      case 'object':
      case 'list':
        return undefined
      default:
        return this.#unknown(expression)
    }
  }

  #call(call: Extract<Expression, { kind: 'call' }>): Text | undefined {
    const [first] = call.args
    const text = first && (call.name === 'format' || isPlain(call.name)) ? this.textOf(first) : undefined
    if (!text) return this.#unknown(call)
    if (call.name === 'format')
      return text.templated ? this.#unknown(call) : this.#format(text.text, call.args.slice(1))
    return isTrimming(call.name) ? { ...text, text: text.text.trim() } : text
  }

  /** Terraform's `format`, for verbs without flags; others make the whole unknown, as do too few arguments. */
  #format(pattern: string, args: readonly Expression[]): Text | undefined {
    let templated = false
    let next = 0
    let length = pattern.length
    const text = pattern.replaceAll(/%(.?)/gs, (verb, letter: string) => {
      if (letter === '%') return '%'
      const arg = args[next++]
      const value = arg && (letter === 's' || letter === 'v' || letter === 'd') ? this.textOf(arg) : undefined
      length += value?.text.length ?? 0
      if (!value || value.templated || length > longest) templated = true
      return length > longest ? verb : (value?.text ?? verb)
    })
    return { text, templated }
  }

  #template(template: Template): Text {
    const isWritten = template.parts.every(part => part.kind === 'text')
    let text = ''
    let templated = false
    for (const part of template.parts) {
      const read = this.#part(part)
      text += read.text
      templated ||= read.templated
      if (!isWritten && text.length > longest) return this.#unknown(template)
    }
    return { text: template.indented ? withoutIndentation(text) : text, templated }
  }

  #part(part: TemplatePart): Text {
    if (part.kind === 'text') return { text: part.text, templated: false }
    const value = part.kind === 'interpolation' ? this.textOf(part.expression) : undefined
    return (
      value ?? { text: this.#content.slice(part.start, Math.min(part.end, part.start + longestShown)), templated: true }
    )
  }

  #unknown({ start, end }: Expression): Text {
    return { text: `\${${this.#content.slice(start, Math.min(end, start + longestShown)).trim()}}`, templated: true }
  }

  #target([root = '', name = '', ...rest]: readonly string[]): Expression | undefined {
    if (root === 'local') return this.#descend(this.#locals.get(name), rest)
    // A resource with `count` is a list: `zenml_secret.x[0].name`.
    const [attribute = '', ...below] = isPosition(rest[0]) ? rest.slice(1) : rest
    return this.#descend(this.#resources.get(`${root}.${name}`)?.attributes.get(attribute), below)
  }

  #descend(from: Expression | undefined, path: readonly string[]): Expression | undefined {
    let found = from
    for (const step of path) {
      if (found?.kind === 'object') found = found.entries.findLast(({ key }) => keyOf(key) === step)?.value
      else found = found?.kind === 'list' ? found.items[Number(step)] : undefined
    }
    return found
  }
}

/** What `"${ … }"` holds, which is that and no more. */
function onlyPart(expression: Expression): Expression | undefined {
  if (expression.kind !== 'template' || expression.heredoc || expression.parts.length !== 1) return undefined
  const [part] = expression.parts
  return part?.kind === 'interpolation' ? part.expression : undefined
}

/** An object's key that is written out, quoted or not; `undefined` for one that is computed. */
export function keyOf(key: Expression): string | undefined {
  if (key.kind === 'traversal') return key.path.length === 1 ? key.path[0] : undefined
  if (key.kind === 'literal') return String(key.value)
  if (key.kind !== 'template') return undefined
  let text = ''
  for (const part of key.parts) {
    if (part.kind !== 'text') return undefined
    text += part.text
  }
  return text
}

function isPosition(step: string | undefined): boolean {
  return step === '*' || (step !== undefined && /^\d{1,9}$/.test(step))
}

/** Functions that give their text back. */
function isPlain(name: string): boolean {
  return name === 'tostring' || name === 'sensitive' || name === 'nonsensitive' || isTrimming(name)
}

function isTrimming(name: string): boolean {
  return name === 'trimspace' || name === 'chomp'
}

/** What `<<-` does: the indentation that all lines share is cut off. */
function withoutIndentation(text: string): string {
  const lines = text.split('\n')
  const written = lines.slice(0, lines.at(-1) === '' ? -1 : undefined)
  const common = Math.min(...written.slice(0, 1000).map(line => line.length - line.trimStart().length))
  return lines
    .map(line => line.slice(Number.isFinite(common) ? Math.min(common, line.length - line.trimStart().length) : 0))
    .join('\n')
}
