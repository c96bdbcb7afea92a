import type { Settings } from './settings/settings.ts'
import type { Report } from './validation/report.ts'

/** Where a run stands, for a progress line. */
export interface Progress {
  readonly phase: 'reading' | 'asking'
  readonly done: number
  readonly total: number
}

export interface CheckContext {
  readonly signal: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/**
 * The main job: discovers, reads, asks, judges. Prints nothing, reads no environment, exits nothing.
 * @throws SettingsError when a path or glob of the settings matches no file.
 */
export async function check(_settings: Settings, _context: CheckContext): Promise<Report> {
  throw new Error('to be written')
}
