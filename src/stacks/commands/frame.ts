import type { Word, WordBuilder } from './word.ts'

/** One level of commands inside commands: the text itself, a subshell, `$(…)`, a pair of backquotes, an array's words. */
export interface Frame {
  readonly kind: 'script' | 'subshell' | 'substitution' | 'backquotes' | 'array'
  /** Where what opened it starts. */
  readonly start: number
  /** Of the command that is being read. */
  words: Word[]
  word: WordBuilder | undefined
  /** Inside double quotes, `word` being read. */
  isQuoted: boolean
  /** The next word is what a redirection reads or writes. */
  skipsWord: boolean
  /** What stands between this command and the one before. */
  separator: string
  /** `if`, `for`, `{` and the like that are open. */
  blocks: number
  /** `case`s among them, whose patterns end in `)`. */
  cases: number
  /** The words of the call that a line of options alone goes on with, where its author forgot a `\`. */
  unfinished: Word[] | undefined
  /** The line so far holds a comment. */
  hasComment: boolean
}

export function newFrame(kind: Frame['kind'], start: number): Frame {
  return {
    kind,
    start,
    words: [],
    word: undefined,
    isQuoted: false,
    skipsWord: false,
    separator: '\n',
    blocks: 0,
    cases: 0,
    unfinished: undefined,
    hasComment: false,
  }
}
