/**
 * What the rest of the product sees of a YAML file: our own small tree, with offsets into the source text. It is a
 * graph, not a tree, where aliases occur: an alias holds its target and is never copied.
 */
export type YamlNode = YamlValue | YamlAlias

/** Everything but an alias: what an alias stands for. */
export type YamlValue = YamlScalar | YamlMap | YamlList

/** Offsets in UTF-16 units from 0, `end` exclusive. Anchors and tags before a node are no part of it. */
export interface Range {
  readonly start: number
  readonly end: number
}

export interface YamlScalar extends Range {
  readonly kind: 'scalar'
  /** The decoded value as YAML 1.1, which ZenML reads, types it: `yes` is a boolean, `1:30` a number. */
  readonly value: string | number | boolean | null
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded'
  /** The content as written: quotes, block header and indentation of the first line excluded. */
  readonly content: Range
}

export interface YamlEntry {
  readonly key: YamlNode
  /** `undefined` for a key without value, as in `{{a.b}}` or `? a`. */
  readonly value: YamlNode | undefined
}

export interface YamlMap extends Range {
  readonly kind: 'map'
  readonly flow: boolean
  /** In file order; duplicates are all kept; `<<` is an entry like any other. */
  readonly entries: readonly YamlEntry[]
}

export interface YamlList extends Range {
  readonly kind: 'list'
  readonly flow: boolean
  readonly items: readonly YamlNode[]
}

interface YamlAlias extends Range {
  readonly kind: 'alias'
  /** `undefined` where no anchor of that name stands before it. May be a collection that holds this very alias. */
  readonly target: YamlValue | undefined
}

/** Why a text could not be read, or not wholly. Never quotes the file: the line may hold a credential. */
export interface YamlProblem extends Range {
  /** A sentence without place, such as `Nested deeper than 64 levels.` */
  readonly message: string
}

export interface YamlFile {
  readonly documents: readonly YamlNode[]
  /**
   * Empty when the whole text was read; at most 10. Documents before and after a broken one are still in `documents`,
   * and so is what could be made of the broken one; after a bound was exceeded nothing more is read.
   */
  readonly problems: readonly YamlProblem[]
}
