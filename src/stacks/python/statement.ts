import type { Token } from './token.ts'
import { type Item, isZenml, lastPart, nameValue, type Value } from './value.ts'

/** What an assignment binds. */
export type Target =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'attribute'; readonly object: string; readonly name: string }

/** A `def` or `class` whose header is being read. */
export interface Definition {
  readonly isClass: boolean
  readonly name: string
  readonly indent: number
}

/** One statement while it is read. */
export class Statement {
  /** Index of its first token. */
  readonly first: number
  /** Index of the first token of what may be the next target. */
  targetStart: number
  /** It begins with a word that a `:` and other statements follow. */
  isHeader = false
  definition: Definition | undefined
  readonly targets: Target[] = []
  /** What stands before the `:` of an annotation. */
  annotated: Target | undefined
  annotation: Value | undefined

  constructor(first: number) {
    this.first = first
    this.targetStart = first
  }
}

/** Tokens; no real target is longer. */
export const maxTarget = 50

/** What stands before a `=`, a `:` or the like: an attribute, a name, or several. Anything else binds nothing. */
export function targetOf(tokens: readonly Token[], first: number, end: number): Target {
  const [object, dot, name] = [tokens[first], tokens[first + 1], tokens[first + 2]]
  if (end - first === 3 && object?.kind === 'name' && dot?.text === '.' && name?.kind === 'name') {
    return { kind: 'attribute', object: object.text, name: name.text }
  }
  if (end - first > maxTarget) return { kind: 'names', names: [] }
  const target = tokens.slice(first, end)
  const isNames = target.every(({ kind, text }) => kind === 'name' || text === ',' || text === '*')
  return { kind: 'names', names: isNames ? target.filter(({ kind }) => kind === 'name').map(({ text }) => text) : [] }
}

/** What a parameter or a variable of an annotated type holds, where the type is one of ZenML's that give secrets. */
export function instanceOf(annotation: Value | undefined): Value | undefined {
  if (annotation?.kind === 'list') return instanceOf(annotation.items[0]?.value)
  if (annotation?.kind !== 'name' || !isZenml(annotation)) return undefined
  const last = lastPart(annotation.path)
  if (last === 'Client' || last === 'Repository') return { kind: 'client', isAssumed: false }
  return last.endsWith('SecretsManager') ? { kind: 'manager' } : undefined
}

/** The parameters of a function, by name. */
export function parametersOf(
  items: readonly Item[],
  annotations: ReadonlyMap<string, Value> | undefined,
): readonly (readonly [string, Value])[] {
  return items.flatMap(({ keyword, value }) => {
    if (keyword === undefined) return []
    const annotation = annotations?.has(keyword) ? annotations.get(keyword) : value
    return [[keyword, instanceOf(annotation) ?? nameValue('local', keyword)] as const]
  })
}
