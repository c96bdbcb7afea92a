import type { Expansion } from './expansion.ts'
import { type Frame, newFrame } from './frame.ts'
import type { Variables } from './variables.ts'
import { type Stretch, type Word, WordBuilder } from './word.ts'

/** What the reader of a shell text hands its findings to, as it comes across them. */
export interface ShellVisitor {
  /** A command has ended; `frame.words` are its words. Never called without any. */
  command(frame: Frame): void
  /** `;;` has ended a branch. */
  branch(frame: Frame): void
  /** A subshell, a substitution or the text itself has ended; its last command was told before. */
  leave(frame: Frame): void
  /** The words of a command and the body of the here-document that it reads. */
  hereDocument(words: readonly Word[], body: Stretch): void
}

/** Of all words that arrays are spread into, so that spreading a long one often stays bounded. */
const maxSpread = 10_000
/** Of what variables add to the text, in characters. */
const maxExpanded = 1_000_000
const maxDepth = 1000
/** Of a substitution as a part of a word: nested ones would otherwise be copied once a level. */
const maxWritten = 200

/** Puts words and commands together from what the reader meets, on as many levels as the text nests. */
export class CommandBuilder {
  readonly variables: Variables
  readonly visitor: ShellVisitor
  readonly #text: string
  readonly #frames: Frame[] = []
  #frame: Frame = newFrame('script', 0)
  #spread = 0
  #expanded = 0

  constructor(text: string, variables: Variables, visitor: ShellVisitor) {
    this.#text = text
    this.variables = variables
    this.visitor = visitor
  }

  /** The innermost level. */
  get frame(): Frame {
    return this.#frame
  }

  /** Nothing more is opened so deep inside: no script is, and memory stays bounded. */
  get isDeepest(): boolean {
    return this.#frames.length >= maxDepth
  }

  /** How many levels are open around the innermost. */
  get depth(): number {
    return this.#frames.length
  }

  /** The word being read, which starts at an offset where none is. */
  wordAt(offset: number): WordBuilder {
    this.#frame.word ??= new WordBuilder(offset)
    return this.#frame.word
  }

  /** What a variable stands for becomes part of the word; what is not known, or adds too much, as written. */
  addExpansion({ written, value, array, assigns, start, end }: Expansion): void {
    const word = this.wordAt(start)
    this.#expanded += value?.length ?? 0
    if (assigns !== undefined && value !== undefined) this.variables.setPerhaps(assigns, value)
    if (array !== undefined) word.addArray(array, written, { start, end })
    else if (value === undefined || this.#expanded > maxExpanded) word.addUnknown(written, { start, end })
    else word.addValue(value, { start, end }, this.#frame.isQuoted)
  }

  endWord(offset: number): void {
    const { word, skipsWord, words } = this.#frame
    if (!word) return
    this.#frame.word = undefined
    this.#frame.isQuoted = false
    this.#frame.skipsWord = false
    if (skipsWord) return
    const spread = word.array === undefined ? undefined : this.variables.array(word.array)
    if (spread && this.#spread + spread.length <= maxSpread) {
      this.#spread += spread.length
      words.push(...spread)
    } else {
      words.push(...word.finish(offset))
    }
  }

  endCommand(offset: number, separator: string): void {
    this.endWord(offset)
    const frame = this.#frame
    frame.skipsWord = false
    if (frame.words.length > 0) this.visitor.command(frame)
    const goesOn = separator === '\n' && (frame.words.length > 0 || frame.hasComment)
    if (!goesOn) frame.unfinished = undefined
    frame.words = []
    frame.hasComment = false
    frame.separator = separator
    if (separator.startsWith(';') && separator.length > 1) this.visitor.branch(frame)
  }

  /** Commands of their own; but for a subshell, what comes of them is part of the word. */
  open(kind: Frame['kind'], start: number): void {
    if (kind === 'subshell') this.endCommand(start, '(')
    else this.wordAt(start)
    if (kind !== 'array') this.variables.enter('subshell')
    this.#frames.push(this.#frame)
    this.#frame = newFrame(kind, start)
  }

  /** Ends the innermost level, at `end`; what it was part of goes on. */
  close(end: number): void {
    const { kind, start } = this.#frame
    if (kind === 'array') this.endWord(end)
    else this.endCommand(end, ')')
    const { words } = this.#frame
    if (kind !== 'array') {
      this.visitor.leave(this.#frame)
      this.variables.leave()
    }
    this.#frame = this.#frames.pop() ?? this.#frame
    if (kind === 'array') this.#setArray(words)
    if (kind === 'subshell') return
    this.wordAt(start).addUnknown(this.#text.slice(start, Math.min(end, start + maxWritten)), { start, end })
  }

  /** Ends every level that the text leaves open. */
  end(): void {
    const { length } = this.#text
    while (this.#frames.length > 0) this.close(length)
    this.endCommand(length, '\n')
    this.visitor.leave(this.#frame)
  }

  #setArray(words: readonly Word[]): void {
    const target = this.#frame.word?.text ?? ''
    const name = target.replace(/\+?=$/, '')
    const before = target.endsWith('+=') ? (this.variables.array(name) ?? []) : []
    if (this.#spread + before.length > maxSpread) return
    this.#spread += before.length
    this.variables.setArray(name, [...before, ...words])
  }
}
