/** Offsets in UTF-16 units into the text that is read, `end` exclusive. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** As much of Terraform's expressions as can lead to a text. `other` is known by its place alone. */
export type Expression = Template | Literal | Traversal | ObjectExpression | ListExpression | Call | Choice | Other

/** A quoted text or a here-document. The stretch is the content: quotes and markers excluded. */
export interface Template extends Stretch {
  readonly kind: 'template'
  readonly parts: readonly TemplatePart[]
  readonly heredoc: boolean
  /** Here-document whose common indentation is cut off: `<<-`. */
  readonly indented: boolean
}

export type TemplatePart =
  | (Stretch & { readonly kind: 'text'; readonly text: string })
  | (Stretch & { readonly kind: 'interpolation'; readonly expression: Expression })
  /** `%{ if … }` and its like; `word` is the first word in it. */
  | (Stretch & { readonly kind: 'directive'; readonly word: string })

export interface Literal extends Stretch {
  readonly kind: 'literal'
  readonly value: number | boolean | null
}

/** `local.names["a"]` is `['local', 'names', 'a']`. */
export interface Traversal extends Stretch {
  readonly kind: 'traversal'
  readonly path: readonly string[]
}

export interface ObjectEntry {
  readonly key: Expression
  readonly value: Expression
}

export interface ObjectExpression extends Stretch {
  readonly kind: 'object'
  readonly entries: readonly ObjectEntry[]
}

export interface ListExpression extends Stretch {
  readonly kind: 'list'
  readonly items: readonly Expression[]
}

export interface Call extends Stretch {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Expression[]
}

/** `condition ? yes : no` */
export interface Choice extends Stretch {
  readonly kind: 'choice'
  readonly options: readonly [Expression, Expression]
}

export interface Other extends Stretch {
  readonly kind: 'other'
}

/** `resource "type" "name" { … }` */
export interface Block extends Stretch {
  readonly type: string
  readonly labels: readonly string[]
  /** The line before the brace. */
  readonly header: Stretch
  /** The last one wins where a name repeats. */
  readonly attributes: ReadonlyMap<string, Expression>
  readonly blocks: readonly Block[]
}
