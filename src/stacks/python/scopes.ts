import { mergeValues, nameValue, unknown, type Value } from './value.ts'

interface Binding {
  readonly value: Value
  readonly block: Block
}

/** Lines of one indentation below one header. What is bound in a block that has ended may be bound after it. */
interface Block {
  readonly indent: number
  /** Counts up; a block opened after one that is still open is inside it. */
  readonly serial: number
  isOpen: boolean
}

type Names = Map<string, Binding[]>

interface Scope {
  readonly kind: 'module' | 'function' | 'class'
  /** Width of the blanks before `def` or `class`; below it, the scope has ended. */
  readonly indent: number
  readonly names: Names
  readonly className?: string
}

/** The names of a whole text after it was read, for functions that use what is bound below them. */
export interface FinalNames {
  readonly module: ReadonlyMap<string, readonly Binding[]>
  readonly classes: ReadonlyMap<string, ReadonlyMap<string, readonly Binding[]>>
}

/** More bindings of one name than this are as good as none. */
const maxBindings = 8

/** No program nests functions and classes deeper. */
const maxScopes = 100

/** Which names mean what at the line that is being read. */
export class Scopes {
  readonly #scopes: Scope[] = [{ kind: 'module', indent: -1, names: new Map() }]
  readonly #blocks: Block[] = [outermost()]
  #serial = 0
  readonly #classes = new Map<string, Names>()
  readonly #later: FinalNames | undefined
  readonly #missed = new Set<string>()
  readonly #missedInClasses = new Map<string, Set<string>>()

  constructor(later: FinalNames | undefined) {
    this.#later = later
  }

  /** The names as they are now. */
  get final(): FinalNames {
    return { module: this.#scopes[0]?.names ?? new Map(), classes: this.#classes }
  }

  /** Whether a name was looked up before it was bound, so that reading the text again tells more. */
  get hasForwardUses(): boolean {
    const { module, classes } = this.final
    return (
      [...this.#missed].some(name => module.has(name)) ||
      [...this.#missedInClasses].some(([name, missed]) => [...missed].some(each => classes.get(name)?.has(each)))
    )
  }

  /** Begins a logical line: scopes and blocks that were indented further have ended. */
  beginLine(indent: number): void {
    while (this.#scopes.length > 1 && this.#top().indent >= indent) this.#scopes.pop()
    let block = this.#blocks.at(-1)
    while (block && block.indent > indent && this.#blocks.length > 1) {
      block.isOpen = false
      this.#blocks.pop()
      block = this.#blocks.at(-1)
    }
    if (!block || block.indent < indent) this.#blocks.push({ indent, serial: ++this.#serial, isOpen: true })
  }

  enterFunction(indent: number): void {
    if (this.#scopes.length < maxScopes) this.#scopes.push({ kind: 'function', indent, names: new Map() })
  }

  enterClass(name: string, indent: number): void {
    const names: Names = new Map()
    this.bind(name, this.classValue(name))
    this.#classes.set(name, names)
    if (this.#scopes.length < maxScopes) this.#scopes.push({ kind: 'class', indent, names, className: name })
  }

  /** The class whose body is being read. */
  currentClass(): string | undefined {
    return this.#top().className
  }

  bind(name: string, value: Value): void {
    this.#bindIn(this.#top().names, name, value)
  }

  bindInClass(className: string, name: string, value: Value): void {
    const names = this.#classes.get(className)
    if (names) this.#bindIn(names, name, value)
  }

  /** What a name means here. A name that the text never binds is `free`. */
  lookUp(name: string): Value {
    const innermost = this.#scopes.length - 1
    for (let index = innermost; index >= 0; index--) {
      const scope = this.#scopes[index]
      const bindings = scope?.names.get(name)
      if (bindings && (scope?.kind !== 'class' || index === innermost)) return mergedOf(bindings)
    }
    this.#missed.add(name)
    const later = this.#later?.module.get(name)
    return later ? mergedOf(later) : nameValue('free', name)
  }

  classValue(name: string): Value {
    return { kind: 'class', names: { name, lookUp: attribute => this.#lookUpInClass(name, attribute) } }
  }

  #lookUpInClass(className: string, name: string): Value | undefined {
    const bound = this.#classes.get(className)?.get(name)
    if (!bound) this.#missedInClasses.set(className, (this.#missedInClasses.get(className) ?? new Set()).add(name))
    const bindings = bound ?? this.#later?.classes.get(className)?.get(name)
    return bindings && mergedOf(bindings)
  }

  #top(): Scope {
    return this.#scopes.at(-1) ?? { kind: 'module', indent: -1, names: new Map() }
  }

  /** What was bound in the same block, or in one inside it, is bound no more. */
  #bindIn(names: Names, name: string, value: Value): void {
    const block = this.#blocks.at(-1) ?? outermost()
    const kept = (names.get(name) ?? []).filter(binding => binding.block.serial < block.serial)
    names.set(name, kept.length >= maxBindings ? [{ value: unknown, block }] : [...kept, { value, block }])
  }
}

function outermost(): Block {
  return { indent: 0, serial: 0, isOpen: true }
}

/** The latest binding that surely took place, and those after it that perhaps did. */
function mergedOf(bindings: readonly Binding[]): Value {
  const definite = bindings.findLastIndex(({ block }) => block.isOpen)
  return mergeValues(bindings.slice(Math.max(definite, 0)).map(({ value }) => value))
}
