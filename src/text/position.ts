/** A place in a text as editors count it: the first line is 1, the first column is 1, columns are UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A stretch of a text. `start` is inclusive, `end` is exclusive. */
export interface Span {
  readonly start: Position
  readonly end: Position
}

/** Orders positions by line, then column. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column
}
