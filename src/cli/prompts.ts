import { SettingsError } from '../settings/settings.ts'
import { displayable } from '../text/displayable.ts'
import { Interrupted } from './interrupted.ts'
import type { Io, Terminal } from './io.ts'

/** Room for a question that names a component and its attribute. */
const maxMessage = 1000

/**
 * Asks for a value on the terminal; nothing of what is typed is shown, not even its length. Texts of `message` need not
 * be safe to print. `instead`: a sentence that says what to do where there is no terminal.
 * @throws SettingsError where there is no terminal, or input ends. Interrupted at Ctrl-C.
 */
export function promptHidden(message: string, io: Io, instead: string = useFlags): Promise<string> {
  return ask(io, instead, async context => {
    const { default: password } = await import('@inquirer/password')
    // The library's own key for showing what was typed must not work.
    return password({ message: displayable(message, maxMessage), toggleMask: false }, context)
  })
}

/** The same for what may be seen. `refuse` says what is wrong with an answer, which is asked for again then. */
export function promptText(
  message: string,
  io: Io,
  { instead = useFlags, refuse = () => undefined, initial }: TextPrompt = {},
): Promise<string> {
  return ask(io, instead, async context => {
    const { default: input } = await import('@inquirer/input')
    const validate = (answer: string) => refuse(answer) ?? true
    const shown = displayable(message, maxMessage)
    return input({ message: shown, validate, ...(initial === undefined ? {} : { default: initial }) }, context)
  })
}

export interface TextPrompt {
  readonly instead?: string
  readonly refuse?: (answer: string) => string | undefined
  /** Taken when nothing is typed. */
  readonly initial?: string
}

/** Asks yes or no. Without `initial` nothing is taken for an answer but `y`, `n`, `yes` and `no`. */
export async function confirm(
  message: string,
  io: Io,
  { instead = useFlags, initial }: { readonly instead?: string; readonly initial?: boolean } = {},
): Promise<boolean> {
  const hint = initial === undefined ? '[y/n]' : initial ? '[Y/n]' : '[y/N]'
  const answer = await promptText(`${message} ${hint}:`, io, {
    instead,
    refuse: text => (answers.has(text.trim().toLowerCase() || emptyAs(initial)) ? undefined : 'Please enter y or n.'),
  })
  return answers.get(answer.trim().toLowerCase() || emptyAs(initial)) ?? false
}

const useFlags = 'Give the values with the flags of the command; see its --help.'

const answers: ReadonlyMap<string, boolean> = new Map([
  ['y', true],
  ['yes', true],
  ['n', false],
  ['no', false],
])

function emptyAs(initial: boolean | undefined): string {
  return initial === undefined ? '' : initial ? 'y' : 'n'
}

interface Context extends Terminal {
  readonly signal: AbortSignal
}

async function ask(io: Io, instead: string, prompt: (context: Context) => Promise<string>): Promise<string> {
  const terminal = io.openTerminal?.()
  if (!terminal) throw new SettingsError([`There is no terminal to ask on. ${instead}`])
  const { input } = terminal
  const ended = new AbortController()
  // The library waits for ever when input ends; all it does then is to stop reading.
  const end = () => ended.abort()
  try {
    const answer = prompt({ ...terminal, signal: AbortSignal.any([io.signal, ended.signal]) })
    input.on('pause', end).on('end', end)
    return await answer
  } catch (error) {
    if (io.signal.aborted || isExit(error)) throw new Interrupted()
    if (ended.signal.aborted)
      throw new SettingsError(['The input ended before the question was answered. Nothing was changed.'])
    throw error
  } finally {
    input.off('pause', end).off('end', end)
  }
}

function isExit(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError'
}
