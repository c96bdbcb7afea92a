import type { Surroundings } from '../settings/surroundings.ts'

export interface Stream {
  write(text: string): unknown
  readonly isTTY: boolean
  /** Width of the terminal, where there is one. */
  readonly columns: number | undefined
}

/** Where questions are shown and answered. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

/** All a command touches of the process it runs in. */
export interface Io extends Surroundings {
  readonly stdout: Stream
  readonly stderr: Stream
  /** Aborted when the user interrupts the run. */
  readonly signal: AbortSignal
  /** Opens the terminal somebody sits at; `undefined` where nobody does. */
  readonly openTerminal?: () => Terminal | undefined
  /** Opens standard input. */
  readonly openStdin?: () => AsyncIterable<Uint8Array>
}
