import type { GithubEvent } from '../github/event.ts'
import type { OptionValues } from '../settings/options.ts'
import type { Settings } from '../settings/settings.ts'
import type { Note } from './notes.ts'

/** All a run is told from outside. */
export interface Run {
  readonly settings: Settings
  /** Every input, for what the action alone needs. */
  readonly values: OptionValues
  readonly event: GithubEvent
  /** What is to be said about the inputs. */
  readonly notes: readonly Note[]
}
