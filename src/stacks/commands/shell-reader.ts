import { readAnsiQuote } from './ansi-quote.ts'
import type { CommandBuilder } from './command-builder.ts'
import { readExpansion } from './expansion.ts'
import { HereDocuments, readHereDocumentStart } from './here-document.ts'
import { isApostropheAt, isPromptAt, lineEndAt } from './line.ts'
import { NextOffset } from './next-offset.ts'
import type { Word } from './word.ts'

/**
 * Splits a shell text into commands and words, in one pass, without recursion and in linear time, whatever it holds. A
 * quote that never closes is a character like any other. Lenient where documentation is not quite shell: prompts, `\\`
 * at line ends, placeholders such as `<NAME>`.
 */
export class ShellReader {
  readonly #text: string
  readonly #builder: CommandBuilder
  readonly #documents: HereDocuments
  readonly #single: NextOffset
  readonly #double: NextOffset
  readonly #back: NextOffset
  #offset = 0
  #lineStart = 0
  /** Here-documents whose bodies start behind the line. */
  #pending: { readonly delimiter: string; readonly words: readonly Word[] }[] = []
  /** How many levels there were before the backquotes that are open; a second pair cannot stand inside the first. */
  #backquotes: number | undefined

  constructor(text: string, builder: CommandBuilder) {
    this.#text = text
    this.#builder = builder
    this.#documents = new HereDocuments(text)
    this.#single = new NextOffset(text, "'")
    this.#double = new NextOffset(text, '"')
    this.#back = new NextOffset(text, '`')
  }

  read(): void {
    while (this.#offset < this.#text.length) {
      if (this.#builder.frame.isQuoted) this.#readQuoted()
      else this.#readUnquoted()
    }
    this.#builder.end()
  }

  /** One step inside double quotes. */
  #readQuoted(): void {
    const character = this.#text[this.#offset] ?? ''
    if (character === '"') {
      this.#builder.frame.isQuoted = false
      this.#add('', 0)
      this.#offset++
    } else if (character === '\\') this.#readQuotedEscape()
    else if (character === '$') this.#readDollar()
    else if (character === '`') this.#readBackquote()
    else this.#readRun(/[^"\\$`]+/y)
  }

  #readQuotedEscape(): void {
    const next = this.#text[this.#offset + 1] ?? ''
    const lineEnd = lineEndAt(this.#text, this.#offset + 1)
    if (lineEnd > 0) this.#continueLine(lineEnd)
    else if (next !== '' && '$`"\\'.includes(next)) this.#add(next, 2)
    else this.#add('\\', 1)
  }

