import type { BackendName } from '../backends/backend.ts'
import type { BackendOptions } from '../backends/options.ts'
import type { FileQuery } from '../files/candidate.ts'
import type { Format } from '../reports/formats.ts'
import type { Level } from '../validation/level.ts'
import type { Policy } from '../validation/outcome.ts'

export { SettingsError } from './settings-error.ts'

/** Where a report goes; no `file` means standard output, at most one of them. */
export interface Output<F extends string = Format> {
  readonly format: F
  /** Absolute path. */
  readonly file: string | undefined
}

/** All a run needs to know, whatever surface it came from; validated whole, before any input is read. */
export interface Settings {
  readonly query: FileQuery
  /** Names of stacks registered on the ZenML server, each once. Where there are some, files are read only where paths name them. */
  readonly stacks: readonly string[]
  readonly level: Level
  /** Whether no backend is asked: every use is skipped, and what the files alone show keeps its severity. */
  readonly isStatic: boolean
  readonly backend: 'auto' | BackendName
  readonly backendOptions: BackendOptions
  /** `zenml-version`: overrides what the files say. */
  readonly zenmlVersion: string | undefined
  /** Whether what documentation and tests need is looked up and judged; otherwise it is only listed. */
  readonly documentation: boolean
  readonly policy: Policy
  /** Whether messages may name existing secrets the repository does not name; false on untrusted events. */
  readonly suggest: boolean
  /** Of the whole run, in milliseconds. */
  readonly timeout: number
}
