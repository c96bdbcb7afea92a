import type { Command } from 'commander'
import type { Io } from './io.ts'

/** What a family of commands is given to add itself to the program. */
export interface FamilyContext {
  readonly io: Io
  /** The whole command line, for who wants to make ready no more than it names. */
  readonly argv: readonly string[]
  /** Told the exit code of the command that ran. Errors are thrown: `failure.ts` knows what they say and mean. */
  readonly done: (code: number) => void
}

export interface Family {
  readonly summary: string
  /** Loads its code, which makes the command complete: arguments, options, action, or commands of its own. */
  readonly load: () => Promise<(command: Command, context: FamilyContext) => void>
}
