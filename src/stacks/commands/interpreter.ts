import type { ShellVisitor } from './command-builder.ts'
import type { Frame } from './frame.ts'
import { hasShell, shellTexts, zenmlArguments } from './programs.ts'
import type { Variables } from './variables.ts'
import type { Stretch, Word } from './word.ts'

/** Follows the commands of a text as far as they tell what variables hold, and collects ZenML's. */
export class Interpreter implements ShellVisitor {
  /** Of each command of ZenML, the words behind its name. */
  readonly calls: Word[][] = []
  /** Words that are shell texts themselves: `bash -c '…'`. */
  readonly scripts: Word[] = []
  /** Bodies of here-documents that a shell reads. */
  readonly documents: Stretch[] = []
  readonly #variables: Variables

  constructor(variables: Variables) {
    this.#variables = variables
  }

  command(frame: Frame): void {
    const { words, unfinished } = frame
    frame.unfinished = undefined
    const [first] = words
    if (unfinished && first && /^--?[A-Za-z]/.test(first.text)) {
      for (const word of words) unfinished.push(word)
      frame.unfinished = unfinished
      return
    }
    const start = this.#readKeywords(frame)
    let name = start
    while (isAssignment(words[name])) name++
    if (name === words.length) this.#assign(words.slice(start), frame)
    else this.#run(words.slice(name), frame)
  }

  branch({ cases }: Frame): void {
    if (cases > 0) this.#variables.nextBranch()
  }

  leave({ blocks }: Frame): void {
    for (let block = 0; block < blocks; block++) this.#variables.leave()
  }

  hereDocument(words: readonly Word[], body: Stretch): void {
    if (hasShell(words)) this.documents.push(body)
  }

  /** The index of the first word that is none of the shell's own. */
  #readKeywords(frame: Frame): number {
    const { words } = frame
    for (let index = 0; index < words.length; index++) {
      const { text = '' } = words[index] ?? {}
      if (text === 'for' || text === 'select' || text === 'case') {
        this.#enter(frame, text)
        const name = words[index + 1]?.text
        if (text !== 'case' && name !== undefined) this.#variables.set(name, null)
        return words.length
      }
      if (openers.has(text)) this.#enter(frame, text)
      else if (text === 'else' || text === 'elif') this.#nextBranch(frame)
      else if (closers.has(text)) this.#leaveBlock(frame, text)
      else if (text === 'function') index++
      else if (!passed.has(text)) return index
    }
    return words.length
  }

  #enter(frame: Frame, keyword: string): void {
    frame.blocks++
    if (keyword === 'case') frame.cases++
    this.#variables.enter('branches')
  }

  #nextBranch({ blocks }: Frame): void {
    if (blocks > 0) this.#variables.nextBranch()
  }

  #leaveBlock(frame: Frame, keyword: string): void {
    if (frame.blocks === 0) return
    frame.blocks--
    if (keyword === 'esac' && frame.cases > 0) frame.cases--
    this.#variables.leave()
  }

  #assign(words: readonly Word[], { separator }: Frame): void {
    const isConditional = separator === '&&' || separator === '||'
    for (const { text, templated } of words) {
      const equals = text.indexOf('=')
      const isAppended = text[equals - 1] === '+'
      const name = text.slice(0, isAppended ? equals - 1 : equals)
      const value = templated || isAppended ? null : text.slice(equals + 1)
      if (isConditional) this.#variables.setPerhaps(name, value)
      else this.#variables.set(name, value)
    }
  }

  #run(words: readonly Word[], frame: Frame): void {
    const name = words[0]?.text ?? ''
    if (declaring.has(name)) {
      this.#assign(words.filter(isAssignment), frame)
    } else if (overwriting.has(name)) {
      for (const { text } of words.slice(1)) this.#variables.set(text, null)
    } else {
      const call = zenmlArguments(words)
      if (call) this.calls.push(call)
      else for (const script of shellTexts(words)) this.scripts.push(script)
      frame.unfinished = call
    }
  }
}

/** `case`, `for` and `select` open a block too, and take the rest of their line. */
const openers: ReadonlySet<string> = new Set(['if', 'while', 'until', '{'])
const closers: ReadonlySet<string> = new Set(['fi', 'done', 'esac', '}'])
/** Words before a command that change nothing about it; prompts, which documentation shows, among them. */
const passed: ReadonlySet<string> = new Set(['then', 'do', '!', 'time', 'coproc', '$', '%', '❯', '➜', '>>>'])
const declaring: ReadonlySet<string> = new Set(['export', 'readonly', 'local', 'declare', 'typeset'])
/** Commands that fill the variables they name with something that only a run shows. */
const overwriting: ReadonlySet<string> = new Set(['read', 'unset', 'getopts', 'mapfile', 'readarray'])

function isAssignment(word: Word | undefined): boolean {
  return word !== undefined && /^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(word.text.slice(0, maxName))
}

const maxName = 200
