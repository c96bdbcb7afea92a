/**
 * One token of Python. Brackets and f-strings are always balanced: the tokenizer closes what a broken text leaves open
 * and drops what it never opened. Offsets are UTF-16 units from 0 in the text, `end` exclusive.
 */
export interface Token {
  /**
   * `template-start`, `template-text` and `template-end` are the parts of an f-string, whose expressions stand between
   * an `open` and a `close` in between. `newline` ends a logical line.
   */
  readonly kind:
    | 'name'
    | 'number'
    | 'string'
    | 'operator'
    | 'open'
    | 'close'
    | 'newline'
    | 'template-start'
    | 'template-text'
    | 'template-end'
  readonly start: number
  readonly end: number
  /** A name, an operator or a bracket as written; the decoded text of a string or of a part of an f-string. */
  readonly text: string
  /** Of a string: what stands between its quotes. */
  readonly content?: { readonly start: number; readonly end: number }
  /** Of a string: it is one of bytes. */
  readonly isBytes?: true
  /** Of the first token of a logical line: the width of the blanks before it, tabs as up to eight. */
  readonly indent?: number
}
