import type { Annotation } from '../reports/annotations.ts'
import type { Surroundings } from '../settings/surroundings.ts'

/** What the action says to the runner it is started by. */
export interface Runner extends Surroundings {
  /** Prints to the log of the step. The runner reads commands from it: only text that is safe to print. */
  print(text: string): unknown
  annotate(annotation: Annotation): void
  /** Hides a credential in the log of the whole job. */
  mask(text: string): void
  /** @throws where the runner's file of outputs cannot be written. */
  setOutput(name: string, value: string): void
  /** Aborted when the workflow is cancelled. */
  readonly signal: AbortSignal
}
