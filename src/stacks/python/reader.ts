import type { Calls } from './calls.ts'
import { ExpressionReader } from './expression-reader.ts'
import { readImport } from './imports.ts'
import type { Scopes } from './scopes.ts'
import { type Definition, instanceOf, maxTarget, parametersOf, Statement, type Target, targetOf } from './statement.ts'
import type { Token } from './token.ts'
import { nameValue, unknown, type Value } from './value.ts'

const headers: ReadonlySet<string> = new Set('if elif else for while with try except finally'.split(' '))
const plainWords: ReadonlySet<string> = new Set('return raise assert del pass global nonlocal'.split(' '))

/** Two characters long; what longer ones change is no text either. */
const augmented: readonly string[] = ['+=', '-=', '*=']

export interface ReaderOptions {
  readonly scopes: Scopes
  readonly calls: Calls
}

/** Reads the statements of a text once from first to last: which names are bound to what, and the expressions in them. */
export class Reader {
  readonly #tokens: readonly Token[]
  readonly #scopes: Scopes
  readonly #calls: Calls
  readonly #expressions: ExpressionReader
  #at = 0
  #indent = 0
  #statement = new Statement(0)

  constructor(tokens: readonly Token[], { scopes, calls }: ReaderOptions) {
    this.#tokens = tokens
    this.#scopes = scopes
    this.#calls = calls
    this.#expressions = new ExpressionReader(scopes, calls)
  }

  run(): void {
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at]
      if (!token) return
      if (this.#at === this.#statement.first && this.#begin(token)) continue
      if (!this.#readStatement(token)) this.#expressions.read(token, this.#tokens[this.#at - 1])
    }
  }

  /** Reads the first token of a statement; whether it needs no more reading. */
  #begin(token: Token): boolean {
    if (token.indent !== undefined) {
      this.#indent = token.indent
      this.#scopes.beginLine(token.indent)
    }
    const next = this.#tokens[this.#at + 1]
    const { text } = token
    if (text === '@' && token.kind === 'operator') return true
    if (token.kind === 'newline') return false
    if (text === 'async' && next?.kind === 'name') {
      this.#statement = new Statement(this.#at + 1)
      return true
    }
    const isDefinition = (text === 'def' || text === 'class') && next?.kind === 'name'
    this.#calls.ownListed(isDefinition ? next.text : undefined)
    if (isDefinition) {
      this.#statement.definition = { isClass: text === 'class', name: next.text, indent: this.#indent }
      this.#expressions.parameters = undefined
      this.#at++
    }
    if (text === 'import' || text === 'from') this.#import()
    if (text === 'for') this.#bindLoop()
    this.#statement.isHeader = token.kind === 'name' && headers.has(text)
    return isDefinition || text === 'import' || text === 'from' || this.#statement.isHeader || plainWords.has(text)
  }

  #import(): void {
    const { names, next } = readImport(this.#tokens, this.#at)
    for (const { name, path } of names) this.#scopes.bind(name, nameValue('import', path))
    this.#at = next - 1
  }

  #bindLoop(): void {
    for (const token of this.#tokens.slice(this.#at + 1, this.#at + maxTarget)) {
      if (token.text === 'in' || token.text === ':' || token.kind === 'newline') return
      if (token.kind === 'name') this.#scopes.bind(token.text, nameValue('local', token.text))
    }
  }

  /** Takes the tokens that mean something to a statement as a whole; whether this is one. */
  #readStatement(token: Token): boolean {
    if (token.kind === 'name' && token.text === 'as') return this.#bindAs()
    if (!this.#expressions.isOutside) return false
    const { definition } = this.#statement
    if (token.kind === 'newline') this.#end()
    else if (token.kind === 'open') {
      if (!definition || definition.isClass || token.text !== '(' || this.#expressions.parameters) return false
      this.#expressions.openParameters(token)
    } else if (token.kind !== 'operator') return false
    else if (token.text === ';') this.#end()
    else if (token.text === ':') return this.#colon()
    else if (token.text === '=') this.#assign()
    else if (token.text.length === 2 && augmented.includes(token.text)) this.#bind(this.#target(), unknown)
    else return false
    return true
  }

  /** `with x as name`. */
  #bindAs(): boolean {
    const next = this.#tokens[this.#at + 1]
    if (next?.kind !== 'name') return false
    this.#scopes.bind(next.text, this.#expressions.expression.value())
    this.#expressions.reset()
    this.#at++
    return true
  }

  #colon(): boolean {
    const { definition, isHeader, targets, annotated } = this.#statement
    if (definition || isHeader) {
      this.#end()
      if (definition) this.#enter(definition)
    } else if (targets.length === 0 && !annotated) {
      this.#statement.annotated = this.#target()
      this.#expressions.reset()
    } else return false
    return true
  }

  /** The body of a function or a class follows. */
  #enter({ name, isClass, indent }: Definition): void {
    if (isClass) {
      this.#scopes.enterClass(name, indent)
      return
    }
    const className = this.#scopes.currentClass()
    const { items = [], annotations } = this.#expressions.parameters ?? {}
    this.#scopes.bind(name, nameValue('local', name))
    this.#scopes.enterFunction(indent)
    for (const [index, [parameter, value]] of parametersOf(items, annotations).entries()) {
      const isSelf = index === 0 && className !== undefined && value.kind === 'name'
      this.#scopes.bind(parameter, isSelf ? this.#scopes.classValue(className) : value)
    }
  }

  #assign(): void {
    const { annotated } = this.#statement
    if (annotated) this.#statement.annotation = this.#expressions.expression.value()
    this.#statement.targets.push(annotated ?? this.#target())
    this.#statement.annotated = undefined
    this.#statement.targetStart = this.#at + 1
    this.#expressions.reset()
  }

  #target(): Target {
    return targetOf(this.#tokens, this.#statement.targetStart, this.#at)
  }

  #end(): void {
    const { targets, annotated, annotation } = this.#statement
    const value = this.#expressions.end()
    const isVague = value.kind === 'unknown' || value.kind === 'name' || value.kind === 'constant'
    const bound = (isVague ? instanceOf(annotated ? value : annotation) : undefined) ?? value
    if (annotated && bound !== value) this.#bind(annotated, bound)
    for (const target of targets) this.#bind(target, bound)
    this.#statement = new Statement(this.#at + 1)
  }

  #bind(target: Target, value: Value): void {
    if (target.kind === 'attribute') {
      const object = this.#scopes.lookUp(target.object)
      if (object.kind === 'class') this.#scopes.bindInClass(object.names.name, target.name, value)
      return
    }
    const [only, ...others] = target.names
    if (only !== undefined && others.length === 0) this.#scopes.bind(only, value)
    else for (const name of target.names) this.#scopes.bind(name, nameValue('local', name))
  }
}
