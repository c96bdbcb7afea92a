import type { Surroundings } from '../settings/surroundings.ts'

export interface Stream {
  write(text: string): unknown
  readonly isTTY: boolean
  /** Width of the terminal, where there is one. */
  readonly columns: number | undefined
}

/** All a command touches of the process it runs in. */
export interface Io extends Surroundings {
  readonly stdout: Stream
  readonly stderr: Stream
  /** Aborted when the user interrupts the run. */
  readonly signal: AbortSignal
}