  #readUnquoted(): void {
    const read = this.#readers.get(this.#text[this.#offset] ?? '')
    if (read) read()
    else this.#readRun(unquotedRun)
  }

  readonly #readers: ReadonlyMap<string, () => void> = new Map(
    (
      [
        [' \t\r', () => this.#readBlank()],
        ['\n', () => this.#readLineEnd()],
        ['\\', () => this.#readEscape()],
        ["'", () => this.#readSingleQuote()],
        ['"', () => this.#openDoubleQuote()],
        ['`', () => this.#readBackquote()],
        ['$', () => this.#readDollar()],
        ['<>', () => this.#readRedirection()],
        ['&|;', () => this.#readSeparator()],
        ['(', () => this.#readOpening()],
        [')', () => this.#readClosing()],
        ['#', () => this.#readHash()],
      ] as const
    ).flatMap(([characters, read]) => [...characters].map(character => [character, read] as const)),
  )

  #readBlank(): void {
    this.#builder.endWord(this.#offset)
    this.#offset++
  }

  #readLineEnd(): void {
    if (this.#builder.frame.kind === 'array') this.#builder.endWord(this.#offset)
    else this.#builder.endCommand(this.#offset, '\n')
    this.#offset++
    for (const { delimiter, words } of this.#pending.splice(0)) {
      const body = this.#documents.bodyAt(this.#offset, delimiter)
      if (!body) continue
      this.#builder.visitor.hereDocument(words, body)
      this.#offset = body.next
    }
    this.#lineStart = this.#offset
  }

  #continueLine(lineEnd: number): void {
    this.#offset += 1 + lineEnd
    this.#lineStart = this.#offset
  }

  #readEscape(): void {
    const next = this.#text[this.#offset + 1] ?? ''
    const lineEnd = lineEndAt(this.#text, this.#offset + 1)
    const isDoubled = next === '\\' && !this.#builder.frame.word && lineEndAt(this.#text, this.#offset + 2) > 0
    if (lineEnd > 0) this.#continueLine(lineEnd)
    // Documentation in MDX doubles the backslash, and joined lines keep theirs: no word that matters starts with a blank.
    else if (isDoubled || (next === ' ' && !this.#builder.frame.word)) this.#offset++
    else if (next === '') this.#add('\\', 1)
    else this.#add(next, 2)
  }

  #readSingleQuote(): void {
    const start = this.#offset + 1
    const close = this.#single.from(start)
    if (close < 0 || isApostropheAt(this.#text, this.#offset, close)) {
      this.#add("'", 1)
      return
    }
    this.#builder.wordAt(this.#offset).add(this.#text.slice(start, close), { start, end: close })
    this.#offset = close + 1
  }

  #openDoubleQuote(): void {
    const start = this.#offset + 1
    if (this.#double.from(start) < 0) {
      this.#add('"', 1)
      return
    }
    this.#builder.wordAt(this.#offset).add('', { start, end: start })
    this.#builder.frame.isQuoted = true
    this.#offset = start
  }

  #readBackquote(): void {
    const { frame, depth } = this.#builder
    const lineEnd = frame.isQuoted || frame.word ? 0 : lineEndAt(this.#text, this.#offset + 1)
    if (this.#backquotes !== undefined) this.#closeBackquotes(this.#backquotes)
    // PowerShell goes on in the next line this way.
    else if (lineEnd > 0) this.#continueLine(lineEnd)
    else if (this.#builder.isDeepest || this.#back.from(this.#offset + 1) < 0) this.#add('`', 1)
    else {
      this.#backquotes = depth
      this.#builder.open('backquotes', this.#offset)
      this.#offset++
    }
  }

  #closeBackquotes(depth: number): void {
    this.#backquotes = undefined
    while (this.#builder.depth > depth + 1) this.#builder.close(this.#offset)
    this.#builder.endWord(this.#offset)
    this.#offset++
    this.#builder.close(this.#offset)
  }

  #readDollar(): void {
    const { isQuoted } = this.#builder.frame
    const next = this.#text[this.#offset + 1]
    if (next === '(') this.#openSubstitution()
    else if (!isQuoted && next === '"') this.#offset++
    else if (!isQuoted && next === "'") this.#readAnsiQuote()
    else this.#readExpansion()
  }

  /** Behind a `$`, `<` or `>`. */
  #openSubstitution(): void {
    if (this.#builder.isDeepest) {
      this.#add(this.#text.slice(this.#offset, this.#offset + 2), 2)
      return
    }
    this.#builder.open('substitution', this.#offset)
    this.#offset += 2
  }

  #readAnsiQuote(): void {
    const start = this.#offset + 2
    const quoted = this.#single.from(start) < 0 ? undefined : readAnsiQuote(this.#text, start)
    if (!quoted) {
      this.#add('$', 1)
      return
    }
    const word = this.#builder.wordAt(this.#offset)
    word.add('', { start, end: start })
    for (const part of quoted.parts) word.add(part.text, part)
    this.#offset = quoted.end + 1
  }

  #readExpansion(): void {
    const { variables } = this.#builder
    const expansion = readExpansion(this.#text, this.#offset, name => variables.get(name))
    if (!expansion) {
      this.#add('$', 1)
      return
    }
    this.#builder.addExpansion(expansion)
    this.#offset = expansion.end
  }

  #readRedirection(): void {
    const placeholder = this.#matchHere(placeholderName)
    if (placeholder !== '' && !/ \d?>$/.test(placeholder)) this.#add(placeholder, placeholder.length)
    else if (this.#text[this.#offset + 1] === '(') this.#openSubstitution()
    else if (isPromptAt(this.#text, this.#offset, this.#lineStart)) this.#offset++
    else this.#redirect()
  }

  #redirect(): void {
    const { frame } = this.#builder
    // In `2>file` the number is no word of the command.
    if (frame.word?.isDigit) frame.word = undefined
    this.#builder.endWord(this.#offset)
    const document = readHereDocumentStart(this.#text, this.#offset)
    if (document) {
      this.#pending.push({ delimiter: document.delimiter, words: frame.words })
      this.#offset = document.end
    } else {
      this.#offset += this.#matchHere(/<<<|[<>]{1,2}[&|]?/y).length
      frame.skipsWord = true
    }
  }

  #readSeparator(): void {
    const { frame } = this.#builder
    const separator = this.#matchHere(/;;&?|;&|&&|\|\||\|&|[&|;]/y)
    this.#builder.endWord(this.#offset)
    // The `>` of `&>file` comes next.
    const ends = frame.kind !== 'array' && !this.#text.startsWith('&>', this.#offset)
    if (ends) this.#builder.endCommand(this.#offset, separator)
    this.#offset += separator.length
  }

  #readOpening(): void {
    const { word, kind } = this.#builder.frame
    if (kind === 'array' || this.#builder.isDeepest) {
      this.#add('(', 1)
      return
    }
    this.#builder.open(word?.isAssigned ? 'array' : 'subshell', this.#offset)
    this.#offset++
  }

  #readClosing(): void {
    const { frame } = this.#builder
    this.#builder.endWord(this.#offset)
    // A `case` may start in the command that ends here, or end with it.
    if (frame.kind !== 'array') this.#builder.endCommand(this.#offset, ')')
    this.#offset++
    if (frame.kind !== 'script' && frame.kind !== 'backquotes' && frame.cases === 0) this.#builder.close(this.#offset)
  }

  #readHash(): void {
    const { frame } = this.#builder
    if (frame.word) {
      this.#readRun(unquotedRun)
      return
    }
    const lineEnd = this.#text.indexOf('\n', this.#offset)
    frame.hasComment = true
    this.#offset = lineEnd < 0 ? this.#text.length : lineEnd
  }

  /** Characters that stand for themselves. */
  #readRun(pattern: RegExp): void {
    const run = this.#matchHere(pattern)
    this.#add(run, run.length)
  }

  /** What a sticky pattern matches here; empty where it does not. */
  #matchHere(pattern: RegExp): string {
    pattern.lastIndex = this.#offset
    return pattern.exec(this.#text)?.[0] ?? ''
  }

  /** Adds to the word what the next `length` characters stand for, and goes on behind them. */
  #add(text: string, length: number): void {
    const start = this.#offset
    this.#offset += length
    this.#builder.wordAt(start).add(text, { start, end: this.#offset })
  }
}

const unquotedRun = /[^ \t\r\n\\'"`$<>&|;()]+/y
/** A `<NAME>` or `<YOUR KEY>` that documentation leaves to its readers. */
const placeholderName = /<[A-Za-z][A-Za-z0-9_ .:/-]{0,80}>/y
